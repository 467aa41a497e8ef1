"""What the repository holds as text: nobody's personal data, no path of one machine, packages from the public registry."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_TEXT = {".woff2", ".png", ".jpg", ".jpeg", ".gif", ".ico", ".mo", ".pyc", ".parquet"}
WORKBOOKS = {".xlsx", ".docx", ".ods"}

# A personal identification number: twelve digits that open with a province's code, 001 to 096. A made-up one opens with
# 099, which no province has.
IDENTITY = re.compile(r"(?<![\w.])0(?!99)\d{11}(?![\w.])")
# A mobile number, national or international. A made-up one is 0900 000 and three digits.
PHONE = re.compile(r"(?<![\w.])(?:\+84|0)(?!900000)[35789]\d{8}(?![\w.])")
# An address of a domain that someone may own. Made-up ones use the domains kept for examples (RFC 2606).
EMAIL = re.compile(
    r"(?<![\w./])[\w.+-]+@(?!(?:[\w-]+\.)*(?:example(?:\.\w+)?|test|invalid|localhost)\b)[a-z][\w-]*\.[a-z.]+"
)
# A folder that is only true on one machine. The temporary folder is everyone's, so scripts may name it.
ONE_MACHINE = re.compile(r"(?<![\w./:}])/(?:root|home|Users|work|mnt|opt)/\w+")

PATTERNS = {"identity": IDENTITY, "phone": PHONE, "email": EMAIL, "one machine": ONE_MACHINE}


def tracked() -> list[Path]:
    """Every file that is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is a stated need
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts(path: Path) -> Iterator[str]:
    """The text of a file; of a workbook or a document, the text of each sheet and part in it."""
    if path.suffix in WORKBOOKS:
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.endswith((".xml", ".rels")):
                    # Tags go, so that a number split from its neighbours by markup is still read as it is seen.
                    yield re.sub(r"<[^>]*>", " ", packed.read(name).decode("utf-8", "replace"))
    elif path.suffix not in NOT_TEXT:
        yield path.read_text(encoding="utf-8", errors="replace")


def found(kind: str) -> list[str]:
    # The lock file is hashes and addresses of packages; this file shows what it looks for.
    skipped = {ROOT / "uv.lock", Path(__file__)}
    return [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path not in skipped
        for text in texts(path)
        for match in PATTERNS[kind].finditer(text)
    ]


@pytest.mark.parametrize("kind", PATTERNS)
def test_nothing_of_the_kind_is_in_the_repository(kind: str) -> None:
    assert not found(kind)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("identity", "CCCD 086201001234."),
        ("phone", "gọi 0912345678 nhé"),
        ("phone", "+84912345678"),
        ("email", "co.giao@truong.edu.vn"),
        ("one machine", "mở /home/lan/ansinh"),
    ],
)
def test_the_patterns_bite(kind: str, text: str) -> None:
    # A full stop after a number ends a sentence, one inside it makes it another kind of number.
    assert PATTERNS[kind].search(text.rstrip("."))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("identity", "099201001234"),
        ("identity", "160000000000"),
        ("phone", "0900000123"),
        ("email", "lan@example.org và minh@truong.example"),
        ("one machine", "../home/lan, https://example.org/home/lan"),
    ],
)
def test_the_patterns_let_made_up_things_pass(kind: str, text: str) -> None:
    assert not PATTERNS[kind].search(text)


def test_the_lock_file_names_only_the_public_registry() -> None:
    hosts = set(re.findall(r'"https?://([^/"]+)', (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}


def test_nothing_is_loaded_from_another_host() -> None:
    """Pages and styles name no other host as a source of scripts, styles, fonts or pictures."""
    remote = re.compile(
        r"""(?:src|href)=["']?(?:https?:)?//[^"'\s>]+\.(?:js|css|woff2?|png|svg|jpe?g)|url\(["']?(?:https?:)?//|@import"""
    )
    pages = [path for path in tracked() if path.suffix in {".html", ".css", ".js"} and "tests" not in path.parts]
    assert not [
        f"{path.relative_to(ROOT)}: {match.group()}" for path in pages for match in remote.finditer(next(texts(path)))
    ]
