"""Whole đồng as integers. No float ever holds money; every rounding has a name."""

from __future__ import annotations


def percent_rounded_down(amount_vnd: int, percent: int) -> int:
    """A whole percentage of an amount, a part of a đồng dropped. The one rounding that rules use."""
    return amount_vnd * percent // 100


def format_vnd(amount_vnd: int) -> str:
    """`1234567` → `1.234.567 đ`, as Vietnamese papers write it."""
    return f"{amount_vnd:,}".replace(",", ".") + " đ"


def format_whole(number: int) -> str:
    """`1234567` → `1.234.567`."""
    return f"{number:,}".replace(",", ".")


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def in_words_vi(amount: int) -> str:
    """A whole number in Vietnamese words, as the line *Bằng chữ* of a payment paper.

    `1050000` → `một triệu không trăm năm mươi nghìn`.
    No unit is added; a negative number opens with `âm`. There is no upper limit: above a thousand million it reads `… tỷ`.
    """
    if amount < 0:
        return f"âm {in_words_vi(-amount)}"
    return " ".join(_spoken(amount, follows=False)) or _DIGITS[0]


def _spoken(number: int, *, follows: bool) -> list[str]:
    """The words of a number; none for zero. `follows` is true after a larger part, where empty hundreds are spoken."""
    if number >= _BILLION:
        above, rest = divmod(number, _BILLION)
        return [*_spoken(above, follows=follows), "tỷ", *_spoken(rest, follows=True)]
    words: list[str] = []
    for size, name in ((1_000_000, ["triệu"]), (1_000, ["nghìn"]), (1, [])):
        part, number = divmod(number, size)
        if part:
            words += [*_under_thousand(part, follows=follows or bool(words)), *name]
    return words


def _under_thousand(number: int, *, follows: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or follows else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return [*words, *(["linh"] if words and ones else []), *([_DIGITS[ones]] if ones else [])]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        # After mươi one is spoken mốt; after mười or mươi five is spoken lăm.
        words.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 else _DIGITS[ones])
    return words
