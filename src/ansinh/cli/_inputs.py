"""What the verbs start from: the law, a file read, its year and its people, an engine."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer

from ansinh.cli._words import NO_LAW, REFUSED, USAGE, progress_bar, say, show, stop
from ansinh.core.dates import SchoolYear

if TYPE_CHECKING:
    from ansinh.core.decide import Engine
    from ansinh.core.resolve import Law
    from ansinh.core.tables import People
    from ansinh.sheets import Intake

MANY_LEARNERS = 2_000  # Above this the fast engine is worth its start-up.


def law_in_use(as_json: bool, draft: Path | None = None) -> Law:
    """The law with the province's own pack, where one is set, and with a draft where one is tried."""
    from ansinh import law

    pack = os.environ.get("ANSINH_LAW_PATH")
    if pack and not Path(pack).is_dir():
        vi, en = f"ANSINH_LAW_PATH không phải là thư mục: {pack}", f"ANSINH_LAW_PATH is not a folder: {pack}"
        stop(NO_LAW, vi, en, as_json=as_json, kind="law")
    try:
        return law.load(Path(pack) if pack else None, draft)
    except Exception as wrong:  # A pack is a province's own code: whatever it raises, it did not load.
        where = wrong if isinstance(wrong, ValueError) else f"{type(wrong).__name__}: {wrong}"
        stop(NO_LAW, f"Luật không nạp được: {where}", f"The law does not load: {where}", as_json=as_json, kind="law")


def template_named(name: str) -> Any:
    from ansinh import sheets

    found = sheets.templates()
    if name not in found:
        raise typer.BadParameter(say("có các mẫu: ", "templates: ") + ", ".join(found))
    return found[name]


def read_file(file: Path, template: str, as_json: bool) -> Intake:
    """Door 1. A file that is refused ends the command with its fault."""
    from ansinh import sheets

    with progress_bar("Đang đọc", "Reading") as progress:
        intake = sheets.read(template_named(template), file.read_bytes(), filename=file.name, progress=progress)
    if intake.refused:
        if as_json:
            show(intake_json(intake))
        for fault in intake.faults:
            typer.echo(say(fault.vi, fault.en), err=True)
        raise typer.Exit(REFUSED)
    return intake


FAULT_KEYS = ("severity", "sheet", "row", "column", "heading", "value", "code", "vi", "en")


def intake_json(intake: Intake) -> dict[str, Any]:
    def listed(faults: Any) -> list[dict[str, Any]]:
        return [{key: getattr(fault, key) for key in FAULT_KEYS} for fault in faults]

    facts = {"file": intake.filename, "sha256": intake.sha256, "template": intake.template, "refused": intake.refused}
    return {**facts, "rows": len(intake.rows), "faults": listed(intake.faults), "notes": listed(intake.notes)}


def year_of(intake: Intake, asked: SchoolYear | None, as_json: bool) -> SchoolYear:
    stated = intake.header.get("school_year")
    found = stated if isinstance(stated, SchoolYear) else SchoolYear(stated) if isinstance(stated, int) else None
    if asked and found and asked != found and not as_json:
        vi = f"Lưu ý: tệp ghi năm học {found}, đang xét cho {asked}."
        typer.echo(say(vi, f"Note: the file says school year {found}; deciding for {asked}."), err=True)
    year = asked or found
    if year is None:
        vi = "Tệp không ghi năm học. Hãy thêm --school-year, ví dụ --school-year 2025-2026."
        en = "The file does not say its school year. Add --school-year, for example --school-year 2025-2026."
        stop(USAGE, vi, en, as_json=as_json, kind="school_year")
    return year


@dataclass(frozen=True)
class Asked:
    """What a verb that decides starts from: the law, the people and their year, and the file or folder they came from."""

    law: Law
    year: SchoolYear
    people: People
    filename: str
    sha256: str
    header: Mapping[str, object]
    faults: int


def ask(
    path: Path, template: str, school_year: SchoolYear | None, as_json: bool, *, learned: date | None = None
) -> Asked:
    """People from a roster, or from a folder that holds a snapshot of them, with the law in use.

    learned: the day a roster was received; a snapshot's rows carry their own.
    """
    law = law_in_use(as_json)
    if path.is_dir():
        return _ask_snapshot(path, law, school_year, as_json)
    intake = read_file(path, template, as_json)
    year = year_of(intake, school_year, as_json)
    people = importlib.import_module(f"ansinh.sheets.{intake.template}").people(intake, year, learned=learned)
    return Asked(law, year, people, intake.filename, intake.sha256, intake.header, len(intake.faults))


def _ask_snapshot(folder: Path, law: Law, year: SchoolYear | None, as_json: bool) -> Asked:
    from ansinh.core.tables import PeopleError
    from ansinh.sheets import SnapshotError, read_snapshot, snapshot_hash

    if year is None:
        vi = "Bản chụp không ghi năm học. Hãy thêm --school-year, ví dụ --school-year 2025-2026."
        en = "A snapshot does not say its school year. Add --school-year, for example --school-year 2025-2026."
        stop(USAGE, vi, en, as_json=as_json, kind="school_year")
    try:
        return Asked(law, year, read_snapshot(folder), folder.name, snapshot_hash(folder), {}, 0)
    except (SnapshotError, PeopleError) as wrong:
        vi, en = f"Không đọc được bản chụp: {wrong}", f"The snapshot cannot be read: {wrong}"
        stop(REFUSED, vi, en, as_json=as_json, kind="snapshot")


def engine_named(asked: str | None, learners: int) -> tuple[str, Engine]:
    from ansinh import engines

    names = [m.name for m in pkgutil.iter_modules(engines.__path__) if not m.name.startswith("_")]
    name = asked or ("frames" if "frames" in names and learners > MANY_LEARNERS else "reference")
    if name not in names:
        raise typer.BadParameter(", ".join(names), param_hint="--engine")
    return name, cast("Engine", getattr(importlib.import_module(f"ansinh.engines.{name}"), name))
