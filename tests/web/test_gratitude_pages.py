"""The screens of gratitude without a browser: what is kept when refused, who may not post, what leaves and is logged."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ansinh.core.dates import Month
from ansinh.web.access import LEADER
from ansinh.web.desk.gratitude_forms import vnd
from ansinh.web.payments import gratitude_actions as fund
from ansinh.web.payments import gratitude_care_actions as care
from ansinh.web.payments.gratitude_models import Campaign, FundAnswer, FundEntry, FundPlan
from ansinh.web.payments.gratitude_queries import contributors
from ansinh.web.registry.models import Area, Reading, School, User
from ansinh.web.registry.scope import scope_of

from .conftest import NOON, content, grant
from .gratitude import TODAY, campaign, employ, mother, officer, promise


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer_(area: Area) -> User:
    return officer(area)


@pytest.fixture
def drive(area: Area, school: School, clerk: User, officer_: User) -> Campaign:
    employ(school, clerk, 120)
    assert area.parent is not None
    made = campaign(area.parent, officer_)
    fund.plan(campaign=made, school=school, plan_vnd=10**7, fund="Quỹ tỉnh", by=officer_, at=NOON)
    return made


@pytest.mark.parametrize(
    ("text", "amount"),
    [("500000", 500_000), ("1.200.000", 1_200_000), ("1,200,000 đ", 1_200_000), ("5 000 đồng", 5_000)],
)
def test_amounts_as_people_write_them(text: str, amount: int) -> None:
    assert vnd(text) == amount


@pytest.mark.parametrize("text", ["", "mười", "-5", "1.2", "12.34.567", "1e6", "5,5"])
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        vnd(text)


def test_many_are_written_at_once_and_a_refusal_keeps_what_was_typed(
    drive: Campaign, school: School, clerk: User, desk: Client
) -> None:
    where = reverse("desk:unit", args=[drive.pk, school.pk])
    page = desk.get(where)
    assert page.content.decode().count('name="ai"') == 100, "a page at a time"
    people = [str(row["one"].member) for row in page.context["rows"]]
    typed = {f"tien-{member}": "248.000" for member in people}
    sent = desk.post(where, {"ai": people, "viec": "dong-y", "ngay": "2025-09-30", **typed})
    assert sent.status_code == 302
    assert FundAnswer.objects.count() == 100
    sent = desk.post(where, {"ai": people[:1], "viec": "dong-y", "ngay": "", f"tien-{people[0]}": "999"})
    assert sent.status_code == 422
    assert 'value="999"' in sent.content.decode()
    assert desk.post(where, {"ai": people, "viec": "thu", "ngay": "2025-09-30"}).status_code == 302
    assert FundEntry.objects.count() == 100
    assert "100" in desk.get(where).content.decode()
    assert desk.post(where, {"ai": ["x"], "viec": "thu", "ngay": "2025-09-30"}).status_code == 404


def test_others_see_sums_and_cannot_write(
    area: Area, drive: Campaign, school: School, clerk: User, officer_: User
) -> None:
    person = contributors(drive, school, scope_of(clerk))[0]
    fund.answer(
        campaign=drive, school=school, choice="agreed", amounts={person.member: 77_777}, on=TODAY, by=clerk, at=NOON
    )
    (receipt,) = fund.collect(campaign=drive, school=school, members=[person.member], on=TODAY, by=clerk, at=NOON)
    leader = grant(User.objects.create_user("lanh-dao-qd", role=LEADER), area=area.parent)
    where = reverse("desk:unit", args=[drive.pk, school.pk])
    for who in (leader, officer_):
        client = signed_in(who)
        page = client.get(where).content.decode()
        assert "77.777 đ" in page
        assert person.name not in page
        assert (
            client.post(where, {"ai": [str(person.member)], "viec": "khong", "ngay": "2025-09-30"}).status_code == 404
        )
        for what in ("danh-sach", "phieu-thu", "thu-cam-on"):
            assert client.get(reverse("desk:unit-paper", args=[drive.pk, school.pk, what, "docx"])).status_code == 403
        assert client.get(reverse("desk:fund-take-back", args=[receipt.pk])).status_code == 403
    assert FundAnswer.objects.count() == 1
    paper = signed_in(clerk).get(reverse("desk:unit-paper", args=[drive.pk, school.pk, "phieu-thu", "docx"]))
    assert paper.content[:2] == b"PK"
    assert Reading.objects.filter(act="export", what__contains="Phiếu thu").count() == 1


def test_plans_of_several_schools_are_written_and_what_is_wrong_is_named(
    drive: Campaign, school: School, other_school: School, officer_: User
) -> None:
    office, where = signed_in(officer_), reverse("desk:campaign-plan", args=[drive.pk])
    assert "10.000.000" in office.get(where).content.decode()
    sent = office.post(
        where,
        {
            "truong": [school.pk, other_school.pk],
            f"ke-hoach-{school.pk}": "12.000.000", f"quy-{school.pk}": "Quỹ tỉnh",
            f"ke-hoach-{other_school.pk}": "nhiều", f"quy-{other_school.pk}": "Quỹ xã",
        },
    )  # fmt: skip
    assert sent.status_code == 422
    said = sent.content.decode()
    assert f"{other_school.name}: “nhiều” không phải số tiền." in said
    assert 'value="nhiều"' in said
    assert FundPlan.objects.filter(school=school).order_by("-pk")[0].plan_vnd == 12_000_000
    assert not FundPlan.objects.filter(school=other_school).exists()
    table = office.get(reverse("desk:campaign-file", args=[drive.pk]))
    assert content(table)[:2] == b"PK"


def test_evidence_is_shown_as_it_came_and_the_reading_is_logged(area: Area, officer_: User) -> None:
    one = promise(mother(area, officer_, address="ấp Kín"), officer_)
    paid = care.pay(
        commitment=one, month=Month(2025, 1), amount_vnd=5, on=TODAY, reference="ký", evidence=b"%PDF-1.7 x",
        evidence_name="a.pdf", by=officer_, at=NOON,
    )  # fmt: skip
    office = signed_in(officer_)
    shown = office.get(reverse("desk:mother-evidence", args=[paid.pk]))
    assert (shown.content, shown.headers["Content-Type"]) == (b"%PDF-1.7 x", "application/pdf")
    page = reverse("desk:mother", args=[one.mother_id])
    assert "ấp Kín" not in office.get(page).content.decode()
    assert Reading.objects.count() == 1
    assert "ấp Kín" in office.get(page + "?hien=1").content.decode()
    assert Reading.objects.count() == 2


def test_a_campaign_opened_at_the_desk_in_english(area: Area, officer_: User) -> None:
    office = signed_in(officer_)
    office.cookies["django_language"] = "en"
    form = office.get(reverse("desk:campaign-open"))
    first = {name: form.context["form"][name].value() for name in form.context["form"].fields}
    assert first["area"] == area.parent_id, "the province comes first"
    assert "its basis is not confirmed" in form.content.decode()
    first |= {"rounding": "down", "with_allowance": "on"}
    sent = office.post(
        reverse("desk:campaign-open"), {name: value for name, value in first.items() if value is not None}
    )
    assert sent.status_code == 302, sent.content.decode()
    page = office.get(reverse("desk:campaign", args=[Campaign.objects.get().pk])).content.decode()
    assert "rounded" in page.lower() or "round" in page.lower()
    assert "Chưa có đơn vị nào" not in page
    assert "No unit yet" in page
