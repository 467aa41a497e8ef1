"""The payment list: who was paid which support for which month. Read to find the children who stand on none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ansinh.core.dates import Month
from ansinh.core.rules import Benefit
from ansinh.core.words import folded
from ansinh.sheets._template import CellKind, Column, Draft, Fault, Intake, IntakeRow, Severity, Template

PAID = ("Khoản chi", "Payment")
_MONTHS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]\d{1,2})?$"),
    re.compile(r"(?:thang )?(?:\d{1,2}[-/. ])?(?P<month>\d{1,2})[-/. ](?P<year>\d{4})$"),
)


def as_month(text: str) -> Month | None:
    """`10/2025`, `2025-10`, `tháng 10/2025`, or a day of that month; None when it is none of these."""
    bare = text.strip().lower().replace("tháng", "thang").replace("năm ", "")
    for form in _MONTHS:
        found = form.match(bare)
        if found and 1 <= int(found["month"]) <= 12:
            return Month(int(found["year"]), int(found["month"]))
    return None


def _months(draft: Draft) -> None:
    """A row whose month cannot be read is set aside: it must not make a child look unpaid, nor paid in another month."""
    kept = []
    for row in draft.rows:
        text = str(row.values.get("month") or "")
        if as_month(text) is not None:
            kept.append(row)
            continue
        vi = f"Không đọc được tháng “{text}”. Hãy ghi tháng/năm, ví dụ 10/2025. Dòng này chưa được nhận."
        en = f"The month “{text}” cannot be read. Write month/year, for example 10/2025. The row was set aside."
        draft.faults.append(_fault(row, "month", "month_unread", vi, en))
    draft.rows[:] = kept


def _fault(row: IntakeRow, column: str, code: str, vi: str, en: str) -> Fault:
    cell = row.cells.get(column)
    where = (cell.column, cell.heading, cell.text) if cell else (None, None, None)
    return Fault(code, vi, en, Severity.ROW, row.sheet, row.row, *where)


TEMPLATE = Template(
    name="payment_list",
    vi="Danh sách chi trả",
    en="Payment list",
    sheet="Chi trả",
    columns=(
        Column(
            "learner_code",
            "Mã học sinh",
            "Learner code",
            CellKind.IDENTIFIER,
            PAID,
            ("learner", "Mã định danh", "Mã HS", "Mã trẻ", "Mã định danh cá nhân", "Mã"),
            required=True,
            example="VÍ DỤ",
            width=20,
            guide_vi="Đúng mã trong danh sách người học.",
            guide_en="The same code as on the learner roster.",
        ),
        Column(
            "benefit",
            "Chế độ",
            "Benefit",
            CellKind.TEXT,
            PAID,
            ("Chính sách", "Khoản hỗ trợ", "Nội dung chi", "Nội dung"),
            required=True,
            example="Hỗ trợ ăn trưa",
            width=34,
            guide_vi="Tên chế độ như trong danh mục luật, ví dụ Hỗ trợ ăn trưa.",
            guide_en="The name of the support as in the law index, for example Lunch support.",
        ),
        Column(
            "month",
            "Tháng",
            "Month",
            CellKind.TEXT,
            PAID,
            ("Tháng chi trả", "Tháng hưởng", "Tháng/năm"),
            required=True,
            example="10/2025",
            width=12,
            guide_vi="Tháng được chi, ví dụ 10/2025. Mỗi tháng một dòng.",
            guide_en="The month paid for, for example 10/2025. One row a month.",
        ),
        Column(
            "full_name",
            "Họ và tên",
            "Full name",
            CellKind.TEXT,
            PAID,
            ("Họ tên", "Họ và tên học sinh"),
            example="Nguyễn Văn Mẫu",
            width=26,
        ),
        Column("amount", "Số tiền", "Amount", CellKind.TEXT, PAID, ("Thành tiền",), example="160.000", width=14),
    ),
    key_column="learner_code",
    checks=(_months,),
    intro_vi=("Mỗi em, mỗi chế độ, mỗi tháng một dòng.", "Nhận tệp .xlsx, .xls, .ods, .csv."),
    intro_en=("One row for each child, support and month.", "Files may be .xlsx, .xls, .ods or .csv."),
)


@dataclass(frozen=True)
class Paid:
    """What payment lists say: (learner, benefit name, month) paid, and the faults of rows that name no known support."""

    entries: frozenset[tuple[str, str, Month]]
    faults: tuple[Fault, ...]


def paid(intakes: Iterable[Intake], benefits: Iterable[Benefit]) -> Paid:
    """The lists together. A support is known by its name in the law, in Vietnamese, in English or as code."""
    words = {folded(text): b.name for b in benefits for text in (b.name.replace("_", " "), b.vi, b.en)}
    entries: set[tuple[str, str, Month]] = set()
    faults: list[Fault] = []
    for intake in intakes:
        faults += intake.faults
        for row in intake.rows:
            text = str(row.values.get("benefit") or "")
            benefit = words.get(folded(text.replace("_", " ")))
            month = as_month(str(row.values["month"]))
            if benefit is not None and month is not None:
                entries.add((str(row.values["learner_code"]), benefit, month))
                continue
            vi = f"Không có chế độ tên “{text}”. Hãy ghi tên như trong: ansinh law index. Dòng này chưa được nhận."
            en = f"There is no support called “{text}”. Use a name of: ansinh law index. The row was set aside."
            faults.append(_fault(row, "benefit", "benefit_unknown", vi, en))
    return Paid(frozenset(entries), tuple(faults))
