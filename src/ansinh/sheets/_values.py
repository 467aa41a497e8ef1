"""From a cell to a value, one reader per kind of column. A reader never raises: it gives a value, or a fault's code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from ansinh.core.words import folded, tidy
from ansinh.sheets._template import CellKind, Column
from ansinh.sheets._text import nearest
from ansinh.sheets._workbook import Raw, shown

MAX_TEXT = 300
MAX_DISTANCE_KM = 200
MAX_HUNDREDTHS = 20_00  # No salary coefficient of the State reaches twenty.
YEAR_FROM, YEAR_TO = 1990, 2099
IDENTITY_DIGITS = 12
DAY_FROM, DAY_TO = date(1930, 1, 1), date(2099, 12, 31)
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True)
class Reading:
    """A cell understood: its value, or None with the code of a fault and what its message needs."""

    value: object = None
    code: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)


NOTHING = Reading()


def read_value(column: Column, raw: Raw, *, date1904: bool = False) -> Reading:
    """The value of a cell in a column. Empty cells, and cells of spaces, are nothing: never zero and never “no”."""
    if raw is None or (isinstance(raw, str) and not tidy(raw)):
        return NOTHING
    if isinstance(raw, str) and len(raw) > MAX_TEXT:
        return Reading(code="text_too_long", details={"limit": MAX_TEXT})
    if column.kind is CellKind.DATE:
        return _date(raw, date1904)
    return _READERS[column.kind](column, raw)


def plain(raw: Raw) -> str:
    """The tidy text of a cell; a decimal keeps its point, a whole number has none."""
    return tidy(shown(raw))


def _text(_column: Column, raw: Raw) -> Reading:
    return Reading(plain(raw))


def _name(_column: Column, raw: Raw) -> Reading:
    """A person's name: some letter must be there. All capitals or all small letters are set as names are written."""
    name = plain(raw)
    if not any(char.isalpha() for char in name):
        return NOTHING
    if name.isupper() or name.islower():
        name = " ".join(word[:1].upper() + word[1:].lower() for word in name.split())
    return Reading(name)


def _identifier(_column: Column, raw: Raw) -> Reading:
    """A code kept as text. Excel rounds numbers of over fifteen digits, so such a number is no code any more."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= 1e15:
        return Reading(code="digits_lost")
    text = plain(raw).lstrip("'").strip()
    return Reading(code="scientific_number") if _SCIENTIFIC.fullmatch(text) else Reading(text or None)


# What Excel shows, and other programs then save, of a long number in a narrow column.
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")


def _identity(_column: Column, raw: Raw) -> Reading:
    """A personal identity number: twelve digits. One that lost a zero at its start is a fault of its own, which may be mended.

    Decree 137/2015/NĐ-CP, Article 13: province or country of registration, century and sex, year of birth, six digits more.
    """
    if isinstance(raw, (bool, date)):
        return Reading(code="not_identity_number")
    text = plain(raw).lstrip("'")
    if _SCIENTIFIC.fullmatch(text):
        return Reading(code="scientific_number")
    digits = re.sub(r"[\s.\-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        return Reading(code="not_identity_number")
    if len(digits) == IDENTITY_DIGITS:
        return Reading(digits)
    # A number cell of ten digits had two zeros (Hà Nội is 001); in text, two digits fewer are no slip of a machine.
    short = len(digits) == IDENTITY_DIGITS - 1 or (len(digits) == IDENTITY_DIGITS - 2 and not isinstance(raw, str))
    return Reading(code="identity_short" if short else "not_identity_number")


# ---- days

_DAY_TEXT = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$")
_ISO_TEXT = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")
_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})$")


def _date(raw: Raw, date1904: bool) -> Reading:
    if isinstance(raw, date):
        return _plausible(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _serial(raw, date1904)
    if not isinstance(raw, str):
        return Reading(code="not_a_date")
    text = tidy(raw).lstrip("'").rstrip(".").strip()
    if re.fullmatch(r"\d{4}", text):
        return Reading(code="date_only_year")
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _serial(float(text), date1904)
    text = re.sub(r"\s+\d{1,2}:\d{2}(:\d{2})?$", "", text) if "/" in text else text
    iso = _ISO_TEXT.fullmatch(text)
    if iso:
        return _day(int(iso[3]), int(iso[2]), int(iso[1]))
    found = _DAY_TEXT.fullmatch(text) or _WORDS.fullmatch(folded(text))
    if not found:
        return Reading(code="not_a_date")
    day, month, year = int(found[1]), int(found[2]), found[3]
    if len(year) == 2:
        # Only one of the two centuries can hold a living learner, except for a few years that could be either.
        if 30 <= int(year) <= 45:
            return Reading(code="two_digit_year")
        return _day(day, month, int(year) + (2000 if int(year) < 30 else 1900))
    return _day(day, month, int(year))


def _serial(number: float, date1904: bool) -> Reading:
    """A day counted from the workbook's epoch. A whole number like 2016 is a year without its day."""
    if 1930 <= number <= 2099 and float(number).is_integer():
        return Reading(code="date_only_year")
    if not 10_000 <= number <= 73_000:
        return Reading(code="not_a_date")
    return _plausible((_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=int(number)))


def _day(day: int, month: int, year: int) -> Reading:
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        pass
    try:
        swapped = date(year, day, month)
    except ValueError:
        return Reading(code="not_a_date")
    return Reading(code="month_first_date", details={"suggestion": shown(swapped)})


def _plausible(day: date) -> Reading:
    if DAY_FROM <= day <= DAY_TO:
        return Reading(date(day.year, day.month, day.day))
    return Reading(code="date_unlikely", details={"shown": shown(day), "low": shown(DAY_FROM), "high": shown(DAY_TO)})


# ---- lists


def _choice(column: Column, raw: Raw) -> Reading:
    """A value of the column's list, by its words or a known synonym; else a fault with the nearest word."""
    text = plain(raw)
    keys = column.words
    choice = keys.get(folded(text) or text.casefold())
    if choice is None:
        near = nearest(text, (words for c in column.choices for words in (c.vi, *c.synonyms)))
        found = keys.get(folded(near)) if near else None
        some = "; ".join(c.vi for c in column.listed[:4]) + ("; …" if len(column.listed) > 4 else "")
        vi = f"Có phải “{found.vi}”? Hãy chọn trong danh mục." if found else f"Hãy chọn trong danh mục: {some}."
        en = f"Is “{found.vi}” meant? Choose from the list." if found else f"Choose from the list: {some}."
        return Reading(code="not_in_list", details={"suggestion_vi": vi, "suggestion_en": en})
    return Reading(choice.value)


YES = frozenset({"co", "x", "1", "true", "dung", "yes", "c", "✓", "✔", "☑", "√"})
NO = frozenset({"khong", "0", "false", "sai", "no", "k", "ko"})


def ticked(raw: Raw) -> bool | None:
    """Whether a tick column's cell says yes, says no, or says nothing that can be understood."""
    text = plain(raw)
    key = folded(text) or text
    return True if key in YES else False if key in NO else None


# ---- numbers


def _grade(_column: Column, raw: Raw) -> Reading:
    text = re.sub(r"^(khoi|lop|grade)\s*", "", folded(plain(raw)))
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 12:
        return Reading(int(text))
    return Reading(code="not_a_grade")


_DISTANCE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(km|m|kilomet|kilometer|ki lo met|met|meter|cay so|cay)?$")
_THOUSANDS = re.compile(r"(\d{1,3})[.,](\d{3})\s*(m|met|meter)$")


def _metres(_column: Column, raw: Raw) -> Reading:
    """Metres from kilometres (the heading's unit) or from a number with its own unit. Fractions of a metre are dropped."""
    if isinstance(raw, (bool, date)):
        return Reading(code="not_a_distance")
    text = (
        re.sub(r"[–—]", "-", plain(raw).casefold().replace("đ", "d")).removeprefix("khoảng ").removeprefix("~").strip()
    )
    text = " ".join(
        text.replace("ki-lô-mét", "km").replace("kilômét", "km").replace("mét", "m").replace("cây số", "km").split()
    )
    thousands = _THOUSANDS.fullmatch(text)
    found = _DISTANCE.fullmatch(text)
    if thousands:
        metres = int(thousands[1]) * 1000 + int(thousands[2])
    elif found:
        whole, _, fraction = found[1].replace(",", ".").partition(".")
        thousandths = int(whole) * 1000 + int((fraction + "000")[:3])
        metres = thousandths // 1000 if (found[2] or "km").startswith("m") else thousandths
    else:
        return Reading(code="not_a_distance")
    if metres > MAX_DISTANCE_KM * 1000:
        km = f"{metres // 1000},{metres % 1000:03d}".rstrip("0").rstrip(",")
        return Reading(code="distance_unlikely", details={"shown": km, "limit": MAX_DISTANCE_KM})
    return Reading(metres)


_TWO_DECIMALS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?")


def _hundredths(_column: Column, raw: Raw) -> Reading:
    """A coefficient in whole hundredths: 2,34 is 234. More than two decimals are no coefficient of the State's tables."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        value = round(raw * 100)
        good = 0 <= value <= MAX_HUNDREDTHS and abs(raw * 100 - value) < 1e-6
        return Reading(value) if good else Reading(code="not_a_coefficient")
    found = _TWO_DECIMALS.fullmatch(plain(raw))
    value = int(found[1]) * 100 + int(((found[2] or "") + "00")[:2]) if found else MAX_HUNDREDTHS + 1
    return Reading(value) if value <= MAX_HUNDREDTHS else Reading(code="not_a_coefficient")


def _year(_column: Column, raw: Raw) -> Reading:
    text = re.sub(r"^nam ", "", folded(plain(raw)))
    if not isinstance(raw, (bool, date)) and text.isascii() and text.isdigit() and YEAR_FROM <= int(text) <= YEAR_TO:
        return Reading(int(text))
    return Reading(code="not_a_year")


def _school_year(_column: Column, raw: Raw) -> Reading:
    years = re.findall(r"\d{4}", plain(raw))
    if len(years) == 2 and int(years[1]) == int(years[0]) + 1:
        return Reading(int(years[0]))
    return Reading(code="not_a_school_year")


_READERS: dict[CellKind, Callable[[Column, Raw], Reading]] = {
    CellKind.TEXT: _text,
    CellKind.NAME: _name,
    CellKind.IDENTIFIER: _identifier,
    CellKind.CHOICE: _choice,
    CellKind.GRADE: _grade,
    CellKind.METRES: _metres,
    CellKind.HUNDREDTHS: _hundredths,
    CellKind.IDENTITY: _identity,
    CellKind.YEAR: _year,
    CellKind.SCHOOL_YEAR: _school_year,
}
