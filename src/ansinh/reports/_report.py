"""What a report is made of: figures worked out once, and the forms they can be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Gives the bytes of a file. The figures are the report's own frozen kind, which only its writers know.
Writer = Callable[[Any], bytes]


def on_paper(docx: Writer, **others: Writer) -> dict[str, Writer]:
    """The forms of a paper: what is laid out as .docx is set as .pdf too."""

    def pdf(figures: Any) -> bytes:
        from ansinh.reports import _pdf  # The typesetter weighs much, and few ask for it.

        return _pdf.pdf(docx(figures))

    return {"docx": docx, "pdf": pdf, **others}


@dataclass(frozen=True)
class Report:
    """One report. `forms` maps a file name's ending to its writer; `template` builds the .docx kept beside the module."""

    name: str
    vi: str
    en: str
    figures: Callable[..., Any]
    forms: Mapping[str, Writer]
    template: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class Heading:
    """What stands at the head of an official paper. An empty text is left as a dotted line to fill in by hand.

    superior: the agency above, as `UBND XÃ MỸ HÒA`; issuer: who issues, as `TRƯỜNG TH&THCS MỸ HÒA`; symbol: the issuer's
    letters in a document number; place: where it is signed; post and signer: whose name stands at the foot.
    """

    superior: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    post: str = "HIỆU TRƯỞNG"
    signer: str = ""
    recipients: tuple[str, ...] = ()

    @classmethod
    def of_school(cls, facts: Mapping[str, object]) -> Heading:
        """The heading of a school's paper from the school facts of its roster (`school_name`, `commune`), where given."""
        name, commune = (str(facts.get(key) or "").strip() for key in ("school_name", "commune"))
        kind, _, rest = commune.partition(" ")
        named = kind.lower() in ("xã", "phường") and rest
        superior = f"UBND {commune if named else f'xã {commune}'}" if commune else ""
        return cls(superior=superior, issuer=name, place=rest if named else commune)


@dataclass(frozen=True)
class FileUsed:
    """The file the people came from: its name and the SHA-256 of its bytes, so that a figure can be traced to it."""

    name: str
    sha256: str
