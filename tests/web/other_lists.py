"""Made-up lists of schools and of staff as the filled-in templates, and what the registry then says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ansinh import sheets
from ansinh.sheets._blank import filled
from ansinh.web.desk.queries import intake_of
from ansinh.web.registry import actions
from ansinh.web.registry.comparing import accept_as_seen, compared
from ansinh.web.registry.difference import Difference, Kind
from ansinh.web.registry.models import Area, Batch, School, SchoolFact, Staff, Upload, User
from ansinh.web.registry.scope import staff_of

from .conftest import NOON

Row = dict[str, object]
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khoa", "Lan", "Minh", "Nga")


def schools(count: int, first: int = 0) -> list[Row]:
    """Made-up schools of the commune of the tests, with codes in a row."""
    return [
        {
            "school_code": f"9910{n:04d}",
            "school_name": f"Trường Tiểu học Thử {n}",
            "level": "Tiểu học",
            "public_school": "Công lập",
            "industrial_zone": "Không",
            "commune_code": "99001",
            "commune": "Xã Thử",
            "address": f"Ấp {n}",
        }
        for n in range(first, first + count)
    ]


def staff(count: int, first: int = 0) -> list[Row]:
    """Made-up staff who all differ in code and birth date."""
    return [
        {
            "staff_code": f"CB{n:04d}",
            "full_name": f"Nguyễn Văn {GIVEN[n % 10]}",
            "birth_date": f"{n % 28 + 1:02d}/{n // 28 % 12 + 1:02d}/1980",
            "position": "Giáo viên",
            "coefficient_hundredths": "2,34",
            "allowance_hundredths": "0",
            "contract": "Viên chức, công chức",
        }
        for n in range(first, first + count)
    ]


def kept(
    kind: str, rows: Sequence[Row], *, by: User, school: School | None = None, area: Area | None = None, name: str = "a"
) -> Upload:
    """Keep a list as the upload screen does."""
    data = filled(sheets.templates()[kind], list(rows), {})
    intake = sheets.read(sheets.templates()[kind], data, filename=f"{name}.xlsx")
    return actions.keep(intake=intake, school=school, area=area, by=by, at=NOON)


def seen(upload: Upload) -> Difference:
    return compared(upload, read=intake_of)


def accepted(upload: Upload, by: User, at: datetime = NOON, *, gone: bool = True, **chosen: Any) -> Batch:
    """Accept what the page shows: all that can be, or all but what is gone."""
    found = seen(upload)
    numbers = {c.number for c in found.changes if c.to_accept and (gone or c.kind is not Kind.GONE)}
    batch = accept_as_seen(
        upload=upload, seen=found.seal, numbers=chosen.pop("numbers", numbers), by=by, at=at, read=intake_of, **chosen
    )
    assert batch is not None
    return batch


def network() -> tuple[list[Any], list[Any]]:
    """Every school, and every fact that stands, without the numbers of the database."""
    columns = ("name", "level", "public", "kind", "industrial_zone", "authority", "address", "area__code")
    stand = SchoolFact.objects.filter(batch__undone_at=None)
    facts = stand.values_list("school__code", *columns, "since", "until", "batch__template", "row")
    return list(School.objects.order_by("code").values_list("code", *columns)), sorted(facts, key=repr)


def working(*, everybody: bool = False) -> list[Any]:
    """Who works at the schools, without the numbers of the database; `everybody`: every row that stands."""
    rows = Staff.objects.filter(batch__undone_at=None) if everybody else staff_of(School.objects.all())
    columns = ("code", "full_name", "birth_date", "position", "coefficient_hundredths", "allowance_hundredths")
    return sorted(rows.values_list("school__code", *columns, "contract", "since", "left", "row"), key=repr)
