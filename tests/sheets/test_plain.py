"""The fast way to read gives what the slow way gives: the same values, cells, faults and shapes, whatever the file holds.

Every small workbook of the other tests is read both ways too (see `made.rows_of`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.sheets import _structure, blank, templates
from ansinh.sheets._guard import Refused
from ansinh.sheets._sample import sample_roster
from tests.sheets.made import CHILDREN, HEADINGS, TABLE, altered, csv, rows_of, xls, xlsx
from tests.sheets.plain import plainly
from tests.sheets.test_legacy import old, tcvn3, vni

PROVINCE = Path(__file__).resolve().parent.parent / "province"


@pytest.mark.parametrize("path", sorted(PROVINCE.glob("*.xlsx")), ids=lambda path: path.name)
def test_the_shipped_rosters(path: Path) -> None:
    assert rows_of(path.read_bytes(), path.name).rows


@pytest.mark.parametrize("template", templates().values(), ids=lambda template: template.name)
def test_every_blank_workbook_is_answered(template: Any) -> None:
    (fault,) = rows_of(blank(template), template=template).faults
    assert fault.code == "no_rows"


def test_a_made_up_roster() -> None:
    assert len(rows_of(sample_roster(3, learners=120)).rows) == 120


# ---- any table

_HEADS = (
    *(*HEADINGS, "Họ đệm", "Tên", "Nghèo", "Cận nghèo", "Nữ", "Nam"),
    *("Khoảng cách", "Khối", "Ngày nhập học", "Mã hộ", "Ghi chú"),
)
# Few wordings, so that columns repeat themselves; many of them equal to Python and not to a reader.
_WORDS: tuple[Any, ...] = (
    *(None, "", " ", "x", "X", "Có", "1", 1, 1.0, True, False, 0, "0", 1.5, "1,5", 10**17, -3),
    *("Trần Thị Ánh", "trần thị ánh", "Tổng cộng", "Hiệu trưởng", "Họ và tên", "VÍ DỤ", "(Ví dụ) Nguyễn Văn Mẫu"),
    *("Kinh", "Khmer", "Khơ me", "Hộ nghèo", "cận nghèo", "4A", "Khối 5", "HS01", "05/09/2016", "9/5/2016", "2016"),
    *(date(2016, 9, 5), date(2016, 11, 20), "NguyÔn V¨n Hïng", "Traàn Thò Hoàng", "Müller", "a\u200bb", "Neáng Chanh"),
)
_cells = st.sampled_from(_WORDS)
_tables = st.lists(st.sampled_from(_HEADS), min_size=3, max_size=9).flatmap(
    lambda heads: st.tuples(
        st.just(["Họ và tên", *heads]),
        st.lists(st.lists(_cells, min_size=len(heads) + 1, max_size=len(heads) + 1), min_size=1, max_size=12),
    )
)


@settings(max_examples=80, deadline=None)
@given(_tables, st.integers(0, 2))
def test_any_table(table: tuple[list[str], list[list[Any]]], blank_rows: int) -> None:
    heads, rows = table
    grid = [["TRƯỜNG TIỂU HỌC MẪU"], *[[]] * blank_rows, heads, *rows, *rows]
    rows_of(xlsx(grid))
    rows_of(csv(grid), "ds.csv")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["value", "error", "no result", "hidden", "blank"]), min_size=1, max_size=9))
def test_rows_with_something_odd(kinds: list[str]) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("DS")
        page.write_row(0, 0, HEADINGS)
        for row, kind in enumerate(kinds, start=1):
            page.write_row(row, 0, [row, f"HS{row}", "Trần Thị Ánh", "05/09/2016", "Kinh", "4A"])
            if kind == "error":
                page.write_formula(row, 4, "=1/0", None, "#DIV/0!")
            elif kind == "no result":
                page.write_formula(row, 3, "=A1", None, "")
            elif kind == "hidden":
                page.set_row(row, None, None, {"hidden": True})
            elif kind == "blank":
                page.write_row(row, 0, [None] * 6)

    rows_of(_book(write))


def _book(write: Any) -> bytes:
    import io

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        write(book)
    return buffer.getvalue()


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_old_fonts_among_new_ones(encode: Any) -> None:
    mixed = [HEADINGS, *old(encode, CHILDREN), *CHILDREN, *old(encode, CHILDREN)]
    assert rows_of(xlsx(mixed)).notes
    assert rows_of(xls(mixed), "ds.xls").notes


# ---- the shape of any worksheet

_VALUES = ("<v>1</v>", "<v>23</v>", "<v></v>", "<v/>", "<v> </v>", "<f>A1</f>", "<f>A1</f><v>7</v>", "<f/>", "")
_RARE = ('<f t="shared" si="0"/>', "<is><t>5</t></is>", "<is><t></t></is>", "<v1>3</v1>", "<v>#</v>", "<!-- 1 -->")
_value = st.sampled_from((*_VALUES[:2] * 12, *_VALUES * 2, *_RARE))
_ADDRESSES = ("A{r}", "B{r}", "C{r}", "AA{r}", "A1{r}", "B9", "{r}", "C#", "")


@st.composite
def _cell(draw: st.DrawFn) -> str:
    address = draw(st.sampled_from((*_ADDRESSES[:4] * 4, *_ADDRESSES)))
    where = f' r="{address}"' if address else ""
    style = draw(st.sampled_from(("", ' s="1"', ' s="12"', ' t="s"', ' s="{r}"', ' t="e"')))
    inside = draw(_value)
    tag = draw(st.sampled_from(("c",) * 12 + ("x:c", "c1")))
    return f"<{tag}{where}{style}>{inside}</{tag}>" if inside else f"<{tag}{where}{style}/>"


@st.composite
def _sheet(draw: st.DrawFn) -> str:
    # A row's pattern is used for several rows, which is what the fast way lives from.
    patterns = draw(st.lists(st.lists(_cell(), max_size=4), min_size=1, max_size=3))
    rows = []
    for number in draw(st.lists(st.integers(1, 30), max_size=8)):
        cells = "".join(draw(st.sampled_from(patterns))).replace("{r}", str(number))
        cells = cells.replace("<v>1</v>", draw(st.sampled_from(("<v>1</v>", "<v>99</v>", "<v></v>"))))
        start = draw(
            st.sampled_from(('<row r="{r}"',) * 6 + ("<row", '<row r="{r}" hidden="1"', '<row ht="3" r="{r}"'))
        )
        gap = draw(st.sampled_from(("",) * 6 + ("\n", '<row r="40"/>', '<row r="41" hidden="true"/>')))
        rows.append(f"{gap}{start.replace('{r}', str(number))}>{cells}</row>")
    tail = draw(
        st.sampled_from(("</sheetData>",) * 8 + ('<row r="50"/></sheetData>', '</sheetData><c r="D1"><v>1</v></c>'))
    )
    return f'<?xml version="1.0"?><worksheet xmlns:x="x"><sheetData>{"".join(rows)}{tail}</worksheet>'


def _shape(data: bytes) -> object:
    try:
        return _structure.structures("xlsx", data)
    except Refused as refused:
        return refused.fault


GOOD = xlsx(TABLE)


@settings(max_examples=300, deadline=None)
@given(_sheet(), st.sampled_from([3_000_000, 200]), st.sampled_from([2_500_000, 25]))
def test_the_shape_of_any_worksheet(xml: str, area: int, cells: int) -> None:
    data = altered(GOOD, {"xl/worksheets/sheet1.xml": xml.encode()})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_structure, "MAX_AREA", area)
        patch.setattr(_structure, "MAX_CELLS_SEEN", cells)
        fast = _shape(data)
        with plainly():
            assert fast == _shape(data)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('<c r="A2"><v>1</v></c>', '<c r="A93"><v>1</v></c>'),
        ('<c r="A1"><v>1</v></c><c r="B2"><v>1</v></c>', '<c r="A900"><v>1</v></c><c r="B3"><v>1</v></c>'),
        ('<c r="A2"><v>1</v></c>', '<c r="A#"><v>1</v></c>'),
        ('<c r="2"><v>1</v></c>', '<c r="3"><v>1</v></c>'),
        ('<c r="A2"><v1>1</v1></c>', '<c r="A3"><v>1</v></c>'),
        ("<c1><v>1</v></c1>", "<c><v>1</v></c>"),
        ('<c r="A2"><v>1</v></c>', '<c r="A3"><v></v></c>'),
        ('<c r="A2"><v></v></c>', '<c r="A3"><v>1</v></c>'),
        ('<c r="A2"><is><t>1</t></is></c>', '<c r="A3"><is><t></t></is></c>'),
        ('<c r="A2"><f>1</f><v>1</v></c>', '<c r="A3"><f>1</f><v></v></c>'),
        ('<c r="A2"><v>&#53;</v></c>', '<c r="A3"><v>&#5;</v></c>'),
    ],
)
def test_rows_that_only_seem_alike(first: str, second: str) -> None:
    xml = f'<worksheet><sheetData><row r="2">{first}</row><row r="3">{second}</row></sheetData></worksheet>'
    data = altered(GOOD, {"xl/worksheets/sheet1.xml": xml.encode()})
    fast = _shape(data)
    with plainly():
        assert fast == _shape(data)


def test_rows_written_alike_are_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[object] = []
    walk = _structure._XlsxSheet.walk
    monkeypatch.setattr(_structure._XlsxSheet, "walk", lambda self, xml: walked.append(xml) or walk(self, xml))
    rows = [HEADINGS, *[[n, f"HS{n}", "Trần Thị Ánh", date(2016, 9, 5)] for n in range(500)]]
    (shape,) = _structure.structures("xlsx", xlsx(rows))
    assert (shape.last_row, shape.last_column, shape.written_rows) == (500, 6, 501)
    assert len(walked) < 6
