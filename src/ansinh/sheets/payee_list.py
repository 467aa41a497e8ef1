"""The list of accounts into which the supports are paid: for each child whose account it is, at which bank, since when."""

from __future__ import annotations

import re

from ansinh.core.banks import BANKS
from ansinh.sheets._checks import at, by_value, changed, once
from ansinh.sheets._template import CellKind, Choice, Column, Draft, IntakeRow, Severity, Template
from ansinh.sheets.school_list import ends_after_it_begins

_CHILD = ("Người học", "Learner")
_ACCOUNT = ("Tài khoản nhận tiền", "Account")
CASH = "cash"  # What is said of a child who has no account: paid in cash.
_NUMBER = re.compile(r"[0-9A-Z]{4,19}")  # NAPAS takes up to 19 letters and digits.


def _accounts(draft: Draft) -> None:
    """A row pays into one whole account or says cash; any other row is set aside, so that no money goes astray."""
    kept = []
    for row in draft.rows:
        number = re.sub(r"[\s.\-]", "", str(row.values.get("account") or "")).upper()
        wrong = _wrong(row, number)
        if wrong is None:
            kept.append(changed(row, account=number) if number else row)
            continue
        column, code, vi, en = wrong
        vi, en = f"{vi} Dòng này chưa được nhận.", f"{en} The row was set aside."
        draft.faults.append(at(row.cells.get(column), row, code, vi, en, Severity.ROW))
    draft.rows[:] = kept


def _wrong(row: IntakeRow, number: str) -> tuple[str, str, str, str] | None:
    """What is wrong with a row: the column that is pointed at, the fault's code, and what to do in both languages."""
    bank = row.values.get("bank")
    if bank == CASH:
        if not number:
            return None
        said = "Dòng ghi nhận tiền mặt nhưng lại có số tài khoản. Hãy xóa số tài khoản hoặc chọn ngân hàng."
        return "account", "cash_and_account", said, "The row says cash but has an account. Remove it or choose a bank."
    if bank is None:
        said = "Thiếu ngân hàng. Hãy chọn trong danh mục; không có tài khoản thì chọn “Tiền mặt”."
        return (
            "bank",
            "bank_missing",
            said,
            "The bank is missing. Choose from the list; without an account choose “Cash”.",
        )
    if not _NUMBER.fullmatch(number) or not any(letter.isdigit() for letter in number):
        said = (
            "Số tài khoản phải có 4 đến 19 chữ số hoặc chữ cái không dấu. Hãy ghi lại đúng như trên sổ hoặc ứng dụng."
        )
        en = "An account number has 4 to 19 digits or plain letters. Write it as the bank does."
        return "account", "account_unread", said, en
    if row.values.get("holder") is None:
        said = "Thiếu tên chủ tài khoản. Hãy ghi đúng tên ngân hàng đang giữ."
        return "holder", "holder_missing", said, "The holder's name is missing. Write it as the bank has it."
    return None


TEMPLATE = Template(
    name="payee_list",
    vi="Danh sách tài khoản nhận tiền",
    en="Accounts to be paid into",
    sheet="Tài khoản",
    columns=(
        Column(
            "learner_code",
            "Mã học sinh",
            "Learner code",
            CellKind.IDENTIFIER,
            _CHILD,
            ("Mã định danh", "Mã HS", "Mã trẻ", "Mã"),
            required=True,
            example="VÍ DỤ",
            width=20,
            guide_vi="Đúng mã trong danh sách người học.",
            guide_en="The same code as on the learner roster.",
        ),
        Column(
            "full_name",
            "Họ và tên",
            "Full name",
            CellKind.NAME,
            _CHILD,
            ("Họ tên", "Họ và tên học sinh", "Họ tên học sinh"),
            example="Nguyễn Văn Mẫu",
            width=26,
            guide_vi="Tên của em, để phát hiện mã ghi nhầm.",
            guide_en="The child's name, so that a mistaken code is noticed.",
        ),
        Column(
            "holder",
            "Tên chủ tài khoản",
            "Account holder",
            CellKind.NAME,
            _ACCOUNT,
            ("Chủ tài khoản", "Họ tên chủ tài khoản", "Người nhận tiền", "Tên tài khoản"),
            example="Nguyễn Thị Mẫu",
            width=26,
            guide_vi="Cha, mẹ, người giám hộ hoặc chính em, đúng tên ngân hàng đang giữ. Nhận tiền mặt thì để trống.",
            guide_en="A parent, guardian or the child, as the bank has the name. Empty when paid in cash.",
        ),
        Column(
            "bank",
            "Ngân hàng",
            "Bank",
            CellKind.CHOICE,
            _ACCOUNT,
            ("Tên ngân hàng", "Mở tại ngân hàng", "Tại ngân hàng"),
            required=True,
            choices=(
                *(Choice(bank.bin, bank.short, bank.name, (bank.bin, *bank.others)) for bank in BANKS.values()),
                Choice(CASH, "Tiền mặt", "Cash", ("Không có tài khoản", "Nhận tiền mặt")),
            ),
            example="Agribank",
            width=22,
            guide_vi="Chọn trong danh mục, hoặc “Tiền mặt” khi gia đình không có tài khoản.",
            guide_en="Choose from the list, or “Tiền mặt” (cash) when the family has no account.",
        ),
        Column(
            "account",
            "Số tài khoản",
            "Account number",
            CellKind.IDENTIFIER,
            _ACCOUNT,
            ("STK", "Số TK", "Tài khoản"),
            example="0123456789",
            width=22,
            guide_vi="Định dạng cột là Văn bản (Text) để không mất số 0 ở đầu. Số này được mã hóa khi lưu.",
            guide_en="Format the column as Text so that no leading zero is lost. The number is kept encrypted.",
        ),
        Column(
            "since",
            "Từ ngày",
            "Since",
            CellKind.DATE,
            _ACCOUNT,
            ("Áp dụng từ ngày", "Từ"),
            example="05/09/2025",
            width=13,
            guide_vi="Để trống nghĩa là từ ngày nhận danh sách.",
            guide_en="Empty means from the day the list is received.",
        ),
        Column(
            "until",
            "Đến ngày",
            "Until",
            CellKind.DATE,
            _ACCOUNT,
            ("Đến", "Hết hạn ngày"),
            width=13,
            guide_vi="Ngày đầu tiên không còn dùng tài khoản này; từ đó chi tiền mặt. Thường để trống.",
            guide_en="The first day on which the account is not used any more; cash from then on. Mostly empty.",
        ),
    ),
    key_column="learner_code",
    checks=(_accounts, ends_after_it_begins, once(by_value("learner_code", "mã học sinh", "learner code"))),
    intro_vi=("Mỗi em một dòng. Không có tài khoản thì chi tiền mặt.", "Nhận tệp .xlsx, .xls, .ods, .csv."),
    intro_en=("One row for each child. Without an account, cash is paid.", "Files may be .xlsx, .xls, .ods or .csv."),
)
