"""A draft decree on screen: gained, lost and đồng counted here by hand, names only for who may see them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ansinh.core.compare import touched
from ansinh.core.dates import SchoolYear
from ansinh.web.access import LEADER
from ansinh.web.desk import cohort, drafts
from ansinh.web.registry.models import Enrolment, Reading, School, User
from ansinh.web.registry.scope import scope_of

from .conftest import _province, grant, keep
from .rosters import POVERTY, workbook
from .test_difference import accepted, children

LUNCH, DRAFTED = 160_000, 200_000  # Decree 105/2020, Article 7.2; the draft below.
DRAFT = """
from datetime import date
from ansinh.core.nodes import Const, Fact
from ansinh.core.rules import Condition, Document, Mark, Replaces, Rule
from ansinh.core.tables import POVERTY
from ansinh.law._words import disabled, kindergarten

DOCUMENT = Document(
    "du-thao", "9/2023", "decree", "Dự thảo đặt ra", "Made up", date(2023, 8, 1), date(2023, 9, 1), "made up",
    Mark.FULL_TEXT, replaces=(Replaces("nd-105-2020", ("7",)), Replaces("nd-277-2025")),
    rules=(Rule("lunch", "1", (Condition("1", "Trẻ mẫu giáo", "Kindergarten", kindergarten),),
        (Condition("1.a", "Hộ nghèo", "Poor", Fact("poverty").is_(POVERTY.poor)),
         Condition("1.b", "Khuyết tật", "Disabled", disabled)), Const(200_000), 9),),
)
"""


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANSINH_DRAFTS", str(tmp_path))
    (tmp_path / "an-trua").mkdir()
    (tmp_path / "an-trua" / "du_thao.py").write_text(DRAFT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def made(school: School, clerk: User) -> list[dict[str, str]]:
    """Thirty children of one school: a third poor, a third near-poor; every ninth of the rest disabled, not in inclusion."""
    rows = [child | ({"Khuyết tật": "Có"} if n % 9 == 2 else {}) for n, child in enumerate(children(30))]
    accepted(keep(workbook(rows), school, clerk), clerk)
    return rows


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, name: str = "an-trua", status: int = 200, **query: str) -> str:
    found = client.get(reverse("desk:draft", args=[name]), query)
    assert found.status_code == status
    return re.sub(r"\s+", " ", found.content.decode())


def test_gained_and_lost_are_those_counted_by_hand(
    pack: Path, made: list[dict[str, str]], specialist: User, school: School
) -> None:
    shown = page(signed_in(specialist))
    poor = [row for row in made if row[POVERTY] == "Hộ nghèo"]
    near = [row for row in made if row[POVERTY] == "Hộ cận nghèo"]
    disabled = [row for row in made if row.get("Khuyết tật") == "Có"]
    assert not [row for row in disabled if row in poor or row in near]
    assert f"thêm {len(disabled)} em được hưởng, bớt {len(near)} em" in shown
    before = (len(poor) + len(near)) * 9 * LUNCH
    after = (len(poor) + len(disabled)) * 9 * DRAFTED
    for amount in (before, after):
        assert f"{amount:,}".replace(",", ".") in shown
    for row in (*near, *disabled, *poor):
        assert f'<th scope="row">{row["Họ và tên"]}</th>' in shown
    assert school.name in shown
    assert school.area.name in shown


def test_names_are_logged_and_a_leader_sees_sums_alone(
    pack: Path, made: list[dict[str, str]], specialist: User, clerk: User
) -> None:
    page(signed_in(specialist))
    read = Reading.objects.get()
    assert (read.by, read.act, "an-trua" in read.what) == (specialist, "read", True)
    assert read.people == len([row for row in made if row[POVERTY] != "Không thuộc hộ nghèo, cận nghèo"]) + 4
    leader = grant(User.objects.create_user("lanh-dao", role=LEADER), area=_province())
    shown = page(signed_in(leader))
    assert "bớt 10 em" in shown
    assert not [row for row in made if f'<th scope="row">{row["Họ và tên"]}</th>' in shown]
    assert Reading.objects.count() == 1
    file = reverse("desk:draft-xlsx", args=["an-trua"])
    assert signed_in(leader).get(file).status_code == 403
    assert signed_in(clerk).get(reverse("desk:drafts")).status_code == 403
    assert signed_in(specialist).get(file).content[:2] == b"PK"
    assert Reading.objects.filter(act="export").count() == 1


def test_only_children_within_the_scope_are_decided(
    pack: Path, made: list[dict[str, str]], other_school: School, other_clerk: User, specialist: User, school: School
) -> None:
    other = [child | {"Mã học sinh": f"K{n}", "Lớp": "Lá 9"} for n, child in enumerate(children(6))]
    accepted(keep(workbook(other), other_school, other_clerk), other_clerk)
    client = signed_in(specialist)
    assert "Trong 36 trẻ" in page(client)
    assert "Trong 30 trẻ" in page(client, noi=f"truong-{school.pk}")
    assert "Trong 36 trẻ" in page(client, noi=f"xa-{school.area_id}")
    elsewhere = User.objects.create_user("chi-mot-truong", role=LEADER)
    grant(elsewhere, school=other_school)
    assert "Trong 6 trẻ" in page(signed_in(elsewhere))
    page(signed_in(elsewhere), status=404, noi=f"truong-{school.pk}")
    page(client, status=404, nam="1999-2000")


def test_a_draft_that_does_not_load_says_why(pack: Path, made: list[dict[str, str]], specialist: User) -> None:
    (pack / "hong").mkdir()
    (pack / "hong" / "x.py").write_text(DRAFT.replace("disabled)), Const", "Const(3))), Const"), encoding="utf-8")
    (pack / "khong-phai-luat").mkdir()
    shown = signed_in(specialist).get(reverse("desk:drafts")).content.decode()
    assert "không nạp được" in shown
    assert "expected a truth value, found a whole number" in shown
    assert "khong-phai-luat" not in shown
    assert "Dự thảo này không nạp được" in page(signed_in(specialist), "hong")
    page(signed_in(specialist), "khong-co", status=404)


def test_a_draft_that_is_mended_is_read_anew(pack: Path) -> None:
    file = pack / "an-trua" / "du_thao.py"
    assert drafts.drafts()[0].law is not None
    file.write_text(DRAFT.replace("2023, 9, 1", "2023, 9, 99"), encoding="utf-8")
    assert drafts.drafts()[0].wrong


def test_nothing_to_try_and_nobody_to_try_it_on(pack: Path, specialist: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Chưa có danh sách nào được chấp nhận" in page(signed_in(specialist))
    monkeypatch.setenv("ANSINH_DRAFTS", str(pack / "khong-co"))
    assert "Chưa có dự thảo nào" in signed_in(specialist).get(reverse("desk:drafts")).content.decode()


def test_too_many_and_a_year_it_does_not_touch(
    pack: Path, made: list[dict[str, str]], specialist: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pack / "an-trua" / "du_thao.py"
    file.write_text(DRAFT.replace("date(2023, 9, 1)", "date(2024, 9, 1)"), encoding="utf-8")
    assert "không chạm tới khoản nào" in page(signed_in(specialist))
    monkeypatch.setattr(drafts, "MOST", 29)
    assert "30 trẻ là nhiều hơn 29 trẻ" in page(signed_in(specialist))


def test_what_a_draft_touches_gives_the_whole_difference(pack: Path, made: Any) -> None:
    """Deciding the touched supports alone finds what deciding all of them finds."""
    from ansinh import law
    from ansinh.core.compare import compare
    from ansinh.core.decide import decide
    from ansinh.engines.reference import reference
    from ansinh.web.registry import snapshot

    year = SchoolYear(2023)
    people = snapshot.people(list(snapshot.listed(year).values_list("pk", flat=True)), year)
    drafted = drafts.drafts()[0].law
    assert drafted is not None
    names = touched(law.load().plan(year), drafted.plan(year))
    assert "lunch" in names
    assert len(names) < len(law.load().benefits) / 2
    few, all_ = (
        list(
            compare(
                *(decide(people, law=one, engine=reference, year=year, benefits=b) for one in (law.load(), drafted))
            )
        )
        for b in (names, None)
    )

    def told(found: list[Any]) -> list[tuple[Any, ...]]:
        return [(d.learner, d.month, d.benefit, d.change, d.quantity) for d in found]

    assert told(few) == told(all_) != []
    assert touched(law.load().plan(year), law.load().plan(year)) == ()


def test_who_is_on_two_lists_is_named_by_the_one_not_left(
    made: list[dict[str, str]], school: School, other_school: School, specialist: User
) -> None:
    first = Enrolment.objects.filter(school=school).order_by("pk")[0]
    Enrolment.objects.create(person=first.person, school=other_school, year=2023)
    scope = scope_of(specialist)
    given = cohort.choices(scope)
    for left_there, expected in ((True, school), (False, other_school)):
        Enrolment.objects.filter(school=other_school).update(left=left_there)
        Enrolment.objects.filter(pk=first.pk).update(left=not left_there)
        found = cohort.cohort(scope, given, year="2023-2024", place="")
        assert found is not None
        assert found.people().names[str(first.person_id)]["school"] == expected.name
