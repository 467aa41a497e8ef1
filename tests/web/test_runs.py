"""The screens of payment runs: drawn up, checked, approved and sent by four people; what nobody may do is said, not offered."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh import law
from ansinh.core import ledger
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Outcome, decide
from ansinh.engines.reference import reference
from ansinh.web.access import AUDITOR, COMMUNE
from ansinh.web.payments import actions
from ansinh.web.payments.models import Run, State
from ansinh.web.registry import snapshot
from ansinh.web.registry.models import Person, Reading, School, User

from .conftest import NOON, content, grant
from .money import AUTUMN, NOT_POOR, POOR, SPRING, Office, approved, drawn, office, roster, sent
from .test_difference import LATER

A_MONTH = 310_000  # Lunch and study cost of a poor child of the kindergarten.


@pytest.fixture
def people(school: School, clerk: User) -> Office:
    return office(school, clerk)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(response: Any) -> str:
    """What a page says, as one line."""
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def new(school: School, half: str = "hk1", **more: str) -> str:
    asked = {"noi": f"truong-{school.pk}", "nam": "2023-2024", "ky": half, **more}
    return f"{reverse('desk:run-new')}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"


def mark(response: Any) -> str:
    found = re.search(r'name="khop" value="([^"]+)"', response.content.decode())
    assert found is not None
    return found[1]


def step(name: str, run: Run) -> str:
    address = "run-money" if name in ("duyet", "chi", "rut-duyet") else "run-step"
    return reverse(f"desk:{address}", args=[run.pk, name])


def test_a_semester_by_four_people(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, NOT_POOR, POOR])
    clerk = signed_in(people.clerk)
    assert "Chưa có đợt chi nào" in text_of(clerk.get(reverse("desk:runs")))
    shown = clerk.get(new(school))
    assert f"{8 * A_MONTH:,} đ".replace(",", ".") in text_of(shown)
    assert not Run.objects.exists()
    clerk.post(new(school), {"khop": mark(shown)})
    run = Run.objects.get()
    assert (run.since, run.until, run.drawn_up_by) == (AUTUMN.since, AUTUMN.until, people.clerk)
    page = reverse("desk:run", args=[run.pk])
    assert "Bước tiếp theo là kiểm tra, do Chuyên viên Sở làm." in text_of(clerk.get(page))
    for name, person, state in (
        ("kiem-tra", people.checker, State.CHECKED),
        ("duyet", people.leader, State.APPROVED),
        ("chi", people.cashier, State.SENT),
    ):
        client = signed_in(person)
        assert step(name, run) in client.get(page).content.decode()
        assert "Bằng chữ: Hai triệu bốn trăm tám mươi nghìn đồng." in text_of(client.get(step(name, run)))
        run.refresh_from_db()
        assert run.state != state  # Looking does nothing.
        client.post(step(name, run))
        run.refresh_from_db()
        assert run.state == state
    said = text_of(clerk.get(page))
    assert "Đã chi, chờ đối chiếu" in said
    assert str(people.leader) in said


def test_what_one_person_may_not_do_twice_is_said_and_refused(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    run = drawn(school, people.checker)
    client = signed_in(people.checker)
    words = "Bạn đã lập đợt chi này, nên không kiểm tra được: phải do người khác với người đã lập."
    page = client.get(reverse("desk:run", args=[run.pk]))
    assert words in text_of(page)
    assert step("kiem-tra", run) not in page.content.decode()
    assert words in text_of(client.post(step("kiem-tra", run), follow=True))
    run.refresh_from_db()
    assert run.state == State.DRAWN_UP


def test_giving_a_run_up_needs_a_reason(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    run = drawn(school, people.clerk)
    client = signed_in(people.checker)
    assert "Hãy ghi lý do." in text_of(client.post(step("tra-lai", run), {"reason": "  "}))
    client.post(step("tra-lai", run), {"reason": "Thiếu một em lớp Lá 2"})
    clerk = signed_in(people.clerk)
    assert "Lý do: Thiếu một em lớp Lá 2" in text_of(clerk.get(reverse("desk:run", args=[run.pk])))
    assert "1 đợt chi bị trả lại" in text_of(clerk.get(reverse("desk:home")))
    # Drawn up anew, it waits for nobody any more.
    assert drawn(school, people.clerk).pk != run.pk
    assert "bị trả lại" not in text_of(clerk.get(reverse("desk:home")))


def test_an_approval_that_is_refused_says_why(school: School, people: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    roster(school, people.clerk, [POOR])
    real = actions.lines_of
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "lines_of", lambda *a, **named: real(*a, **named)[1:])
        run = drawn(school, people.clerk)
    actions.check(run=run, by=people.checker, at=NOON)
    said = text_of(signed_in(people.leader).post(step("duyet", run), follow=True))
    assert "Tính lại từ dữ liệu đã khóa thì 1 dòng khác số đã lập; không duyệt được." in said
    assert "Đã kiểm tra, chờ duyệt" in said


def test_what_waits_is_told_to_whom_it_waits_for(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    run = drawn(school, people.clerk)

    def waits(person: User) -> set[str]:
        words = ("chờ kiểm tra.", "chờ duyệt.", "đã duyệt, chờ chi.", "chờ đối chiếu với sao kê.")
        said = text_of(signed_in(person).get(reverse("desk:home")))
        return {one for one in words if f"1 đợt chi {one}" in said}

    everybody = (people.clerk, people.checker, people.leader, people.cashier)
    assert [waits(one) for one in everybody] == [set(), {"chờ kiểm tra."}, set(), {"chờ kiểm tra."}]
    actions.check(run=run, by=people.checker, at=NOON)
    assert [waits(one) for one in everybody] == [set(), set(), {"chờ duyệt."}, set()]
    actions.approve(run=run, by=people.leader, at=NOON)
    # Who drew up and who checked do not send.
    assert [waits(one) for one in everybody] == [set(), set(), set(), {"đã duyệt, chờ chi."}]


def test_arrears_and_clawback_stand_as_such_with_their_reason(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, NOT_POOR, POOR])
    sent(school, people)
    roster(school, people.clerk, [NOT_POOR, POOR, POOR], LATER)
    clerk = signed_in(people.clerk)
    shown = clerk.get(new(school, "hk2"))
    said = text_of(shown)
    assert "Trong đó truy lĩnh 1.240.000 đ" in said
    assert "Thu hồi 1.240.000 đ" in said
    clerk.post(new(school, "hk2"), {"khop": mark(shown)})
    spring = Run.objects.get(since=SPRING.since)
    said = text_of(clerk.get(reverse("desk:run", args=[spring.pk])))
    assert "truy lĩnh Hỗ trợ ăn trưa, tháng 9/2023 đến tháng 12/2023: 160.000 đ mỗi tháng" in said
    assert "thu hồi Hỗ trợ ăn trưa, tháng 9/2023 đến tháng 12/2023: 160.000 đ → 0 đ mỗi tháng" in said
    assert "Nghị định 105/2020/NĐ-CP" in said


def test_the_only_school_is_chosen_and_decided_when_asked(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    clerk = signed_in(people.clerk)
    page = clerk.get(reverse("desk:run-new"))
    assert f'value="truong-{school.pk}" selected' in page.content.decode()
    assert "Xem chưa ghi gì vào sổ." in text_of(page)
    assert "Lập đợt chi này" not in text_of(page)
    assert "Lập đợt chi này" in text_of(clerk.get(new(school)))


def test_what_was_seen_is_what_is_drawn_up(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    clerk = signed_in(people.clerk)
    seen = mark(clerk.get(new(school)))
    roster(school, people.clerk, [POOR, POOR], LATER)
    said = text_of(clerk.post(new(school), {"khop": seen}))
    assert "Dữ liệu đã thay đổi sau khi xem" in said
    assert not Run.objects.exists()


def test_who_cannot_be_answered_is_counted_and_named_elsewhere(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, "", ""])
    page = signed_in(people.clerk).get(new(school))
    said = text_of(page)
    assert "3 em chưa đủ căn cứ" in said
    assert "Hỗ trợ ăn trưa: 2 em" in said
    assert f"{reverse('desk:lacking')}?nam=2023-2024&amp;noi=truong-{school.pk}" in page.content.decode()


def test_what_is_unconfirmed_in_the_law_is_said_before_drawing_up_and_to_who_approves(
    school: School, people: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster(school, people.clerk, [POOR])
    run = drawn(school, people.clerk)
    actions.check(run=run, by=people.checker, at=NOON)
    # The reasons of one child's own page are the twin: what is unconfirmed there is what is unconfirmed here.
    year, months = SchoolYear(run.year), {line.month for line in run.lines.all()}
    child = snapshot.people([Person.objects.get().pk], year)
    doubts = {
        doubt.vi
        for row in decide(child, law=law.load(), engine=reference, year=year).rows()
        if row.unit == "VND" and row.outcome is Outcome.YES and row.month.first_day in months
        for doubt in row.doubts
    }
    leader = signed_in(people.leader)
    for page in (signed_in(people.clerk).get(new(school)), leader.get(step("duyet", run))):
        said = html.unescape(text_of(page))
        assert all(words in said for words in doubts)
        assert ("Căn cứ chưa được kiểm chứng" in said) == bool(doubts)


def test_months_may_be_chosen(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    clerk = signed_in(people.clerk)
    assert "310.000 đ" in text_of(clerk.get(new(school, "thang", tu="2023-10", den="2023-10")))
    assert "không được trước tháng đầu" in text_of(clerk.get(new(school, "thang", tu="2023-11", den="2023-10")))
    assert "không được trước tháng đầu" in text_of(clerk.get(new(school, "thang", tu="x", den="2023-10")))
    assert "Không có khoản nào" in text_of(clerk.get(new(school, "thang", tu="2024-07", den="2024-08")))


def test_money_is_not_moved_without_a_second_factor(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    run = drawn(school, people.checker)
    actions.check(run=run, by=people.cashier, at=NOON)
    actions.approve(run=run, by=people.leader, at=NOON)
    client = signed_in(people.clerk)  # Whose role asks for none; sending does.
    with override_settings(SECOND_FACTOR_COMPULSORY=True):
        assert client.get(reverse("desk:run", args=[run.pk])).status_code == 200
        for response in (client.get(step("chi", run)), client.post(step("chi", run))):
            assert response.status_code == 302
            assert response.headers["Location"] == reverse("mfa_index")
    run.refresh_from_db()
    assert run.state == State.APPROVED


def test_the_ledger_is_read_and_taken_away_verified(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    run = sent(school, people)
    clerk = signed_in(people.clerk)
    said = text_of(clerk.get(reverse("desk:run-ledger", args=[run.pk])))
    assert "Chi Hỗ trợ ăn trưa, năm học 2023-2024" in said
    assert "Lệnh chuyển qua ngân hàng" in said
    said = text_of(clerk.get(reverse("desk:school-ledger", args=[school.pk])))
    assert "Hỗ trợ ăn trưa 2023–2024 640.000 đ 640.000 đ 0 đ 0 đ 0 đ 0 đ" in said
    assert clerk.get(reverse("desk:ledger-file")).status_code == 403
    auditor = grant(User.objects.create_user("kiem-toan", role=AUDITOR), area=school.area.parent)
    response = signed_in(auditor).get(reverse("desk:ledger-file"))
    verdict = ledger.verify(content(response).splitlines(keepends=True))
    assert (verdict.findings, verdict.entries, verdict.sent) == ((), 16, 4 * A_MONTH)
    assert Reading.objects.filter(by=auditor, act="export").exists()
    # Who is granted a part of the province is not handed the whole ledger.
    part = grant(User.objects.create_user("kiem-toan-xa", role=AUDITOR), area=school.area)
    School.objects.create(code="99000009", name="Trường xã khác", level=1, area=school.area.parent)
    assert signed_in(part).get(reverse("desk:ledger-file")).status_code == 403


def test_a_childs_page_tells_what_was_paid(school: School, people: Office, other_school: School) -> None:
    roster(school, people.clerk, [POOR])
    run = sent(school, people)
    child = Person.objects.get()
    page = reverse("desk:learner", args=[child.pk])
    said = text_of(signed_in(people.clerk).get(page))
    assert "Hỗ trợ ăn trưa, tháng 9/2023 đến tháng 12/2023: 160.000 đ mỗi tháng" in said
    assert "1.240.000 đ" in said
    officer = grant(User.objects.create_user("can-bo-xa", role=COMMUNE), area=school.area)
    response = signed_in(officer).get(page)
    assert "Đã chi, chờ đối chiếu" in text_of(response)
    assert reverse("desk:run", args=[run.pk]) not in response.content.decode()  # A commune does not open runs.
    assert signed_in(officer).get(reverse("desk:run", args=[run.pk])).status_code == 403


def test_the_list_is_cut_by_state_year_and_school(school: School, people: Office, other_school: School) -> None:
    roster(school, people.clerk, [POOR])
    one = approved(school, people)
    other = drawn(school, people.clerk, SPRING)
    client = signed_in(people.leader)

    def listed(query: str) -> set[int]:
        page = client.get(f"{reverse('desk:runs')}{query}").content.decode()
        return {run.pk for run in (one, other) if f'"{reverse("desk:run", args=[run.pk])}"' in page}

    assert listed("") == {one.pk, other.pk}
    assert listed("?buoc=approved") == {one.pk}
    assert listed("?nam=2023-2024&truong=thử+nghiệm") == {one.pk, other.pk}
    assert listed("?truong=bên+kia") == listed("?nam=2020-2021") == listed("?nam=x") == set()


def test_pages_ask_as_often_for_many_children_as_for_few(school: School, people: Office) -> None:
    def asked(client: Client, where: str) -> int:
        client.get(where)  # The session and the scope are warm.
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(where).status_code == 200
        return len(found)

    roster(school, people.clerk, [POOR])
    few = drawn(school, people.clerk)
    actions.check(run=few, by=people.checker, at=NOON)
    roster(school, people.clerk, [POOR] * 60, LATER)
    many = drawn(school, people.clerk, SPRING)
    actions.check(run=many, by=people.checker, at=NOON)
    client = signed_in(people.leader)
    pages = [[reverse("desk:run", args=[run.pk]), step("duyet", run)] for run in (few, many)]
    counts = [[asked(client, where) for where in of] for of in pages]
    assert counts[0] == counts[1]
    page, confirmation = counts[1]
    assert (page <= 18, confirmation <= 12) == (True, True), counts
    assert asked(client, reverse("desk:runs")) <= 18


def test_a_name_is_found_without_accents(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, POOR])
    run = drawn(school, people.clerk)
    first, second = Person.objects.order_by("pk")
    page = reverse("desk:run", args=[run.pk])
    said = text_of(signed_in(people.clerk).get(f"{page}?tim=binh"))
    named = [one for one in (first, second) if one.full_name in said]
    assert [one.full_name for one in named] == ["Nguyễn Thị Bình"]


@pytest.mark.django_db(transaction=True)
def test_the_command_exports_what_verifies_and_overwrites_nothing(
    school: School, people: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster(school, people.clerk, [POOR])
    sent(school, people)
    file = tmp_path / "so-cai.tsv"
    call_command("export_ledger", str(file))
    assert json.loads(capsys.readouterr().out) == {"file": str(file), "bytes": file.stat().st_size}
    whole = file.read_bytes()
    assert ledger.verify(whole.splitlines(keepends=True)).findings == ()
    assert whole.split(b"\n")[0].endswith("\tTỉnh Thử".encode())
    with pytest.raises(SystemExit):
        call_command("export_ledger", str(file))
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "exists"
    assert file.read_bytes() == whole
