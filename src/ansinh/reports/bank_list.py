"""What a bank is asked to pay: the orders into accounts as a workbook, as .csv, and as an ISO 20022 message (pain.001).

The bank learns of the account's holder and of our reference, and nothing of the child.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ansinh.core.banks import BANKS
from ansinh.core.money import in_words_vi
from ansinh.core.orders import Order, PayTo, Way, bank_text
from ansinh.reports._report import Report
from ansinh.reports._table import Cell, Table, csv_bytes, xlsx_bytes

MESSAGE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
REMARK = "Chi tra chinh sach ho tro nguoi hoc"
HEADINGS = (
    "STT", "Mã lệnh chi", "Tên người thụ hưởng", "Số tài khoản", "Mã ngân hàng (BIN)", "Ngân hàng", "Số tiền (đồng)",
    "Nội dung",
)  # fmt: skip


@dataclass(frozen=True)
class BankList:
    """The orders into accounts that are still to be confirmed, who pays them, the day to pay, and the instant of making.

    Money already confirmed or come back is not asked for again by writing the file again.
    """

    payer: PayTo
    orders: tuple[Order, ...]
    on: date
    at: datetime
    remark: str = REMARK

    @property
    def total_vnd(self) -> int:
        return sum(order.amount_vnd for order in self.orders)

    @property
    def message(self) -> str:
        """The message's own name, made of what it asks for: a bank that is sent it twice can tell."""
        asked = [
            (one.reference, one.amount_vnd, one.pay_to and (one.pay_to.bank, one.pay_to.account)) for one in self.orders
        ]
        return f"AS{hashlib.sha256(repr((self.payer.account, self.on, asked)).encode()).hexdigest()[:30].upper()}"


def figures(orders: Iterable[Order], *, payer: PayTo, on: date, at: datetime, remark: str = REMARK) -> BankList:
    """Gather what a bank is to pay; cash, and what was kept back whole, stay out. ValueError when a reference stands twice.

    payer: whose account is debited. on: the day asked for. at: when the file is made.
    """
    open_ = (Way.TO_SEND, Way.SENT)
    kept = tuple(one for one in orders if one.pay_to is not None and one.amount_vnd > 0 and one.way in open_)
    if len({one.reference for one in kept}) != len(kept):
        raise ValueError("a reference stands twice among the orders")
    return BankList(payer, kept, on, at, remark)


def _remark(found: BankList, order: Order) -> str:
    return f"{order.reference} {bank_text(found.remark)}"[:140].rstrip()


def _rows(found: BankList) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, order in enumerate(found.orders, start=1):
        to = order.pay_to
        if to is None:
            raise ValueError(f"the order {order.reference} is paid in cash")
        bank = BANKS.get(to.bank)
        name = bank.short if bank else ""
        holder = bank_text(to.holder).upper()
        rows.append(
            [number, order.reference, holder, to.account, to.bank, name, order.amount_vnd, _remark(found, order)]
        )
    return rows


def _write_csv(found: BankList) -> bytes:
    return csv_bytes(HEADINGS, _rows(found))


def _write_xlsx(found: BankList) -> bytes:
    words = in_words_vi(found.total_vnd).capitalize()
    about: list[list[Cell]] = [
        ["Số lệnh chi", len(found.orders)],
        ["Tổng số tiền (đồng)", found.total_vnd],
        ["Bằng chữ", f"{words} đồng"],
        ["Tài khoản trích nợ", found.payer.account],
        ["Chủ tài khoản", bank_text(found.payer.holder).upper()],
        ["Ngày chi", f"{found.on:%d/%m/%Y}"],
        ["Tên tệp lệnh", found.message],
    ]
    tables = [Table("Lệnh chi", HEADINGS, _rows(found)), Table("Tổng hợp", ("Mục", "Nội dung"), about)]
    return xlsx_bytes(tables, title="Danh sách chi qua ngân hàng")


# pain.001 ---------------------------------------------------------------------------------------------------------


def _write_xml(found: BankList) -> bytes:
    """A customer credit transfer initiation, version 3. ValueError when there is nothing to pay or a name has no letter."""
    if not found.orders:
        raise ValueError("a payment message has at least one order")
    document = ET.Element("Document", xmlns=MESSAGE)
    root = ET.SubElement(document, "CstmrCdtTrfInitn")
    count, total = str(len(found.orders)), str(found.total_vnd)
    header = ET.SubElement(root, "GrpHdr")
    _put(header, "MsgId", found.message)
    _put(header, "CreDtTm", found.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _put(header, "NbOfTxs", count)
    _put(header, "CtrlSum", total)
    _put(ET.SubElement(header, "InitgPty"), "Nm", _name(found.payer.holder))
    payment = ET.SubElement(root, "PmtInf")
    for tag, text in (("PmtInfId", f"{found.message}-1"), ("PmtMtd", "TRF"), ("BtchBookg", "false")):
        _put(payment, tag, text)
    _put(payment, "NbOfTxs", count)
    _put(payment, "CtrlSum", total)
    _put(payment, "ReqdExctnDt", found.on.isoformat())
    _put(ET.SubElement(payment, "Dbtr"), "Nm", _name(found.payer.holder))
    _account(payment, "DbtrAcct", found.payer)
    _agent(payment, "DbtrAgt", found.payer)
    _put(payment, "ChrgBr", "DEBT")  # The child gets the whole of it.
    for order in found.orders:
        _transfer(payment, found, order)
    ET.indent(document)
    written: bytes = ET.tostring(document, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _transfer(payment: ET.Element, found: BankList, order: Order) -> None:
    to = order.pay_to
    if to is None:
        raise ValueError(f"the order {order.reference} is paid in cash")
    transfer = ET.SubElement(payment, "CdtTrfTxInf")
    names = ET.SubElement(transfer, "PmtId")
    _put(names, "InstrId", order.reference)
    _put(names, "EndToEndId", order.reference)
    # The đồng has no part, and is written without decimals.
    ET.SubElement(ET.SubElement(transfer, "Amt"), "InstdAmt", Ccy="VND").text = str(order.amount_vnd)
    _agent(transfer, "CdtrAgt", to)
    _put(ET.SubElement(transfer, "Cdtr"), "Nm", _name(to.holder))
    _account(transfer, "CdtrAcct", to)
    _put(ET.SubElement(transfer, "RmtInf"), "Ustrd", _remark(found, order))


def _put(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _account(parent: ET.Element, tag: str, of: PayTo) -> None:
    other = ET.SubElement(ET.SubElement(ET.SubElement(parent, tag), "Id"), "Othr")
    _put(other, "Id", of.account)


def _agent(parent: ET.Element, tag: str, of: PayTo) -> None:
    member = ET.SubElement(ET.SubElement(ET.SubElement(parent, tag), "FinInstnId"), "ClrSysMmbId")
    _put(member, "MmbId", of.bank)


def _name(holder: str) -> str:
    name = bank_text(holder).upper()[:140].rstrip()
    if not name:
        raise ValueError(f"no bank can write the name {holder!r}")
    return name


REPORT = Report(
    name="bank_list",
    vi="Danh sách chi qua ngân hàng",
    en="Orders to the bank",
    figures=figures,
    forms={"xlsx": _write_xlsx, "csv": _write_csv, "xml": _write_xml},
)
