"""Lists of accounts and bank statements as people send them: what the tests of paying begin with."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh import sheets
from ansinh.core.orders import Order
from ansinh.sheets import Intake
from ansinh.web.payments import payees
from ansinh.web.registry.models import Person, User

from .conftest import NOON

HEADS = "Ngày giao dịch;Số tham chiếu;Nội dung;Số tiền;Trạng thái;Lý do\n"


def statement(*rows: str, name: str = "sao-ke.csv") -> Intake:
    data = (HEADS + "".join(f"{row}\n" for row in rows)).encode()
    return sheets.read(sheets.templates()["bank_statement"], data, filename=name)


def said(order: Order, status: str = "Đã chi", *, amount: int | None = None, text: str | None = None) -> str:
    """A bank's row on an order."""
    return f"15/10/2025;;CK {text or order.reference} ho tro;{order.amount_vnd if amount is None else amount};{status};"


def accounts(rows: Iterable[tuple[Person, str, str, str]]) -> Intake:
    """A list of accounts: child, holder, bank, number."""
    heads = "Mã học sinh;Họ và tên;Tên chủ tài khoản;Ngân hàng;Số tài khoản\n"
    lines = [f"{child.code};{child.full_name};{holder};{bank};{number}\n" for child, holder, bank, number in rows]
    return sheets.read(sheets.templates()["payee_list"], (heads + "".join(lines)).encode(), filename="tk.csv")


def with_accounts(children: Iterable[Person], by: User) -> None:
    """An account for each of these children."""
    rows = [(child, "Nguyễn Thị Mẫu", "Agribank", f"00{child.pk:08d}") for child in children]
    payees.record(intake=accounts(rows), by=by, at=NOON)
