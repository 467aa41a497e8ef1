"""What goes to a bank and what families sign: right to the đồng, the same bytes each time, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import openpyxl
import pytest
import qrcode
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.core.money import format_whole, in_words_vi
from ansinh.core.orders import Order, PayTo, Way
from ansinh.reports import Heading, _vietqr, reports, write
from ansinh.reports.bank_list import MESSAGE, BankList
from tests.core.test_money_words import heard

AT, DAY = datetime(2025, 10, 15, 3, tzinfo=UTC), date(2025, 10, 16)
PAYER = PayTo("Trường Mầm non Thử Nghiệm", "970405", "1900201000123")
HEADING = Heading("UBND xã Thử", "Trường Mầm non Thử Nghiệm", "MNTN", "Thử", signer="Nguyễn Văn Mẫu")
ACCOUNT = PayTo("=HYPERLINK(Đỗ Thị Mẫu)", "970436", "0012345678")
CHILDREN = (
    Order(7, 1, 1, 1_240_000, (1, 2), Way.SENT, "M01", "Thạch Thị Ngọc Ánh", "Lá 1", ACCOUNT),
    Order(
        7, 2, 1, 310_000, (3,), Way.SENT, "M02", "Trần <b>Gia</b> & Hoà", "Lá 1", replace(ACCOUNT, holder="Trần Mẫu")
    ),
    Order(7, 3, 2, 1_050_000, (4,), Way.SENT, "M03", "=1+1", "Lá 2"),
    Order(7, 4, 1, 0, (5,), Way.SENT, "M04", "Kim Thị Mẫu", "Lá 2"),
    Order(7, 5, 1, 310_000, (6,), Way.PAID, "M05", "Lý Văn Mẫu", "Lá 2", ACCOUNT),
)


def to_bank(orders: tuple[Order, ...] = CHILDREN) -> BankList:
    return reports()["bank_list"].figures(orders, payer=PAYER, on=DAY, at=AT)  # type: ignore[no-any-return]


def signed(name: str = "cash_list") -> object:
    return reports()[name].figures(CHILDREN, about="ăn trưa tháng 9/2025", heading=HEADING, on=DAY)


@pytest.mark.parametrize(
    ("name", "form"),
    [("bank_list", "xlsx"), ("bank_list", "csv"), ("bank_list", "xml"), ("cash_list", "docx"), ("cash_list", "xlsx"),
     ("cash_receipt", "docx")],
)  # fmt: skip
def test_the_same_orders_give_the_same_bytes(name: str, form: str) -> None:
    figures = (lambda: to_bank()) if name == "bank_list" else (lambda: signed(name))
    assert write(name, figures(), form) == write(name, figures(), form)


def test_only_what_is_still_to_be_paid_into_accounts_goes_to_the_bank() -> None:
    found = to_bank()
    assert [order.learner for order in found.orders] == [1, 2]
    assert found.total_vnd == 1_550_000
    with pytest.raises(ValueError, match="twice"):
        to_bank((CHILDREN[0], CHILDREN[0]))


def test_the_banks_lists() -> None:
    rows = list(csv.DictReader(io.StringIO(write("bank_list", to_bank(), "csv").decode("utf-8-sig"))))
    assert [(row["Mã lệnh chi"], row["Số tài khoản"], row["Số tiền (đồng)"]) for row in rows] == [
        (order.reference, "0012345678", str(order.amount_vnd)) for order in CHILDREN[:2]
    ]
    assert rows[0]["Ngân hàng"] == "Vietcombank"
    for row in rows:
        assert not any(str(cell).startswith(("=", "+", "-", "@")) for cell in row.values())
        assert row["Nội dung"].isascii()
    book = openpyxl.load_workbook(io.BytesIO(write("bank_list", to_bank(), "xlsx")))
    page = book["Lệnh chi"]
    assert [cell.value for cell in page["G"]][1:] == [1_240_000, 310_000]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    # The bank learns nothing of the child.
    told = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not any(order.code in told or "Ánh" in told for order in CHILDREN)


# ISO 20022, pain.001.001.03: the elements of each part in the order of its schema, of those that are written.
ORDER = {
    "GrpHdr": ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
    "PmtInf": ["PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr"],
    "CdtTrfTxInf": ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
    "PmtId": ["InstrId", "EndToEndId"],
}  # fmt: skip
LATIN = re.compile(r"[A-Za-z0-9 .,()'+:?/-]*")


def test_the_payment_message() -> None:
    root = ET.fromstring(write("bank_list", to_bank(), "xml"))  # noqa: S314 - our own
    assert root.tag == f"{{{MESSAGE}}}Document"
    names = {"": MESSAGE}
    for part, children in ORDER.items():
        for found in root.iter(f"{{{MESSAGE}}}{part}"):
            own = [child.tag.split("}")[1] for child in found]
            assert [name for name in own if name != "CdtTrfTxInf"] == children
    transfers = root.findall(".//CdtTrfTxInf", names)
    amounts = [one.find("Amt/InstdAmt", names) for one in transfers]
    assert [(amount.text, amount.attrib) for amount in amounts if amount is not None] == [
        (str(order.amount_vnd), {"Ccy": "VND"}) for order in CHILDREN[:2]
    ]
    for part in ("GrpHdr", "PmtInf"):
        assert root.findtext(f".//{part}/NbOfTxs", None, names) == str(len(transfers))
        assert root.findtext(f".//{part}/CtrlSum", None, names) == "1550000"
    ends = [one.findtext("PmtId/EndToEndId", None, names) for one in transfers]
    assert ends == [order.reference for order in CHILDREN[:2]]
    assert len(set(ends)) == len(ends)
    for element in root.iter():
        text = (element.text or "").strip()
        assert LATIN.fullmatch(text)
        if element.tag.endswith("Id"):
            assert len(text) <= 35
    holders = [one.findtext("Cdtr/Nm", None, names) for one in transfers]
    assert holders == ["HYPERLINK(DO THI MAU)", "TRAN MAU"]


def test_a_message_sent_again_has_its_name_and_another_content_another() -> None:
    assert to_bank().message == replace(to_bank(), at=datetime(2026, 1, 1, tzinfo=UTC)).message
    assert to_bank().message != to_bank(CHILDREN[:1]).message
    with pytest.raises(ValueError, match="at least one"):
        write("bank_list", to_bank(()), "xml")


def plain_crc(data: bytes) -> int:
    """CRC-16/CCITT-FALSE bit by bit."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def fields(text: str) -> dict[str, str]:
    """A text of fields taken apart."""
    found = {}
    while text:
        what, size = text[:2], int(text[2:4])
        assert what not in found
        found[what], text = text[4 : 4 + size], text[4 + size :]
    return found


def test_vietqr_as_others_have_published_it() -> None:
    # The example that the package subiz/vietqr prints, and the check value of CRC-16/CCITT-FALSE.
    text = _vietqr.payload(PayTo("", "970415", "0011001932418"), amount_vnd=120_000, remark="ung ho lu lut")
    assert text == (
        "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN"
        "62170813ung ho lu lut6304C15C"
    )
    assert plain_crc(b"123456789") == 0x29B1


@given(
    st.sampled_from(["970436", "970405"]), st.from_regex(r"[0-9A-Z]{1,19}", fullmatch=True),
    st.none() | st.integers(1, 10**13 - 1), st.from_regex(r"[A-Z0-9]{0,25}", fullmatch=True),
)  # fmt: skip
def test_vietqr_is_taken_apart_again(bank: str, account: str, amount: int | None, remark: str) -> None:
    text = _vietqr.payload(PayTo("", bank, account), amount_vnd=amount, remark=remark)
    assert int(text[-4:], 16) == plain_crc(text[:-4].encode())
    found = fields(text)
    to = fields(found["38"])
    assert (to["00"], to["02"]) == ("A000000727", "QRIBFTTA")
    assert fields(to["01"]) == {"00": bank, "01": account}
    assert (found["53"], found["58"], found.get("54")) == ("704", "VN", None if amount is None else str(amount))
    assert found.get("62") == (f"08{len(remark):02d}{remark}" if remark else None)
    assert found["01"] == ("11" if amount is None else "12")


@pytest.mark.parametrize("bad", ["97043", "97043x"])
def test_vietqr_refuses_what_does_not_fit(bad: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        _vietqr.payload(PayTo("", bad, "1"))
    with pytest.raises(ValueError, match="amount"):
        _vietqr.payload(ACCOUNT, amount_vnd=0)
    with pytest.raises(ValueError, match="remark"):
        _vietqr.payload(ACCOUNT, remark="x" * 26)
    with pytest.raises(ValueError, match="not paid into an account"):
        reports()["payee_qr"].figures(CHILDREN[2])


def test_the_picture_is_what_another_library_draws() -> None:
    text = _vietqr.payload(ACCOUNT, amount_vnd=1_240_000, remark=CHILDREN[0].reference)
    ours = segno.make_qr(text, error="m", boost_error=False)
    other = qrcode.QRCode(ours.version, qrcode.ERROR_CORRECT_M, border=0, mask_pattern=ours.mask)
    other.add_data(text, optimize=0)
    other.make(fit=False)
    assert [[bool(cell) for cell in row] for row in ours.matrix] == other.get_matrix()
    picture = write("payee_qr", reports()["payee_qr"].figures(CHILDREN[0]), "svg")
    assert picture == write("payee_qr", reports()["payee_qr"].figures(CHILDREN[0]), "svg")
    root = ET.fromstring(picture)  # noqa: S314 - our own
    assert root.tag.endswith("svg")
    assert b"script" not in picture


def test_the_cash_list_as_a_paper_and_as_a_workbook() -> None:
    paper = docx.Document(io.BytesIO(write("cash_list", signed(), "docx")))
    grid = next(table for table in paper.tables if table.style is not None and table.style.name == "Table Grid")
    rows = [[cell.text for cell in row.cells] for row in grid.rows]
    assert [row[1:5] for row in rows[1:]] == [
        ["=1+1", "Lá 2", CHILDREN[2].reference, "1.050.000"],
        ["Cộng", "", "", "1.050.000"],
    ]
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "Bằng chữ: Một triệu không trăm năm mươi nghìn đồng" in text
    page = openpyxl.load_workbook(io.BytesIO(write("cash_list", signed(), "xlsx"))).active
    assert page is not None
    cells = {cell.coordinate: cell for row in page.iter_rows() for cell in row}
    assert (cells["B4"].value, cells["B4"].data_type) == ("=1+1", "s")
    assert (cells["E4"].value, cells["E5"].value) == (1_050_000, 1_050_000)


def test_a_receipt_a_child_and_marks_are_letters() -> None:
    two = (CHILDREN[2], replace(CHILDREN[1], pay_to=None))
    found = reports()["cash_receipt"].figures(two, about="học bổng <&>", heading=HEADING, on=DAY)
    paper = docx.Document(io.BytesIO(write("cash_receipt", found, "docx")))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert text.count("GIẤY NHẬN TIỀN") == 2
    assert "Trần <b>Gia</b> & Hoà" in text
    assert "học bổng <&>" in text
    assert all(f"Mã lệnh chi: {order.reference}." in text for order in two)


@settings(max_examples=60)
@given(st.integers(1, 10**13))
def test_the_words_on_a_receipt_say_its_figure(amount: int) -> None:
    assert heard(in_words_vi(amount)) == amount
    assert int(format_whole(amount).replace(".", "")) == amount
