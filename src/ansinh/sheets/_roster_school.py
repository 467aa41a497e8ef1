"""The school's own facts: a sheet of labels and values in our template, or lines above the table in what schools send."""

from __future__ import annotations

import re

from ansinh.core.tables import SCHOOL_KIND
from ansinh.core.words import folded
from ansinh.sheets._roster_words import PLACE_FACTS, PLACE_GUIDE, SCHOOL_PLACES, YES_NO, choices_of
from ansinh.sheets._template import CellKind, Choice, Column

_SCHOOL = ("Trường", "School")
_YEAR_LINE = re.compile(r"nam hoc (\d{4}) (\d{4})$")
_SCHOOL_LINE = re.compile(r"(truong|tt gdnn|trung tam|nhom tre|lop mau giao) \S")


def _year_named(text: str) -> str | None:
    """“Danh sách học sinh năm học 2025-2026”."""
    found = _YEAR_LINE.search(folded(text))
    return f"{found[1]}-{found[2]}" if found else None


def _school_named(text: str) -> str | None:
    """“Trường Tiểu học Mẫu” on a line of its own."""
    return text if _SCHOOL_LINE.match(folded(text)) and ":" not in text and len(text) <= 90 else None


SCHOOL_COLUMNS: tuple[Column, ...] = (
    Column(
        "school_name",
        "Tên trường",
        "School name",
        CellKind.TEXT,
        _SCHOOL,
        ("Trường", "Đơn vị", "Tên đơn vị", "Cơ sở giáo dục"),
        line=_school_named,
    ),
    Column("school_code", "Mã trường", "School code", CellKind.IDENTIFIER, _SCHOOL, ("Mã đơn vị",)),
    Column("commune", "Xã, phường", "Commune", CellKind.TEXT, _SCHOOL, ("Xã", "Phường", "Xã/Phường", "Xã (phường)")),
    Column(
        "school_year",
        "Năm học",
        "School year",
        CellKind.SCHOOL_YEAR,
        _SCHOOL,
        example="2025-2026",
        line=_year_named,
    ),
    Column(
        "public_school",
        "Loại hình",
        "Ownership",
        CellKind.CHOICE,
        _SCHOOL,
        ("Công lập", "Loại hình trường", "Công lập/Ngoài công lập"),
        feeds=("public_school",),
        choices=(
            Choice(True, "Công lập", "Public", ("CL", "Có", "x")),
            Choice(
                False,
                "Ngoài công lập (dân lập, tư thục)",
                "Private or people-founded",
                ("Ngoài công lập", "Tư thục", "Dân lập", "NCL", "Không"),
            ),
        ),
        guide_vi="Để trống thì mọi quyền lợi cần thông tin này là chưa đủ căn cứ.",
        guide_en="If empty, every support that needs it cannot be decided.",
    ),
    Column(
        "school_kind",
        "Loại trường",
        "Kind of school",
        CellKind.CHOICE,
        _SCHOOL,
        ("Kiểu trường",),
        feeds=("school_kind",),
        choices=choices_of(
            SCHOOL_KIND,
            ordinary=("Bình thường", "Trường thường", "Phổ thông"),
            semi_boarding=("PTDTBT", "Trường PTDTBT", "Bán trú"),
            boarding=("PTDTNT", "Trường PTDTNT", "Nội trú"),
            border_boarding=("Trường phổ thông nội trú biên giới", "PTNT biên giới", "Nội trú biên giới"),
            invalid_vocational=("GDNN cho thương binh, người khuyết tật", "Dạy nghề người khuyết tật"),
        ),
    ),
    Column(
        "school_place",
        "Vùng nơi trường đặt",
        "Area class of the school's place",
        CellKind.CHOICE,
        _SCHOOL,
        ("Khu vực", "Khu vực nơi trường đặt", "Loại xã nơi trường đặt", "Vùng", "Khu vực của xã"),
        feeds=tuple(f"school_{fact}" for fact in PLACE_FACTS),
        choices=SCHOOL_PLACES,
        guide_vi=PLACE_GUIDE[0].replace("nơi ở", "nơi trường đặt"),
        guide_en=PLACE_GUIDE[1],
    ),
    Column(
        "school_has_dbkk_hamlet",
        "Xã có thôn đặc biệt khó khăn",
        "The commune has extremely difficult hamlets",
        CellKind.CHOICE,
        _SCHOOL,
        ("Xã có thôn ĐBKK", "Có thôn ĐBKK"),
        feeds=("school_has_dbkk_hamlet",),
        choices=YES_NO,
    ),
    Column(
        "border_commune_school",
        "Trường ở xã biên giới đất liền",
        "School in a land-border commune",
        CellKind.CHOICE,
        _SCHOOL,
        ("Xã biên giới", "Xã biên giới đất liền", "Trường ở xã biên giới"),
        feeds=("border_commune_school",),
        choices=YES_NO,
        guide_vi="Theo danh sách xã, phường biên giới đất liền của Chính phủ.",
        guide_en="By the Government's list of land-border communes.",
    ),
)
