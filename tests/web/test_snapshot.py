"""From the registry to door 3: the learners of a year as the rules read them, child by child and a million at a time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ansinh import law, sheets
from ansinh.core.dates import Month, SchoolYear, positions_in
from ansinh.core.decide import decide
from ansinh.core.tables import OWN_FACTS, ROLES, People
from ansinh.engines.reference import Reference, reference
from ansinh.sheets import learner_roster
from ansinh.web.access import CLERK
from ansinh.web.registry import actions, snapshot
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Area, Person, School, User

from .conftest import BEGAN, NOON, grant, keep
from .rosters import POVERTY, SCHOOL, workbook
from .test_difference import accepted, children

YEAR = SchoolYear(2023)
LATER = NOON + timedelta(days=30)


def _by_name(people: People, learner_of: dict[str, str] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Name → everything decided about the child: benefit, month, answer, amount and reason."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for d in decide(people, law=law.load(), engine=reference, year=YEAR).rows():
        name = str(people.names[d.learner]["name"])
        found.setdefault(name, []).append((d.benefit, d.month, d.outcome, d.quantity, d.code))
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def test_what_was_accepted_is_decided_as_the_sheet_itself_is(school: School, clerk: User) -> None:
    upload = keep(workbook(children(12)), school, clerk)
    accepted(upload, clerk)
    intake = sheets.read(sheets.templates()["learner_roster"], bytes(upload.original), filename="a.xlsx")
    ids = list(snapshot.listed(YEAR).values_list("pk", flat=True))
    assert _by_name(snapshot.people(ids, YEAR)) == _by_name(learner_roster.people(intake, YEAR))


def test_each_fact_knows_its_cell(school: School, clerk: User) -> None:
    accepted(keep(workbook(children(2)), school, clerk), clerk)
    second = [{**children(2)[0], POVERTY: "Hộ cận nghèo"}, children(2)[1]]
    accepted(keep(workbook(second), school, clerk, "b.xlsx"), clerk, LATER)
    person = Person.objects.get(code="M00000")
    found = snapshot.sources(person.pk)
    assert (found["poverty"].file, found["poverty"].row) == ("b.xlsx", 2)
    assert (found["ethnicity"].file, found["ethnicity"].row) == ("danh-sach.xlsx", 2)
    assert found["poverty"].column != found["ethnicity"].column
    assert found["public_school"].sheet == "Thông tin trường"


def test_as_known_then_and_as_known_now(school: School, clerk: User) -> None:
    accepted(keep(workbook(children(1)), school, clerk), clerk)
    late = [{**children(1)[0], POVERTY: "Không thuộc hộ nghèo, cận nghèo"}]
    batch = accepted(keep(workbook(late), school, clerk, "b.xlsx"), clerk, LATER)
    (pk,) = snapshot.listed(YEAR).values_list("pk", flat=True)
    poor = [row["poverty"] for row in snapshot.people([pk], YEAR, known=NOON).tables["household"]]
    now = [row["poverty"] for row in snapshot.people([pk], YEAR).tables["household"]]
    assert (poor, now) == ([2], [0])
    actions.undo(batch=batch, by=clerk, at=LATER + timedelta(days=5))
    # What was believed between acceptance and undoing can still be asked.
    between = snapshot.people([pk], YEAR, known=LATER + timedelta(days=1)).tables["household"]
    assert [row["poverty"] for row in between] == [0]


def test_who_moves_between_schools_has_the_months_of_both(school: School, other_school: School, clerk: User) -> None:
    grant(clerk, school=other_school)
    child = children(1)[0]
    accepted(keep(workbook([{**child, "Thôi học từ ngày": "10/01/2024"}, children(2)[1]]), school, clerk), clerk)
    there = {**SCHOOL, "Loại hình": "Ngoài công lập (dân lập, tư thục)"}
    moved = [{**child, "Vào học từ ngày": "15/01/2024"}]
    accepted(keep(workbook(moved, there), other_school, clerk, "b.xlsx"), clerk, LATER)
    pk = Person.objects.get(code="M00000").pk
    people = snapshot.people([pk], YEAR)
    assert [place for place in positions_in(people.learners[0]["months"]) if place] == list(range(1, 10))
    rows = sorted(people.tables["status"], key=lambda row: row["since"])
    assert [(row["public_school"], row["since"], row["until"]) for row in rows] == [
        (True, date(2023, 8, 1), date(2024, 2, 1)),
        (False, date(2024, 1, 1), date(2024, 9, 1)),  # The summer too: a twelve-month support asks about it.
    ]
    people.check()


def test_two_lists_accepted_on_one_day_contradict_nothing(school: School, other_school: School, clerk: User) -> None:
    """Each says something of where the child lives, and the other not all of it."""
    grant(clerk, school=other_school)
    child = children(1)[0]
    home, ends = (
        "Nơi thường trú của em",
        {"Thôi học từ ngày": "10/05/2024"},
    )  # A list that ends is one of the dated rows.
    accepted(keep(workbook([{**child, home: "Không thuộc vùng khó khăn", **ends}]), school, clerk), clerk)
    accepted(keep(workbook([{**child, home: "Thôn ĐBKK"}]), other_school, clerk, "b.xlsx"), clerk)
    (pk,) = snapshot.listed(YEAR).values_list("pk", flat=True)
    people = snapshot.people([pk], YEAR)
    people.check()
    facts = Reference(people, law.load().plan(YEAR)).facts(people.learners[0], YEAR.position(Month(2023, 10)))
    assert (facts["home_area"], facts["home_dbkk_hamlet"]) == (0, True)  # One from the first list, one from the second.


class Alike(TestCase):
    """Whatever was accepted, changed from some day on, struck off or joined: both roads give the same rows."""

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_by_column_and_by_child_are_the_same(self, data: st.DataObject) -> None:
        province = Area.objects.create(level="province", code="99", name="Tỉnh Thử", kind="tỉnh", since=BEGAN)
        area = Area.objects.create(code="99001", name="Xã Thử", kind="xã", parent=province, since=BEGAN)
        school = School.objects.create(code="99000001", name="Trường Thử", level=1, area=area)
        clerk = grant(User.objects.create_user("van-thu", role=CLERK), school=school)
        rows = children(6)
        for turn in range(data.draw(st.integers(1, 3))):
            for n in data.draw(st.sets(st.integers(0, len(rows) - 1), max_size=3)):
                rows[n] = {**rows[n], "Khuyết tật": data.draw(st.sampled_from(["Có", "Không", ""])),
                           POVERTY: data.draw(st.sampled_from(["Hộ nghèo", "Hộ cận nghèo", ""]))}  # fmt: skip
            listed = rows[: data.draw(st.integers(3, 6))]
            since = data.draw(st.sampled_from([None, date(2024, 1, 1), date(2023, 11, 15)]))
            at = NOON + timedelta(days=data.draw(st.integers(0, 2)) + turn)
            found = difference(keep(workbook(listed), school, clerk, f"{turn}.xlsx"), since=since)
            actions.accept(difference=found, by=clerk, at=at, gone_on=date(2024, 3, 10))
        ids = sorted(snapshot.listed(YEAR).values_list("pk", flat=True))
        if len(ids) > 4 and data.draw(st.booleans()):
            one, two = Person.objects.filter(pk__in=ids[:2]).order_by("pk")
            actions.join(kept=one, gone=two, reason="thử", by=clerk, at=NOON)
            ids = sorted(snapshot.listed(YEAR).values_list("pk", flat=True))
        slow = snapshot.people(ids, YEAR)
        slow.check()
        folder = Path(data.draw(st.just("var"))) / "test-snapshot"
        for old in folder.glob("*.parquet"):
            old.unlink()
        assert snapshot.write(folder, YEAR) == len(ids)
        fast = sheets.read_snapshot(folder)
        assert _plain(fast) == _plain(slow)


def _plain(people: People) -> Any:
    """Learners by number, and what each leans on, so that rows nobody leans on do not matter."""
    columns = ("learner", "months", *OWN_FACTS, *(role.key for role in ROLES))
    learners = {row["learner"]: [row.get(name) for name in columns] for row in people.learners}
    tables = {
        table: sorted((sorted((k, str(v)) for k, v in row.items() if v is not None) for row in rows), key=repr)
        for table, rows in people.tables.items()
        if rows
    }
    return learners, tables


@pytest.mark.parametrize("count", [1, 3])
def test_nobody_of_another_year_is_in_it(school: School, clerk: User, tmp_path: Path, count: int) -> None:
    accepted(keep(workbook(children(count)), school, clerk), clerk)
    assert snapshot.write(tmp_path / "a", YEAR) == count
    assert snapshot.write(tmp_path / "b", SchoolYear(2024)) == 0
