"""What checks of any list are made of: a fault at a cell, a row with other values, and rows that say one thing twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from ansinh.core.words import folded, person_key
from ansinh.sheets._faults import say
from ansinh.sheets._template import Cell, Check, Column, Draft, Fault, IntakeRow, Severity

ROWS_NAMED = 20  # Of rows that belong together: one wrong code on a whole list must not fill each of its messages.

# What tells a row from another, with the words for it and the column that is pointed at.
Key = tuple[Callable[[IntakeRow], Hashable], str, str, str]


def at(cell: Cell | None, row: IntakeRow, code: str, vi: str, en: str, severity: str = Severity.CELL) -> Fault:
    """A fault standing at a cell, or at the row when the file has no such column."""
    if cell is None:
        return Fault(code, vi, en, severity, row.sheet, row.row)
    return Fault(code, vi, en, severity, cell.sheet, cell.row, cell.column, cell.heading, cell.text)


def changed(row: IntakeRow, **values: object) -> IntakeRow:
    """The row with some values others."""
    return IntakeRow(row.sheet, row.row, {**row.values, **values}, row.cells)


def is_open(row: IntakeRow, name: str) -> bool:
    """Whether a value may be worked out: the cell is absent or truly empty, not filled with what could not be read."""
    cell = row.cells.get(name)
    return cell is None or not cell.text.strip()


def listed(rows: Iterable[IntakeRow]) -> str:
    """Row numbers for a message: the first of them, and a sign that there are more."""
    numbers = [str(row.row) for row in rows]
    return ", ".join(numbers[:ROWS_NAMED]) + (", …" if len(numbers) > ROWS_NAMED else "")


def by_value(name: str, vi: str, en: str) -> Key:
    """Rows with the same code, however it is cased, are one row."""

    def told(row: IntakeRow) -> Hashable:
        text = str(row.values.get(name) or "")
        return folded(text) or text or None

    return told, vi, en, name


def by_person(*names: str, key: str = "full_name") -> Key:
    """Rows with the same person's name and the same of these columns, all known, are one row."""

    def told(row: IntakeRow) -> Hashable:
        rest = tuple(row.values.get(name) for name in names)
        return (person_key(str(row.values[key])), *rest) if None not in rest else None

    return told, "họ tên và ngày sinh", "name and date of birth", key


def once(*keys: Key) -> Check:
    """A row that is told apart from an earlier one by none of its keys, taken in order, is set aside."""

    def check(draft: Draft) -> None:
        first: list[dict[Hashable, IntakeRow]] = [{} for _ in keys]
        kept: list[IntakeRow] = []
        for row in draft.rows:
            for seen, (told, vi, en, column) in zip(first, keys, strict=True):
                value = told(row)
                earlier = seen.get(value) if value is not None else None
                if earlier is not None and not _told_apart(row, earlier, keys, column):
                    draft.faults.append(twice(row, earlier, vi, en, column))
                    break
            else:
                kept.append(row)
                for seen, (told, *_) in zip(first, keys, strict=True):
                    if (value := told(row)) is not None:
                        seen.setdefault(value, row)
        draft.rows[:] = kept

    return check


def _told_apart(row: IntakeRow, earlier: IntakeRow, keys: tuple[Key, ...], column: str) -> bool:
    """Whether an earlier key, of more weight than this one, says that two rows alike in this one are two."""
    for told, _, _, name in keys:
        if name == column:
            return False
        one, other = told(row), told(earlier)
        if one is not None and other is not None and one != other:
            return True
    return False


def twice(row: IntakeRow, earlier: IntakeRow, vi: str, en: str, column: str) -> Fault:
    """A row set aside because it says again, in one column, what an earlier row said."""
    cell = row.cells.get(column)
    where = str(earlier.row) if earlier.sheet == row.sheet else f"{earlier.row} ({earlier.sheet})"
    name = next((earlier.values[name] for name in ("full_name", "school_name") if earlier.values.get(name)), "")
    return say(
        "row_twice",
        sheet=row.sheet,
        row=row.row,
        column=cell.column if cell else None,
        heading=cell.heading if cell else None,
        what=vi,
        what_en=en,
        first=where,
        name=name,
    )


def from_header(*names: str) -> Check:
    """What is said once for the whole list holds for each row that leaves its own cell empty."""

    def check(draft: Draft) -> None:
        said = {name: draft.header[name] for name in names if draft.header.get(name) is not None}
        for index, row in enumerate(draft.rows):
            lacking = {n: v for n, v in said.items() if row.values.get(n) is None and is_open(row, n)}
            if lacking:
                draft.rows[index] = changed(row, **lacking)

    return check


def carried_down(names: tuple[str, ...], *marks: Column) -> Check:
    """Rows below the first of a household may leave its columns empty: they are of the household above, and this is said once.

    names: what is carried down. marks: the columns that tell households apart; a row that says another thing in one of
    them begins another household.
    """

    def check(draft: Draft) -> None:
        above: IntakeRow | None = None
        carried: list[IntakeRow] = []
        for index, row in enumerate(draft.rows):
            if above is None or above.sheet != row.sheet or _says_other(row, above, marks):
                above = row
                continue
            lacking = {n: above.values.get(n) for n in names if row.values.get(n) is None and is_open(row, n)}
            lacking = {name: value for name, value in lacking.items() if value is not None}
            if lacking:
                draft.rows[index] = changed(row, **lacking)
                carried.append(row)
        if carried:
            draft.faults.append(_carried(carried, [column for column in marks if column.name in carried[0].cells]))

    return check


def _says_other(row: IntakeRow, above: IntakeRow, marks: tuple[Column, ...]) -> bool:
    return any(
        row.values.get(column.name) != above.values.get(column.name) and not is_open(row, column.name)
        for column in marks
    )


def _carried(rows: list[IntakeRow], columns: list[Column]) -> Fault:
    words = {"columns": ", ".join(c.vi for c in columns), "columns_en": ", ".join(c.en for c in columns)}
    return say("carried_down", sheet=rows[0].sheet, row=rows[0].row, count=len(rows), **words)


def needs(column: Column) -> Check:
    """A row that leaves this column empty, or fills it with what cannot be read, is set aside as one without the key is."""

    def check(draft: Draft) -> None:
        kept: list[IntakeRow] = []
        for row in draft.rows:
            if row.values.get(column.name) is not None:
                kept.append(row)
                continue
            cell = row.cells.get(column.name)
            place = {"column": cell.column, "heading": cell.heading} if cell else {"heading": column.vi}
            draft.faults.append(say("key_missing", sheet=row.sheet, row=row.row, **place))
        draft.rows[:] = kept

    return check
