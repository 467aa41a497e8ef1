"""VietQR: a transfer to an account as the text of a QR code (EMVCo, with the identifiers of NAPAS), and its picture.

The text is fields of two digits for what, two for how long, then the value; the last is CRC-16/CCITT-FALSE of all before it.
"""

from __future__ import annotations

import binascii
import io
import re

import segno

from ansinh.core.orders import PayTo, bank_text

NAPAS = "A000000727"  # The application identifier under which NAPAS registered VietQR.
TO_ACCOUNT = "QRIBFTTA"  # Its service: a fast transfer to an account.
REMARK = 25  # What NAPAS takes of a remark.


def payload(to: PayTo, *, amount_vnd: int | None = None, remark: str = "") -> str:
    """The text of the code. ValueError when the account, the amount or the remark does not fit.

    amount_vnd: None leaves the amount to who pays.
    """
    if not re.fullmatch(r"[0-9]{6}", to.bank) or not re.fullmatch(r"[0-9A-Z]{1,19}", to.account):
        raise ValueError("VietQR takes a bank of six digits and an account of up to 19 digits or capitals")
    if amount_vnd is not None and not 0 < amount_vnd < 10**13:
        raise ValueError("VietQR takes an amount above zero of up to 13 digits")
    words = bank_text(remark)
    if len(words) > REMARK:
        raise ValueError(f"VietQR takes a remark of up to {REMARK} letters")
    account = _field("00", to.bank) + _field("01", to.account)
    text = _field("00", "01") + _field("01", "11" if amount_vnd is None else "12")
    text += _field("38", _field("00", NAPAS) + _field("01", account) + _field("02", TO_ACCOUNT))
    text += _field("53", "704") + ("" if amount_vnd is None else _field("54", str(amount_vnd))) + _field("58", "VN")
    text += (_field("62", _field("08", words)) if words else "") + "6304"
    return f"{text}{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def svg(text: str, *, title: str) -> bytes:
    """The QR code of a text as SVG: black on white, no link, the same text gives the same bytes."""
    memory = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(memory, kind="svg", scale=4, border=4, light="white", title=title, omitsize=True)
    return memory.getvalue()


def _field(what: str, value: str) -> str:
    return f"{what}{len(value):02d}{value}"
