"""The bank's statement of what was paid out: the day, the remark with our reference, the amount, and whether it was paid."""

from __future__ import annotations

import re
from datetime import date

from ansinh.core.reconcile import Said
from ansinh.sheets._checks import at
from ansinh.sheets._template import CellKind, Choice, Column, Draft, Intake, IntakeRow, Severity, Template

_PAYMENT = ("Giao dịch", "Payment")
_UNIT = re.compile(r"\s*(?:đồng|dong|vnđ|vnd|đ|d)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?(\d{1,3}(?:([., ])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,]0{1,2})?")
_PLAIN = re.compile(r"[+-]?(\d+)(?:[.,]0{1,2})?")


def as_vnd(text: str) -> int | None:
    """Whole đồng of `1.240.000`, `1,240,000.00`, `-1240000` or `1.240.000 đ`; None when it is no such amount above zero.

    The sign is not read: some banks put one before what goes out. Parts of a đồng are no amount.
    """
    bare = _UNIT.sub("", text.strip())
    found = _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare)
    amount = int(re.sub(r"\D", "", found[1])) if found and bare.isascii() else 0
    return amount or None


def said(intake: Intake) -> list[Said]:
    """The rows as `core.reconcile` takes them, in the order of the file."""
    return [_said(row) for row in intake.rows]


def _said(row: IntakeRow) -> Said:
    day, text = row.values["date"], " ".join(str(row.values[name] or "") for name in ("reference", "remark"))
    if not isinstance(day, date):
        raise TypeError("a row without its day is set aside by the template")
    amount = as_vnd(str(row.values["amount"])) or 0
    paid = row.values["status"] == "paid"
    return Said((row.sheet, row.row), day, text.strip(), amount, paid, str(row.values["reason"] or ""))


def _whole(draft: Draft) -> None:
    """A row without its day, amount or status is set aside: nothing is taken for paid because a cell could not be read."""
    kept = []
    for row in draft.rows:
        wrong = _wrong(row)
        if wrong is None:
            kept.append(row)
            continue
        column, vi, en = wrong
        vi, en = f"{vi} Dòng này chưa được nhận.", f"{en} The row was set aside."
        draft.faults.append(at(row.cells.get(column), row, f"{column}_unread", vi, en, Severity.ROW))
    draft.rows[:] = kept


def _wrong(row: IntakeRow) -> tuple[str, str, str] | None:
    if row.values.get("date") is None:
        return "date", "Không đọc được ngày. Hãy ghi ngày/tháng/năm.", "The day cannot be read. Write day/month/year."
    if as_vnd(str(row.values.get("amount") or "")) is None:
        vi = "Không đọc được số tiền. Hãy ghi số đồng nguyên lớn hơn 0, ví dụ 1.240.000."
        return "amount", vi, "The amount cannot be read. Write whole đồng above zero, for example 1.240.000."
    if row.values.get("status") is None:
        vi = "Không rõ đã chi hay bị trả lại. Hãy ghi “Đã chi” hoặc “Trả lại”."
        return "status", vi, "Paid or returned? Write “Đã chi” (paid) or “Trả lại” (returned)."
    return None


TEMPLATE = Template(
    name="bank_statement",
    vi="Sao kê chi trả của ngân hàng",
    en="Bank statement of payments",
    sheet="Sao kê",
    columns=(
        Column(
            "date",
            "Ngày giao dịch",
            "Date",
            CellKind.DATE,
            _PAYMENT,
            ("Ngày", "Ngày hạch toán", "Ngày GD", "Ngày hiệu lực", "Transaction date"),
            required=True,
            example="15/10/2025",
            width=14,
        ),
        Column(
            "reference",
            "Số tham chiếu",
            "Reference",
            CellKind.TEXT,
            _PAYMENT,
            ("Mã tham chiếu", "Mã lệnh chi", "End to end id", "EndToEndId", "Mã giao dịch"),
            example="AS000070001A3015",
            width=22,
            guide_vi="Mã lệnh chi trong tệp đã gửi ngân hàng. Để trống được nếu mã nằm trong nội dung.",
            guide_en="The reference of the file sent to the bank. May be empty when the remark holds it.",
        ),
        Column(
            "remark",
            "Nội dung",
            "Remark",
            CellKind.TEXT,
            _PAYMENT,
            ("Diễn giải", "Nội dung giao dịch", "Mô tả", "Nội dung chuyển khoản", "Description"),
            required=True,
            example="VÍ DỤ",
            width=44,
            guide_vi="Nguyên văn của ngân hàng.",
            guide_en="The bank's own words.",
        ),
        Column(
            "amount",
            "Số tiền",
            "Amount",
            CellKind.TEXT,
            _PAYMENT,
            ("Số tiền giao dịch", "Ghi nợ", "Phát sinh nợ", "Số tiền (đồng)"),
            required=True,
            example="1.240.000",
            width=16,
            guide_vi="Đồng nguyên.",
            guide_en="Whole đồng.",
        ),
        Column(
            "status",
            "Trạng thái",
            "Status",
            CellKind.CHOICE,
            _PAYMENT,
            ("Kết quả", "Tình trạng", "Kết quả giao dịch"),
            required=True,
            choices=(
                Choice("paid", "Đã chi", "Paid", ("Thành công", "Hoàn thành", "Success", "Đã chuyển")),
                Choice(
                    "returned",
                    "Trả lại",
                    "Returned",
                    ("Bị trả lại", "Hoàn trả", "Không thành công", "Thất bại", "Failed", "Từ chối"),
                ),
            ),
            example="Đã chi",
            width=14,
        ),
        Column(
            "reason",
            "Lý do",
            "Reason",
            CellKind.TEXT,
            _PAYMENT,
            ("Lý do trả lại", "Lý do từ chối", "Ghi chú"),
            width=30,
            guide_vi="Vì sao bị trả lại.",
            guide_en="Why it was returned.",
        ),
    ),
    key_column="remark",
    key_stands_in="reference",
    checks=(_whole,),
    intro_vi=("Mỗi khoản đã chi hoặc bị trả lại một dòng.", "Nhận tệp .xlsx, .xls, .ods, .csv."),
    intro_en=("One row for each payment made or returned.", "Files may be .xlsx, .xls, .ods or .csv."),
)
