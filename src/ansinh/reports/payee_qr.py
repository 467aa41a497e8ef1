"""The QR code by which one order is paid from any bank's application: nobody types account, amount and reference."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.core.money import format_whole
from ansinh.core.orders import Order, PayTo
from ansinh.reports._report import Report


@dataclass(frozen=True)
class PayeeQr:
    """One payment: into which account, how many đồng, under which reference."""

    to: PayTo
    amount_vnd: int
    reference: str


def figures(order: Order) -> PayeeQr:
    """What the code says. ValueError for an order that is paid in cash, or of nothing."""
    if order.pay_to is None or order.amount_vnd <= 0:
        raise ValueError(f"the order {order.reference} is not paid into an account")
    return PayeeQr(order.pay_to, order.amount_vnd, order.reference)


def _write_svg(found: PayeeQr) -> bytes:
    from ansinh.reports import _vietqr

    text = _vietqr.payload(found.to, amount_vnd=found.amount_vnd, remark=found.reference)
    return _vietqr.svg(text, title=f"VietQR {found.reference}, {format_whole(found.amount_vnd)} đồng")


REPORT = Report(
    name="payee_qr",
    vi="Mã VietQR của một lệnh chi",
    en="VietQR code of one order",
    figures=figures,
    forms={"svg": _write_svg},
)
