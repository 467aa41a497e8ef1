"""What the columns of a list are called, and how their values read, in the language of the page."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ansinh.core.dates import positions_in
from ansinh.core.money import format_whole
from ansinh.core.tables import FACTS, Kind
from ansinh.sheets import CellKind, Column, templates


def english() -> bool:
    return get_language() == "en"


def said(thing: Any) -> str:
    """The Vietnamese or English words of anything that has both: a fault, a benefit, a clause, a doubt."""
    if isinstance(thing, dict):
        return str(thing["en" if english() else "vi"])
    words = thing.en if english() else thing.vi
    return str(words() if callable(words) else words)


def value(found: object, name: str) -> str:
    """A fact's value in words; what is missing is said to be missing."""
    definition = FACTS[name]
    if found is None:
        return _("chưa có thông tin")
    if definition.kind is Kind.BOOL:
        return _("có") if found else _("không")
    if definition.kind is Kind.DATE and isinstance(found, date):
        return f"{found:%d/%m/%Y}"
    if definition.codes is not None:
        return said(definition.codes.of(found)) if isinstance(found, int) else str(found)
    unit = f" {definition.unit}" if definition.unit else ""
    return (format_whole(found) if isinstance(found, int) else str(found)) + unit


# Columns of a list that no rule reads, and that FACTS therefore does not name.
_COLUMNS = {
    "full_name": gettext_lazy("Họ và tên"),
    "sex": gettext_lazy("Giới tính"),
    "code": gettext_lazy("Mã học sinh"),
    "digest": gettext_lazy("Số định danh cá nhân"),
    "father": gettext_lazy("Họ tên cha"),
    "mother": gettext_lazy("Họ tên mẹ"),
    "class_name": gettext_lazy("Lớp"),
    "months": gettext_lazy("Tháng học"),
    "enrolled": gettext_lazy("Trong danh sách trường"),
    "household_id": gettext_lazy("Hộ gia đình"),
    "outcome": gettext_lazy("Kết quả cuối năm học"),
    "school": gettext_lazy("Trường"),
    "commune": gettext_lazy("Xã, phường"),
}
_KINDS = {
    "new": gettext_lazy("Mới"),
    "changed": gettext_lazy("Thay đổi"),
    "unchanged": gettext_lazy("Không đổi"),
    "gone": gettext_lazy("Không còn trong danh sách"),
    "doubtful": gettext_lazy("Cần xem lại"),
    "promoted": gettext_lazy("Lên lớp"),
    "repeating": gettext_lazy("Lưu ban"),
    "left": gettext_lazy("Thôi học"),
    "moved": gettext_lazy("Chuyển trường"),
    "finished": gettext_lazy("Hoàn thành cấp học"),
}
_SEXES = {"male": gettext_lazy("Nam"), "female": gettext_lazy("Nữ")}


def column(name: str) -> str:
    """What a column is called: of a list of schools or of staff as its template says, a fact by its own words."""
    if listed := _list_columns().get(name):
        return said(listed)
    return said(FACTS[name]) if name in FACTS else str(_COLUMNS[name])


@cache
def _list_columns() -> dict[str, Column]:
    """The columns that only the lists of schools and of staff have. A school is public; a learner attends a public school."""
    columns = {column.name: column for name in ("school_list", "staff_list") for column in templates()[name].columns}
    known = {*_COLUMNS, *FACTS}
    return {"ownership": columns["public_school"]} | {name: columns[name] for name in columns if name not in known}


def _list_value(found: Any, column: Column) -> str:
    if column.kind is CellKind.CHOICE:
        return next((said(choice) for choice in column.choices if choice.value == found), str(found))
    if column.kind is CellKind.DATE:
        return f"{found:%d/%m/%Y}"
    return f"{found // 100},{found % 100:02}" if column.kind is CellKind.HUNDREDTHS else str(found)


def is_sensitive(name: str) -> bool:
    """Whether the law on personal data protects a column, so that it is shown only when asked for."""
    return name in FACTS and FACTS[name].sensitive


def held(found: Any, name: str) -> str:
    """A column's value in words. An identity number is never shown: only that there is one."""
    if found is None or found == "":
        return _("chưa có thông tin")
    if listed := _list_columns().get(name):
        return _list_value(found, listed)
    if name == "digest":
        return _("đã có số (không hiển thị)")
    if name in FACTS:
        return value(found, name)
    if name == "sex":
        return str(_SEXES.get(found, found))
    if name == "months":
        return _study_months(int(found))
    if name == "enrolled":
        return _("có") if found else _("không còn")
    return kind_words(found) if name == "outcome" else str(found)


def _study_months(mask: int) -> str:
    """How many months, and which: `9 tháng (9, 10, 11, 12, 1, 2, 3, 4, 5)`."""
    numbers = [(7 + position) % 12 + 1 for position in positions_in(mask)]
    count = ngettext("%(n)s tháng", "%(n)s tháng", len(numbers)) % {"n": len(numbers)}
    return f"{count} ({', '.join(map(str, numbers))})" if numbers else count


def kind_words(kind: str) -> str:
    """The words of a kind of change, or of how a school year ended."""
    return str(_KINDS[kind])
