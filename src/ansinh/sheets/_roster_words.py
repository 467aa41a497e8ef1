"""Words the learner roster's columns share: yes and no, code lists as choices, and the classes of a place."""

from __future__ import annotations

from ansinh.core.tables import AREA, Codes
from ansinh.sheets._template import Choice

YES_NO = (
    Choice(True, "Có", "Yes", ("x", "1", "true", "đúng", "c", "✓", "✔", "☑", "√")),
    Choice(False, "Không", "No", ("0", "false", "sai", "k", "ko")),
)


def choices_of(codes: Codes, **synonyms: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(code.value, code.vi, code.en, synonyms.get(code.name, ())) for code in codes.codes)


# What is known of a place: (area class, extremely difficult hamlet, difficult coast, commune has such hamlets).
Place = tuple[int | None, bool | None, bool | None, bool | None]


def _place_choices(here: str, here_en: str) -> tuple[Choice, ...]:
    """The classes of a place in one drop-down. Wordings that do not speak of the hamlet are understood, but leave it unknown."""
    found = [
        Choice(
            (AREA.none, False, False, None),
            "Không thuộc vùng khó khăn",
            "Not a difficult area",
            ("Không", "Không thuộc"),
        ),
    ]
    for name, number, digit in (("one", "I", "1"), ("two", "II", "2"), ("three", "III", "3")):
        value = getattr(AREA, name)
        plain: tuple[str, ...] = (f"Xã khu vực {number}", f"Khu vực {number}", f"KV {number}", f"KV{number}", number)
        plain += (
            f"Xã khu vực {digit}",
            f"Khu vực {digit}",
            f"KV {digit}",
            f"KV{digit}",
            f"Xã KV {number}",
            f"Vùng {number}",
        )
        found.append(
            Choice(
                (value, False, False, None),
                f"Xã khu vực {number}, {here} không phải thôn ĐBKK",
                f"Area {number} commune, {here_en} not in an extremely difficult hamlet",
            )
        )
        found.append(
            Choice(
                (value, True, False, True),
                f"Xã khu vực {number}, {here} là thôn ĐBKK",
                f"Area {number} commune, {here_en} in an extremely difficult hamlet",
                (f"Thôn ĐBKK xã khu vực {number}", f"Thôn đặc biệt khó khăn, xã khu vực {number}"),
            )
        )
        found.append(Choice((value, None, None, None), plain[0], f"Area {number} commune", plain[1:], listed=False))
    found += [
        Choice(
            (AREA.none, True, False, True),
            f"Xã ngoài khu vực I, II, III, {here} là thôn ĐBKK",
            f"Outside areas I–III, {here_en} in an extremely difficult hamlet",
        ),
        Choice(
            (AREA.none, None, True, None),
            "Xã ĐBKK bãi ngang, ven biển, hải đảo, không thuộc khu vực I, II, III",
            "Extremely difficult coastal or island commune outside areas I–III",
        ),
        Choice(
            (None, None, True, None),
            "Xã ĐBKK bãi ngang, ven biển, hải đảo",
            "Extremely difficult coastal or island commune",
            ("Bãi ngang", "Xã bãi ngang", "Bãi ngang ven biển", "Xã bãi ngang ven biển", "Hải đảo", "Xã đảo ĐBKK"),
            listed=False,
        ),
        Choice(
            (None, True, None, True),
            "Thôn ĐBKK",
            "Extremely difficult hamlet",
            ("Thôn đặc biệt khó khăn", "Ấp ĐBKK"),
            listed=False,
        ),
    ]
    return tuple(found)


PLACE_FACTS = ("area", "dbkk_hamlet", "dbkk_coast", "has_dbkk_hamlet")
HOME_PLACES = _place_choices("nơi ở", "home")
SCHOOL_PLACES = _place_choices("nơi trường đặt", "school")


PLACE_GUIDE = (
    (
        "Chọn loại xã và thôn theo quyết định đang có hiệu lực. Chỉ ghi “Khu vực II” thì chưa biết nơi ở có "
        "phải thôn ĐBKK không."
    ),
    (
        "Choose commune and hamlet class by the decision in force. “Area II” alone leaves open whether the "
        "hamlet is extremely difficult."
    ),
)
