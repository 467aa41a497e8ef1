"""Accounts to be paid into, and bank statements: what is read of them, and what is set aside with where and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh import sheets
from ansinh.core.money import format_whole
from ansinh.sheets import Intake, Severity
from ansinh.sheets.bank_statement import as_vnd, said

ACCOUNTS = "Mã học sinh,Tên chủ tài khoản,Ngân hàng,Số tài khoản,Từ ngày,Đến ngày\n"
STATEMENT = "Ngày giao dịch,Nội dung,Số tiền,Trạng thái,Lý do\n"


def read(name: str, heads: str, *rows: str) -> Intake:
    text = heads + "".join(f"{row}\n" for row in rows)
    return sheets.read(sheets.templates()[name], text.encode(), filename="ds.csv")


@given(st.integers(1, 10**12))
def test_an_amount_is_read_however_it_is_written(amount: int) -> None:
    ways = [
        str(amount),
        format_whole(amount),
        f"{amount:,}",
        f"-{amount:,}.00",
        f"{format_whole(amount)},0 đ",
        f"{amount} VND",
    ]
    assert {as_vnd(way) for way in ways} == {amount}


@pytest.mark.parametrize(
    "text", ["", "0", "một triệu", "1.2", "1,24", "12.34.567", "1.000,5", "1e6", "½", "1.240.000 USD"]
)
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    assert as_vnd(text) is None


def test_accounts_are_read_whole() -> None:
    intake = read(
        "payee_list", ACCOUNTS,
        "M1,Nguyễn Thị Mẫu,VCB,00 1234.56-78,01/09/2025,",
        "M2,nguyễn thị mẫu,970405,abc12345,,",
        "M3,,Tiền mặt,,,",
    )  # fmt: skip
    assert intake.faults == ()
    assert [(row.values["bank"], row.values["account"], row.values["since"]) for row in intake.rows] == [
        ("970436", "0012345678", date(2025, 9, 1)),
        ("970405", "ABC12345", None),
        ("cash", None, None),
    ]
    assert intake.rows[1].values["holder"] == "Nguyễn Thị Mẫu"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("M1,Nguyễn Thị Mẫu,,12345678,,", "bank_missing", "C"),
        ("M1,Nguyễn Thị Mẫu,Ngân hàng Sao Hỏa,12345678,,", "bank_missing", "C"),
        ("M1,Nguyễn Thị Mẫu,VCB,,,", "account_unread", "D"),
        ("M1,Nguyễn Thị Mẫu,VCB,1.23457E+12,,", "account_unread", "D"),
        ("M1,Nguyễn Thị Mẫu,VCB,12345678901234567890,,", "account_unread", "D"),
        ("M1,,VCB,12345678,,", "holder_missing", "B"),
        ("M1,,Tiền mặt,12345678,,", "cash_and_account", "D"),
        ("M1,Nguyễn Thị Mẫu,VCB,12345678,01/09/2025,01/09/2025", "ends_before_it_begins", "F"),
    ],
)
def test_an_account_that_is_not_whole_is_set_aside(row: str, code: str, column: str) -> None:
    intake = read("payee_list", ACCOUNTS, row, "M2,Trần Mẫu,ACB,12345678,,")
    assert [one.values["learner_code"] for one in intake.rows] == ["M2"]
    (fault,) = [one for one in intake.faults if one.code == code]
    assert (fault.severity, fault.row, fault.column) == (Severity.ROW, 2, column)


def test_a_child_named_twice_keeps_its_first_account() -> None:
    intake = read("payee_list", ACCOUNTS, "M1,Trần Mẫu,ACB,11112222,,", "m1,Trần Mẫu,ACB,33334444,,")
    assert [row.values["account"] for row in intake.rows] == ["11112222"]
    assert [fault.code for fault in intake.faults] == ["row_twice"]


def test_a_statement_says_what_it_says() -> None:
    intake = read(
        "bank_statement", STATEMENT,
        "15/10/2025,CK AS00007000001015 ho tro,1240000,Thành công,",
        '16/10/2025,CK AS00007000001015 ho tro,"1,240,000",Hoàn trả,sai số tài khoản',
        "16/10/2025,CK khac,1240000,đang xử lý,",
    )  # fmt: skip
    first, second = said(intake)
    assert (first.on, first.amount_vnd, first.paid, first.place) == (date(2025, 10, 15), 1_240_000, True, ("ds.csv", 2))
    assert (second.amount_vnd, second.paid, second.reason) == (1_240_000, False, "sai số tài khoản")
    assert "AS00007000001015" in second.text
    assert {(fault.code, fault.row, fault.column) for fault in intake.faults} >= {("status_unread", 4, "D")}
