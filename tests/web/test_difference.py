"""Door 2: a roster as a difference, accepted, undone and accepted again; and who a row is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ansinh import sheets
from ansinh.core.tables import POVERTY as POVERTY_CODES
from ansinh.sheets._blank import filled
from ansinh.web.access import COMMUNE
from ansinh.web.registry import actions, standing
from ansinh.web.registry.difference import Kind, difference
from ansinh.web.registry.models import Area, Batch, Enrolment, Person, School, Statement, Upload, User
from tests.province.make import MESSY, SAMPLE

from .conftest import NOON, grant, keep
from .rosters import POVERTY, workbook

LATER = NOON + timedelta(days=30)
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khoa", "Lan", "Minh", "Nga")
FAMILY = ("Nguyễn", "Trần", "Thạch", "Lê", "Phạm", "Võ", "Kim", "Sơn", "Đỗ", "Huỳnh")


def children(count: int) -> list[dict[str, str]]:
    """Made-up children who all differ in code, name or birth date."""
    return [
        {
            "Mã học sinh": f"M{n:05d}",
            "Họ và tên": f"{FAMILY[n // 10 % 10]} Thị {GIVEN[n % 10]}",
            "Ngày sinh": f"{n % 28 + 1:02d}/{n // 28 % 12 + 1:02d}/2018",
            "Lớp": f"Lá {n % 3 + 1}",
            POVERTY: ("Hộ nghèo", "Hộ cận nghèo", "Không thuộc hộ nghèo, cận nghèo")[n % 3],
        }
        for n in range(count)
    ]


def accepted(upload: Upload, by: User, at: object = NOON, **chosen: object) -> Batch:
    batch = actions.accept(difference=difference(upload), by=by, at=at, **chosen)  # type: ignore[arg-type]
    assert batch is not None
    return batch


def test_forty_planted_differences_are_exactly_those_forty(school: School, clerk: User) -> None:
    first = children(200)
    accepted(keep(workbook(first), school, clerk), clerk)
    before = standing.content_hash()
    second = [dict(child) for child in first]
    changed = [*range(0, 40, 4), *range(100, 112)]  # 22 changed.
    for n in changed[:8]:
        second[n][POVERTY] = "Không thuộc hộ nghèo, cận nghèo" if n % 3 != 2 else "Hộ nghèo"
    for n in changed[8:15]:
        second[n]["Khuyết tật"] = "Có"
    for n in changed[15:]:
        second[n]["Lớp"] = "Chồi 9"
        second[n]["Họ và tên"] = second[n]["Họ và tên"].replace("Thị", "Thị Bích")
    gone = {150, 151, 152, 153, 154, 155, 156, 157, 158}  # 9 gone.
    new = children(209)[200:]  # 9 new.
    second = [child for n, child in enumerate(second) if n not in gone] + new
    # An emptied cell says nothing: these are no differences.
    for n in range(60, 70):
        second[n]["Dân tộc"] = ""
    upload = keep(workbook(second), school, clerk, "lan-2.xlsx")
    found = difference(upload)
    assert found.counts == {"new": 9, "changed": 22, "unchanged": 169, "gone": 9, "doubtful": 0}
    assert {c.name for c in found.of(Kind.NEW)} == {child["Họ và tên"] for child in new}
    assert {Person.objects.get(pk=c.person).code for c in found.of(Kind.GONE)} == {f"M{n:05d}" for n in gone}
    by_code = {c.line.values["code"]: c for c in found.of(Kind.CHANGED) if c.line}
    assert set(by_code) == {f"M{n:05d}" for n in changed}
    for place, n in enumerate(changed):
        names = {field.name for field in by_code[f"M{n:05d}"].fields}
        assert names == ({"poverty"} if place < 8 else {"disabled"} if place < 15 else {"class_name", "full_name"})
    batch = accepted(upload, clerk, LATER)
    after = standing.content_hash()
    assert difference(upload).counts == {"new": 0, "changed": 0, "unchanged": 200, "gone": 0, "doubtful": 0}
    assert actions.accept(difference=difference(upload), by=clerk, at=LATER) is None
    actions.undo(batch=batch, by=clerk, at=LATER)
    assert standing.content_hash() == before
    assert difference(upload).counts == found.counts
    people = Person.objects.count()
    accepted(upload, clerk, LATER + timedelta(days=1))
    assert standing.content_hash() == after
    assert Person.objects.count() == people


def test_what_was_chosen_is_accepted_and_the_rest_waits(school: School, clerk: User) -> None:
    upload = keep(workbook(children(5)), school, clerk)
    accepted(upload, clerk, numbers={1, 3})
    assert set(Person.objects.filter(standing=True).values_list("code", flat=True)) == {"M00000", "M00002"}
    assert difference(upload).counts["new"] == 3
    assert difference(upload).counts["unchanged"] == 2


def test_an_earlier_file_cannot_be_undone_under_a_later_one(school: School, clerk: User) -> None:
    first = accepted(keep(workbook(children(3)), school, clerk), clerk)
    second = accepted(keep(workbook(children(4)), school, clerk, "b.xlsx"), clerk, LATER)
    with pytest.raises(actions.RestsError) as refused:
        actions.undo(batch=first, by=clerk, at=LATER)
    assert refused.value.later == (second,)
    actions.undo(batch=second, by=clerk, at=LATER)
    actions.undo(batch=first, by=clerk, at=LATER)
    assert not Enrolment.objects.exists()
    assert not Person.objects.filter(standing=True).exists()
    # What was said and undone is still there to be read.
    assert Statement.objects.count() == 4


def test_withdrawing_a_file_takes_back_what_was_accepted_of_it(school: School, clerk: User) -> None:
    upload = keep(workbook(children(3)), school, clerk)
    accepted(upload, clerk)
    actions.withdraw(upload=upload, by=clerk, at=LATER)
    assert not Enrolment.objects.exists()


def test_nobody_accepts_for_another_school(school: School, clerk: User, other_clerk: User, specialist: User) -> None:
    upload = keep(workbook(children(3)), school, clerk)
    for person in (other_clerk, specialist):
        with pytest.raises(PermissionDenied):
            actions.accept(difference=difference(upload), by=person, at=NOON)
    batch = accepted(upload, clerk)
    for person in (other_clerk, specialist):
        with pytest.raises(PermissionDenied):
            actions.undo(batch=batch, by=person, at=NOON)


def _without_code(**changed: str) -> dict[str, str]:
    return {**children(1)[0], "Mã học sinh": "", **changed}


def test_a_doubtful_row_waits_for_a_word_which_is_kept(school: School, clerk: User) -> None:
    accepted(keep(workbook(children(1)), school, clerk), clerk)
    (person,) = Person.objects.all()
    row = _without_code(**{"Họ và tên": "Nguyễn Thị Ăn"})
    upload = keep(workbook([row]), school, clerk, "b.xlsx")
    (doubt,) = difference(upload).of(Kind.DOUBTFUL)
    assert [candidate.person for candidate in doubt.candidates] == [person.pk]
    assert doubt.candidates[0].reasons
    # Whoever a row may be is not gone while nobody knows.
    assert difference(upload).counts["gone"] == 0
    assert actions.accept(difference=difference(upload), by=clerk, at=LATER) is None

    word = actions.decide_pair(change=doubt, person=person, same=True, by=clerk, at=LATER)
    assert difference(upload).counts == {"new": 0, "changed": 1, "unchanged": 0, "gone": 0, "doubtful": 0}
    actions.withdraw_pair(decision=word, by=clerk, at=LATER)
    assert difference(upload).counts["doubtful"] == 1

    actions.decide_pair(change=doubt, person=person, same=False, by=clerk, at=LATER)
    assert difference(upload).counts["new"] == 1
    accepted(upload, clerk, LATER)
    # The word survives: the same row in a later file is the second child without asking again.
    again = keep(workbook([{**row, "Khuyết tật": "Có"}, children(1)[0]]), school, clerk, "c.xlsx")
    assert difference(again).counts == {"new": 0, "changed": 1, "unchanged": 1, "gone": 0, "doubtful": 0}


def test_two_records_are_joined_and_parted_again(school: School, clerk: User) -> None:
    accepted(keep(workbook(children(2)), school, clerk), clerk)
    before = standing.content_hash()
    one, two = Person.objects.order_by("code")
    joining = actions.join(kept=one, gone=two, reason="Cùng một em", by=clerk, at=LATER)
    assert Enrolment.objects.get().person == one
    with pytest.raises(ValueError, match="joined"):
        actions.join(kept=one, gone=two, reason="lần nữa", by=clerk, at=LATER)
    actions.part(joining=joining, by=clerk, at=LATER)
    assert standing.content_hash() == before


def test_a_correction_is_a_new_statement_and_the_old_one_stays(school: School, clerk: User) -> None:
    accepted(keep(workbook(children(1)), school, clerk), clerk)
    changed = [{**children(1)[0], POVERTY: "Hộ cận nghèo"}]
    upload = keep(workbook(changed), school, clerk, "b.xlsx")
    actions.accept(difference=difference(upload, since=date(2024, 1, 1)), by=clerk, at=LATER)
    first, second = Statement.objects.order_by("pk")
    assert (first.poverty, first.since) == (POVERTY_CODES.poor, date(2023, 8, 1))  # type: ignore[attr-defined]
    assert (second.poverty, second.since, second.ethnicity) == (  # type: ignore[attr-defined]
        POVERTY_CODES.near_poor,
        date(2024, 1, 1),
        None,
    )
    assert (
        first.batch.places["columns"]["Danh sách"]["poverty"] == second.batch.places["columns"]["Danh sách"]["poverty"]
    )


def test_a_new_year_finds_the_same_children_again(school: School, clerk: User) -> None:
    from .rosters import SCHOOL

    accepted(keep(workbook(children(3)), school, clerk), clerk)
    next_year = {**SCHOOL, "Năm học": "2024-2025"}
    upload = keep(workbook([{**child, "Lớp": "1A", "Cấp học": "Tiểu học", "Khối": "1"} for child in children(3)], next_year),
                  school, clerk, "nam-sau.xlsx")  # fmt: skip
    found = difference(upload)
    assert found.counts == {"new": 3, "changed": 0, "unchanged": 0, "gone": 0, "doubtful": 0}
    assert all(change.person for change in found.changes)
    assert {field.name for field in found.changes[0].fields} == {"class_name", "level", "grade"}
    accepted(upload, clerk, LATER)
    assert Person.objects.count() == 3
    assert Enrolment.objects.count() == 6


def poor_list(*households: dict[str, object], year: int = 2024) -> sheets.Intake:
    """A commune's list of poor and near-poor households, as the filled-in template."""
    template = sheets.templates()["household_poverty_list"]
    data = filled(template, households, {"commune": "Xã Thử", "year": year})
    return sheets.read(template, data, filename="ho-ngheo.xlsx")


def test_a_communes_list_says_who_is_poor(school: School, clerk: User, area: Area) -> None:
    officer = grant(User.objects.create_user("can-bo", role=COMMUNE), area=area)
    number = {"Số định danh cá nhân": "099218000001"}
    accepted(keep(workbook([{**children(1)[0], POVERTY: "", **number}]), school, clerk), clerk)
    row = {"household_code": "H01", "poverty": "Hộ nghèo", "identity_number": "099218000001",
           "full_name": children(1)[0]["Họ và tên"], "birth_date": date(2018, 1, 1)}  # fmt: skip
    upload = actions.keep(intake=poor_list(row), area=area, by=officer, at=NOON)
    found = difference(upload)
    assert found.counts == {"new": 0, "changed": 1, "unchanged": 0, "gone": 0, "doubtful": 0}
    accepted(upload, officer, LATER)
    person = Person.objects.get(code="M00000")
    said = Statement.objects.get(batch__template="household_poverty_list")
    assert (said.person, said.since, said.until) == (person, date(2024, 1, 1), date(2025, 1, 1))
    assert said.household is not None
    assert said.household.key == "99001:H01"
    # The list of the same year sent again without the household: its members are poor no longer, if a person agrees.
    other = {**row, "household_code": "H02", "identity_number": "099218000002", "full_name": "Thạch Văn Khác"}
    again = actions.keep(intake=poor_list(other), area=area, by=officer, at=LATER)
    assert difference(again).counts == {"new": 1, "changed": 0, "unchanged": 0, "gone": 1, "doubtful": 0}
    accepted(again, officer, LATER + timedelta(days=1), gone_on=date(2024, 5, 1))
    last = Statement.objects.filter(person=person).order_by("-pk")[0]
    assert (last.poverty, last.since) == (POVERTY_CODES.none, date(2024, 5, 1))  # type: ignore[attr-defined]
    with pytest.raises(PermissionDenied):
        actions.keep(intake=poor_list(row), area=area, by=clerk, at=NOON)


TICKED = """Họ và tên,Ngày sinh,Lớp,Khối,Hộ nghèo,Hộ cận nghèo,Khuyết tật
Trần Thị Ánh,05/09/2016,4A,4,x,,Có
Thạch Sô Khây,20/11/2016,4A,,,x,Không
Lâm Vũ,21/11/2016,,3,,,
Lý An,22/11/2016,4A,4,x,,Có
"""


@pytest.mark.parametrize(
    "data", [SAMPLE.read_bytes(), MESSY.read_bytes(), TICKED.encode()], ids=["sample", "messy", "ticked"]
)
def test_the_cells_kept_with_a_row_are_those_a_look_at_every_cell_finds(
    school: School, clerk: User, data: bytes
) -> None:
    found = difference(keep(data, school, clerk, "ds.csv" if data == TICKED.encode() else "ds.xlsx"))
    read = [change for change in found.changes if change.line is not None]
    columns = actions._places(read, found.incoming.header)["columns"]
    odd = 0
    for change in read:
        assert change.line is not None
        every = replace(change.line, odd_cells=change.line.cells)
        kept, plain = (
            actions._elsewhere(line, set(line.values), columns[change.sheet], found.incoming.header)
            for line in (change.line, every)
        )
        assert kept == plain
        odd += kept is not None
    assert data != TICKED.encode() or odd == 1  # The box ticked, and the grade said by the class.
