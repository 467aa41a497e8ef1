"""Whoever one is and whatever one was granted: no address shows anything of a place outside.

Every address of the desk is taken from the resolver. One that has an argument must be named here with the thing it is about,
and one that is not fails the test: a new page cannot be forgotten.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ansinh import law
from ansinh.core.dates import Month
from ansinh.core.decide import decide
from ansinh.core.tables import LEVEL
from ansinh.engines.reference import reference
from ansinh.web.access import ADMINISTRATOR, AUDITOR, CLERK, COMMUNE, LEADER, READERS, ROLES, SPECIALIST
from ansinh.web.desk import gratitude_funds, gratitude_mothers, learners
from ansinh.web.payments import actions as payments
from ansinh.web.payments import gratitude_actions as fund
from ansinh.web.payments import gratitude_care_actions as care
from ansinh.web.payments import steps
from ansinh.web.payments.gratitude_models import Campaign, Mother
from ansinh.web.payments.gratitude_queries import contributors
from ansinh.web.payments.models import Run
from ansinh.web.registry import actions, saved_lists, snapshot
from ansinh.web.registry.difference import Kind, difference
from ansinh.web.registry.models import Area, Enrolment, Grant, Joining, PairDecision, Person, Reading, School, User
from ansinh.web.registry.scope import Scope, scope_of

from .conftest import BEGAN, NOON, grant, keep
from .gratitude import campaign, mother, pay, promise
from .money import AUTUMN, YEAR
from .other_lists import accepted as accepted_list
from .other_lists import kept, schools, staff
from .rosters import SCHOOL, workbook
from .test_difference import accepted, children

# What no page may show to who may not see the place: words found nowhere else.
MARKS = ("Gò Bí Mật", "Kín Đáo", "Ẩn Danh")
LATER = NOON + timedelta(days=9)
# Addresses about the accounts themselves, which an administrator alone reads, and which say where a person works.
OF_ACCOUNTS = ("people", "person", "invite")


class Place:
    """A commune with a school, a clerk, children on the list, a doubtful row with a word on it, two joined records; a list of
    the school's staff, and one of the commune's schools."""

    def __init__(self, number: int, province: Area, marks: tuple[str, str, str] | None) -> None:
        commune, school, family = marks or (f"Xã Thường {number}", f"Trường Thường {number}", f"Nguyễn{number}")
        self.area = Area.objects.create(code=f"9900{number}", name=commune, kind="xã", parent=province, since=BEGAN)
        self.school = School.objects.create(
            code=f"9900000{number}", name=school, level=LEVEL.kindergarten, area=self.area
        )
        clerk = grant(User.objects.create_user(f"van-thu-{number}", role=CLERK), school=self.school)
        rows = [
            {**child, "Mã học sinh": f"{number}{child['Mã học sinh']}", "Họ và tên": f"{family} {child['Họ và tên']}"}
            for child in children(4)
        ]
        self.upload = keep(workbook(rows, {**SCHOOL, "Tên trường": school}), self.school, clerk, f"{family}.xlsx")
        self.batch = accepted(self.upload, clerk)
        near = {**rows[0], "Mã học sinh": "", "Họ và tên": rows[0]["Họ và tên"].replace("An", "Ăn")}
        self.second = keep(workbook([near, *rows[1:]]), self.school, clerk, f"{family}-2.xlsx")
        (doubt,) = difference(self.second).of(Kind.DOUBTFUL)
        person = Person.objects.get(pk=doubt.candidates[0].person)
        self.word = actions.decide_pair(change=doubt, person=person, same=False, by=clerk, at=LATER)
        one, two = Person.objects.filter(code__in=[f"{number}M00002", f"{number}M00003"]).order_by("code")
        self.joining = actions.join(kept=one, gone=two, reason="thử", by=clerk, at=LATER)
        self.child = person
        members = [{**row, "full_name": f"{family} {row['full_name']}"} for row in staff(2)]
        self.staff = kept("staff_list", members, by=clerk, school=self.school, name=f"{family}-nhan-su")
        self.staff_batch = accepted_list(self.staff, clerk)
        office = grant(User.objects.create_user(f"chuyen-vien-{number}", role=SPECIALIST), area=self.area)
        listed = [
            {**row, "school_name": f"{school} {n}", "school_code": f"9910{number}00{n}",
             "commune_code": self.area.code, "commune": commune}
            for n, row in enumerate(schools(2))
        ]  # fmt: skip
        self.network = kept("school_list", listed, by=office, area=self.area, name=f"{school}-mang-luoi")
        self.network_batch = accepted_list(self.network, office, gone=False)
        actions.log_reading(by=clerk, at=LATER, act="read", what="hồ sơ", person=person)
        actions.log_reading(by=clerk, at=LATER, act="export", what=f"danh sách của {school}", people=4)
        self.run = self._approved(clerk, office, number)
        self._gratitude(office, clerk, school, family)
        self.kept = saved_lists.save(by=clerk, name=f"{family} một danh sách", query="", at=LATER)

    def _approved(self, clerk: User, office: User, number: int) -> Run:
        """A run of the school's children, approved: the ledger has entries of it."""
        leader = grant(User.objects.create_user(f"lanh-dao-{number}", role=LEADER), area=self.area)
        ids = snapshot.listed(YEAR, Enrolment.objects.filter(school=self.school)).values_list("pk", flat=True)
        people = snapshot.people(list(ids), YEAR)
        decisions = decide(people, law=law.load(), engine=reference, year=YEAR)
        run = payments.draw_up(
            decisions=decisions, people=people, school=self.school, period=AUTUMN, by=clerk, at=LATER
        )
        payments.check(run=run, by=office, at=LATER)
        payments.approve(run=run, by=leader, at=LATER)
        return run

    def _gratitude(self, office: User, clerk: User, school: str, family: str) -> None:
        """A campaign in which the school collected and remitted, and a Mother who is cared for."""
        self.campaign = campaign(self.area, office, name=f"Đợt của {school}")
        about = {"campaign": self.campaign, "school": self.school, "at": LATER}
        fund.plan(plan_vnd=1, fund=f"Quỹ của {school}", by=office, **about)
        ones = {one.member: 5 for one in contributors(self.campaign, self.school, scope_of(clerk))}
        fund.answer(choice="agreed", amounts=ones, on=NOON.date(), by=clerk, **about)
        fund.collect(members=list(ones), on=NOON.date(), by=clerk, **about)
        self.remitted = fund.remit(amount_vnd=1, on=NOON.date(), by=clerk, **about)
        self.mother = mother(self.area, office, f"{family} Thị Mẹ", address=school)
        self.commitment = promise(self.mother, office)
        pay(self.commitment, [Month(2025, 1)], office)
        self.payment = self.commitment.payments.get()
        self.gift = care.give(
            mother=self.mother, occasion="tet", on=NOON.date(), giver=school, cash_vnd=5, by=office, at=NOON
        )


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """The desk's addresses by name, each once."""
    found: dict[str, URLPattern] = {}
    for part in get_resolver().url_patterns:
        if isinstance(part, URLResolver) and part.app_name == "desk":
            for pattern in part.url_patterns:
                assert isinstance(pattern, URLPattern)
                found[str(pattern.name)] = pattern
    yield from found.items()


OF_AN_UPLOAD = ("faults", "original", "withdraw", "restore", "difference", "results")
# The same addresses are asked about each of the lists of a place.
OF_OTHER_LISTS: dict[str, Callable[[Place], list[dict[str, Any]]]] = {
    **dict.fromkeys(OF_AN_UPLOAD, lambda place: [{"pk": place.staff.pk}, {"pk": place.network.pk}]),
    **dict.fromkeys(("batch", "undo"), lambda place: [{"pk": place.staff_batch.pk}, {"pk": place.network_batch.pk}]),
    "history": lambda place: [{"place": "xa", "pk": place.area.pk}],
}
OF_A_RUN = (
    "run", "run-ledger", "run-papers", "run-bank-file", "run-accounts", "run-sign", "run-resend", "run-kept-back",
)  # fmt: skip
OF_A_MOTHER = ("mother", "mother-amend", "mother-commit", "mother-death", "mother-gift")
OF_A_SAVED_LIST = ("list-rename", "list-remove", "list-restore")
ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    **dict.fromkeys(OF_AN_UPLOAD, lambda place: {"pk": place.upload.pk}),
    "pair": lambda place: {"pk": place.second.pk, "number": 1},
    "decide": lambda place: {"pk": place.second.pk, "number": 1},
    "child": lambda place: {"pk": place.upload.pk, "number": 1},
    "payable": lambda place: {"pk": place.upload.pk, "form": "xlsx"},
    "learner": lambda place: {"pk": place.child.pk},
    "school": lambda place: {"pk": place.school.pk},
    "batch": lambda place: {"pk": place.batch.pk},
    "undo": lambda place: {"pk": place.batch.pk},
    "history": lambda place: {"place": "truong", "pk": place.school.pk},
    "withdraw-word": lambda place: {"pk": place.word.pk},
    "part": lambda place: {"pk": place.joining.pk},
    "year-end": lambda place: {"pk": place.school.pk},
    "run-step": lambda place: {"pk": place.run.pk, "step": "huy"},
    "run-money": lambda place: {"pk": place.run.pk, "step": "chi"},
    **dict.fromkeys(OF_A_RUN, lambda place: {"pk": place.run.pk}),
    "run-cash-file": lambda place: {"pk": place.run.pk, "paper": "bang-ke", "form": "xlsx"},
    "school-ledger": lambda place: {"pk": place.school.pk},
    "area": lambda place: {"pk": place.area.pk},
    **dict.fromkeys(("campaign", "campaign-file", "campaign-plan"), lambda place: {"pk": place.campaign.pk}),
    **dict.fromkeys(("unit", "unit-remit"), lambda place: {"pk": place.campaign.pk, "school": place.school.pk}),
    "unit-paper": lambda place: {
        "pk": place.campaign.pk,
        "school": place.school.pk,
        "what": "danh-sach",
        "form": "docx",
    },
    **dict.fromkeys(("fund-acknowledge", "fund-take-back"), lambda place: {"pk": place.remitted.pk}),
    "fund-slip": lambda place: {"pk": place.remitted.pk, "form": "pdf"},
    **dict.fromkeys(OF_A_MOTHER, lambda place: {"pk": place.mother.pk}),
    "mother-commitment": lambda place: {"pk": place.commitment.pk, "what": "trao"},
    **dict.fromkeys(("mother-payment-back", "mother-evidence"), lambda place: {"pk": place.payment.pk}),
    "mother-gift-back": lambda place: {"pk": place.gift.pk},
    **dict.fromkeys(OF_A_SAVED_LIST, lambda place: {"pk": place.kept.pk}),
}
# Arguments that name no place: a kind of list, a draft, a form of a file, an account.
FREE = {
    "template": {"template": "learner_roster"},
    "draft": {"name": "x"},
    "draft-xlsx": {"name": "x"},
    "list-file": {"form": "csv"},
    "readings-file": {"form": "csv"},
    "mothers-file": {"form": "docx"},
}
QUESTIONS = (
    "",
    "?q=Kín+Đáo",
    "?q=1M00001",
    "?q=an",
    "?nam=2023-2024",
    "?hien=1&nam=2023-2024",
    "?ngheo=ca-hai&cot=school&cot=commune&cot=ethnicity&xep=-full_name",
)
PLAIN = ("", "?q=an")  # Enough to catch a leak that was planted.


def test_every_address_with_an_argument_says_what_it_is_about() -> None:
    silent = [
        name
        for name, pattern in addresses()
        if pattern.pattern.converters or getattr(pattern.pattern, "regex", re.compile("")).groups
        if name not in ARGUMENTS and name not in FREE and not name.startswith(OF_ACCOUNTS)
    ]
    assert silent == []


def text_of(content: bytes) -> str:
    """What a body says, that of a workbook or a document too."""
    if content[:2] != b"PK":
        return content.decode(errors="ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(name).decode(errors="ignore") for name in book.namelist())


def leaks(person: User, hidden: Place, questions: tuple[str, ...] = QUESTIONS) -> list[str]:
    """The addresses that show this person something of a place that is not theirs, by reading or by doing."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    found = []
    for name, _pattern in addresses():
        if name.startswith(OF_ACCOUNTS):
            continue
        about = ARGUMENTS.get(name)
        arguments = about(hidden) if about else FREE.get(name, {})
        for question in (*questions, f"?noi=truong-{hidden.school.pk}", f"?noi=xa-{hidden.area.pk}"):
            if shows(client, reverse(f"desk:{name}", kwargs=arguments) + question, named=bool(about)):
                found.append(f"GET {name}{question}")
        others = OF_OTHER_LISTS[name](hidden) if name in OF_OTHER_LISTS else []
        found += [f"GET {name}" for one in others if shows(client, reverse(f"desk:{name}", kwargs=one), named=True)]
        for one in [arguments, *others] if about else []:
            if client.post(reverse(f"desk:{name}", kwargs=one)).status_code not in (403, 404, 405):
                found.append(f"POST {name}")
    return found


def shows(client: Client, where: str, *, named: bool) -> bool:
    """Whether an address says something of the hidden place, or, where it names a thing of that place, answers at all."""
    response = client.get(where)
    said = text_of(b"".join(response) if response.streaming else response.content)
    # What was typed is shown again in the box: that is no leak.
    said = said.replace('value="Kín Đáo"', "")
    return any(mark in said for mark in MARKS) or (named and response.status_code == 200)


class World(TestCase):
    """Two places that a person may be granted, and one that nobody here is."""

    province: Area
    places: list[Place]
    hidden: Place

    @classmethod
    def setUpTestData(cls) -> None:
        """Made once: what an example does to it is rolled back after it."""
        cls.province = Area.objects.create(level="province", code="99", name="Tỉnh Thử", kind="tỉnh", since=BEGAN)
        elsewhere = Area.objects.create(level="province", code="98", name="Tỉnh Khác", kind="tỉnh", since=BEGAN)
        cls.places = [Place(number, cls.province, None) for number in (1, 2)]
        cls.hidden = Place(3, elsewhere, MARKS)

    def person(self, role: str, schools: set[int], areas: set[int], *, over: bool = False) -> User:
        person = User.objects.create_user(f"nguoi-thu-{User.objects.count()}", role=role)
        for n in schools:
            grant(person, school=self.places[n].school)
        for n in areas:
            grant(person, area=self.places[n].area if n < 2 else self.province)
        if over:
            # A grant of the hidden place that has ended, or has not begun, is none.
            Grant.objects.create(user=person, school=self.hidden.school, since=BEGAN, until=date(2025, 8, 1))
            Grant.objects.create(user=person, area=self.hidden.area, since=date(2999, 1, 1))
        return person

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        role=st.sampled_from(ROLES),
        schools=st.sets(st.integers(0, 1)),
        areas=st.sets(st.integers(0, 2)),
        over=st.booleans(),
    )
    def test_nothing_of_a_place_outside_is_shown(
        self, role: str, schools: set[int], areas: set[int], over: bool
    ) -> None:
        person = self.person(role, schools, areas, over=over)
        assert leaks(person, self.hidden) == []
        before = (self.hidden.word.pk, self.hidden.joining.pk, self.hidden.batch.pk)
        assert PairDecision.objects.get(pk=before[0]).withdrawn_at is None
        assert Joining.objects.get(pk=before[1]).parted_at is None
        self.hidden.batch.refresh_from_db()
        assert self.hidden.batch.undone_at is None

    def test_each_role_by_itself(self) -> None:
        for role in ROLES:
            assert leaks(self.person(role, {0}, {1}), self.hidden) == [], role

    def test_what_is_granted_is_shown(self) -> None:
        """The other half: the checker would also be content with a desk that shows nothing to anybody."""
        for role in READERS:
            client = Client()
            client.force_login(self.person(role, set(), {0}))
            response = client.get(reverse("desk:learner", args=[self.places[0].child.pk]))
            assert (response.status_code, role) == (200, role)
        client.force_login(self.person(ADMINISTRATOR, {0}, {0}))
        assert client.get(reverse("desk:learner", args=[self.places[0].child.pk])).status_code == 403

    def test_a_count_that_forgets_the_scope_is_caught(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Scope, "uploads", lambda self: self.person.uploads.model.objects.all())
            found = leaks(self.person(SPECIALIST, set(), {0}), self.hidden, PLAIN)
        assert "GET home" in found
        assert "GET faults" in found

    def test_a_drop_down_that_forgets_the_scope_is_caught(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Scope, "areas_written", lambda self: Area.objects.filter(until__isnull=True))
            found = leaks(self.person(COMMUNE, set(), {0}), self.hidden, PLAIN)
        assert "GET upload" in found

    def test_a_list_and_a_file_that_forget_the_scope_are_caught(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Scope, "enrolments", lambda self: Enrolment.objects.all())
            found = leaks(self.person(COMMUNE, set(), {0}), self.hidden, PLAIN)
        assert "GET find" in found
        assert "GET list-file" in found

    def test_a_register_of_mothers_and_a_campaign_that_forget_the_scope_are_caught(self) -> None:
        person = self.person(SPECIALIST, set(), {0})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gratitude_mothers.queries, "mothers", lambda scope: Mother.objects.select_related("area"))
            patch.setattr(gratitude_funds.queries, "campaigns", lambda scope: Campaign.objects.select_related("area"))
            found = leaks(person, self.hidden, PLAIN)
        assert {"GET mothers", "GET mothers-file", "GET mother", "GET campaign"} <= set(found)

    def test_a_log_that_forgets_the_scope_is_caught(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Scope, "readings", lambda self: Reading.objects.select_related("by", "person"))
            found = leaks(self.person(AUDITOR, set(), {0}), self.hidden, PLAIN)
        assert "GET readings" in found
        assert "GET readings-file" in found

    def test_a_list_of_runs_that_forgets_the_scope_is_caught(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(steps, "within", lambda scope: Run.objects.order_by("-pk"))
            found = leaks(self.person(SPECIALIST, set(), {0}), self.hidden)
        assert {"GET runs", "GET run", "GET run-ledger"} <= set(found)

    def test_a_search_that_forgets_the_scope_is_caught(self) -> None:
        everybody = scope_of(grant(User.objects.create_user("ca-nuoc", role=SPECIALIST), area=self.hidden.area.parent))
        real = learners.search
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(learners, "search", lambda scope, text, limit: real(everybody, text, limit=limit))
            found = leaks(self.person(COMMUNE, set(), {1}), self.hidden, PLAIN)
        assert "GET find?q=an" in found
