"""The law index for everybody: every document, support and day has a page, and the JSON says the same."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ansinh import law
from ansinh.core.dates import Month
from ansinh.web.site.templatetags import words

LAW = law.load()
pytestmark = pytest.mark.django_db


def page(name: str, *args: str, status: int = 200, lang: str = "", **query: str) -> str:
    client = Client()
    if lang:
        client.post(reverse("set-language"), {"language": lang})
    found = client.get(reverse(f"portal:{name}", args=args), query)
    assert found.status_code == status
    return re.sub(r"\s+", " ", found.content.decode())


def told(name: str, *args: str, **query: str) -> object:
    return Client().get(reverse(f"portal:{name}-json", args=args), query).json()


def test_every_document_is_listed_and_has_its_page() -> None:
    listed = page("law")
    for document in LAW.documents:
        assert f'href="{reverse("portal:law-document", args=[document.id])}"' in listed
        shown = page("law-document", document.id)
        assert f"<h1>{document.name_vi}</h1>" in shown
        for rule in document.rules:
            assert all(condition.vi in shown.replace("&quot;", '"') for condition in rule.conditions())


def test_a_document_says_what_ends_it_and_what_it_ends() -> None:
    shown = page("law-document", "nd-81-2021")
    assert reverse("portal:law-document", args=["nd-86-2015"]) in shown
    assert reverse("portal:law-document", args=["nd-238-2025"]) in shown


def test_every_support_has_its_history() -> None:
    listed = page("law-benefits")
    for name in LAW.benefits:
        assert f'href="{reverse("portal:law-benefit", args=[name])}"' in listed
        shown = page("law-benefit", name)
        assert all(one.document.name_vi in shown for one in LAW.rules if one.rule.benefit == name)


@pytest.mark.parametrize("on", [date(2012, 9, 1), date(2024, 6, 30), date(2024, 7, 1)])
def test_a_day_shows_what_is_in_force_then(on: date) -> None:
    found = told("law-day", ngay=on.isoformat())
    assert isinstance(found, dict)
    expected = {name for name in LAW.benefits if LAW.rule_for(name, Month.of(on))}
    assert {one["benefit"] for one in found["supports"]} == expected
    salary = next(number["value"] for number in found["numbers"] if number["name"] == "base_salary_vnd")
    assert salary == LAW.number("base_salary_vnd", Month.of(on))[1].value  # type: ignore[index]
    shown = page("law-day", ngay=on.isoformat())
    assert shown.count('<th scope="row"><a') == len(expected)
    assert f"{salary:,}".replace(",", ".") in shown


def test_what_changed_between_two_days() -> None:
    shown = page("law-changes", tu="2024-06-30", den="2024-07-01")
    assert "Nghị định 73/2024/NĐ-CP" in shown
    assert "2.340.000" in shown
    assert "Luật không đổi giữa hai ngày này." in page("law-changes", tu="2024-06-02", den="2024-06-29")
    found = told("law-changes", tu="2024-06-30", den="2024-07-01")
    assert isinstance(found, dict)
    assert {"base_salary_vnd"} <= {change["name"] for change in found["changes"]}


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("law-day", {"ngay": "31/12/2024"}, "“31/12/2024” không phải là một ngày"),
        ("law-changes", {"tu": "<b>"}, "“&lt;b&gt;” không phải là một ngày"),
        ("law-changes", {"tu": "2025-01-02", "den": "2025-01-01"}, "Ngày sau đứng trước ngày đầu."),
    ],
)
def test_a_day_that_cannot_be_is_said_to_be_wrong(name: str, query: dict[str, str], said: str) -> None:
    assert said in page(name, status=422, **query)
    assert said in page(f"{name}-json", status=422, **query)


def test_a_day_far_away_is_brought_near() -> None:
    assert "01/01/2000" in page("law-day", ngay="0001-01-01")
    assert page("law-changes", den="0001-01-01")
    assert page("law-changes", tu="0001-01-01", den="9999-12-31")


def test_what_is_not_there_is_not_found() -> None:
    assert Client().get("/luat/van-ban/khong-co/").status_code == 404
    assert Client().get("/luat/che-do/khong-co.json").status_code == 404


def test_doubts_are_public() -> None:
    found = told("law-doubts")
    assert isinstance(found, list)
    shown = page("law-doubts", lang="en")
    assert "Bases not confirmed" in shown
    assert shown.count('<th scope="row">') == len(found)


def test_json_is_the_whole_index() -> None:
    documents, benefits = told("law"), told("law-benefits")
    assert isinstance(documents, list)
    assert isinstance(benefits, list)
    assert [one["id"] for one in documents] == [document.id for document in LAW.documents]
    assert [one["benefit"] for one in benefits] == list(LAW.benefits)
    assert told("law-document", "nd-105-2020") == next(one for one in documents if one["id"] == "nd-105-2020")
    assert told("law-benefit", "lunch") == next(one for one in benefits if one["benefit"] == "lunch")


def test_every_number_of_the_law_is_said_in_words() -> None:
    said = {words.law_amount(n.value, n.unit) for document in LAW.documents for n in document.numbers}
    assert {"2.340.000 đ mỗi tháng", "15 kg mỗi tháng", "80 % lương cơ sở"} <= said
    assert not [text for text in said if "/" in text or "VND" in text]
    assert {words.measure(benefit.unit) for benefit in LAW.benefits.values()}
