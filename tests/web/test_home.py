"""Where everybody arrives, a school's own page, and who lacks which paper: what they say, to whom, and whether it is right."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ansinh import law, sheets
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Outcome, decide
from ansinh.engines.reference import reference
from ansinh.reports._papers import paper_for, papers_for
from ansinh.web.access import ADMINISTRATOR, AUDITOR, CLERK, COMMUNE, LEADER, SPECIALIST
from ansinh.web.desk import cohort, home, lacking
from ansinh.web.registry import actions, snapshot
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Area, Person, Reading, School, Upload, User
from ansinh.web.registry.scope import scope_of

from .conftest import NOON, PASSWORD, content, grant, keep
from .rosters import POVERTY, workbook
from .test_difference import children

HOME = "desk:home"


def page(client: Client, address: str) -> str:
    """A page's words, in one line."""
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())).replace("\xa0", " ")


def signed_in(role: str, *, school: School | None = None, area: Area | None = None) -> Client:
    person = User.objects.create_user(f"nguoi-{role}", password=PASSWORD, role=role)
    if school or area:
        grant(person, school=school, area=area)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def province(area: Area) -> Area:
    assert area.parent is not None
    return area.parent


@pytest.fixture
def listed(school: School, clerk: User) -> Upload:
    """Six children in the register: two of them without a word on their household."""
    rows = [{**child, POVERTY: ""} if n < 2 else child for n, child in enumerate(children(6))]
    upload = keep(workbook(rows), school, clerk)
    actions.accept(difference=difference(upload), by=clerk, at=NOON)
    return upload


def keep_later(data: bytes, school: School, by: User) -> Upload:
    """A second edition, sent the next day."""
    intake = sheets.read(sheets.templates()["learner_roster"], data, filename="lan-2.xlsx")
    return actions.keep(intake=intake, school=school, by=by, at=NOON + timedelta(days=1))


# Home ------------------------------------------------------------------------------------------------------------


def test_what_waits_by_role(
    province: Area, area: Area, school: School, other_school: School, clerk: User, desk: Client
) -> None:
    assert "1 trường của bạn chưa có danh sách học sinh" in page(desk, reverse(HOME))
    near = [{**children(3)[0], "Mã học sinh": "", "Họ và tên": "Nguyễn Văn Ăn"}, *children(3)[1:]]
    actions.accept(difference=difference(keep(workbook(children(3)), school, clerk)), by=clerk, at=NOON)
    assert "chưa có danh sách học sinh" not in page(desk, reverse(HOME))
    desk.get(reverse("desk:difference", args=[keep_later(workbook(near), school, clerk).pk]))
    said = page(desk, reverse(HOME))
    assert "1 danh sách đã tải lên nhưng chưa được ghi vào sổ" in said

    specialist = page(signed_in(SPECIALIST, area=province), reverse(HOME))
    assert "1 trường chưa gửi danh sách học sinh" in specialist
    assert "1 danh sách đã tải lên nhưng chưa được ghi vào sổ" in specialist
    assert "1 xã, phường chưa có danh sách hộ nghèo" in specialist
    officer = page(signed_in(COMMUNE, area=area), reverse(HOME))
    assert "1 xã, phường chưa có danh sách hộ nghèo" in officer
    leader = page(signed_in(LEADER, area=province), reverse(HOME))
    assert "1 trường chưa gửi danh sách học sinh" in leader
    assert reverse("desk:upload") not in signed_in_html(LEADER)


def signed_in_html(role: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=f"nguoi-{role}"))
    return client.get(reverse(HOME)).content.decode()


def test_an_auditor_sees_what_left_and_what_was_undone(province: Area, listed: Upload, desk: Client) -> None:
    auditor = signed_in(AUDITOR, area=province)
    assert "Không có việc nào đang chờ" not in page(auditor, reverse(HOME))
    desk.get(reverse("desk:original", args=[listed.pk]))
    desk.post(reverse("desk:withdraw", args=[listed.pk]))
    said = page(auditor, reverse(HOME))
    assert "1 tệp có dữ liệu cá nhân đã được tải về" in said
    assert "1 lần ghi sổ đã bị hoàn tác" in said


def test_an_administrator_sees_accounts_that_wait_and_nobodys_lists(listed: Upload) -> None:
    User.objects.create_user("khong-dia-ban", role=CLERK)
    said = page(signed_in(ADMINISTRATOR), reverse(HOME))
    assert "1 tài khoản chưa được cấp trường hay địa bàn nào" in said
    assert "1 tài khoản phải có bước xác thực thứ hai mà chưa đặt" in said  # The administrator's own.
    assert listed.filename not in said


def test_many_schools_are_found_and_turned_page_by_page(province: Area, area: Area, clerk: User) -> None:
    for number in range(home.SCHOOLS_ON_A_PAGE + 5):
        School.objects.create(code=f"99100{number:03d}", name=f"Trường Đồng Xanh {number}", level=1, area=area)
    sent = School.objects.get(code="99100003")
    actions.accept(
        difference=difference(keep(workbook(children(2)), sent, grant(clerk, school=sent))), by=clerk, at=NOON
    )
    client = signed_in(SPECIALIST, area=province)
    said = page(client, reverse(HOME))
    assert "Tất cả (56)" in said
    assert "Chưa gửi (55)" in said
    assert "Đã ghi sổ (1)" in said
    assert "1–50 trên 56" in said
    assert client.get(reverse(HOME)).content.decode().count('href="/ban-lam-viec/truong/') == home.SCHOOLS_ON_A_PAGE
    only = client.get(reverse(HOME) + "?tinh-trang=da-ghi").content.decode()
    assert only.count('href="/ban-lam-viec/truong/') == 1
    assert "Trường Đồng Xanh 54" in page(client, reverse(HOME) + "?tim=dong+xanh+54")
    assert "Không có trường nào như vậy" in page(client, reverse(HOME) + "?tim=khong+co")


# A school's page, a commune's page, and papers ---------------------------------------------------------------------


def slowly(year: SchoolYear) -> dict[str, set[object]]:
    """Child → papers that would settle an answer, straight from the reference engine; only those in question."""
    people = snapshot.people(list(Person.objects.values_list("pk", flat=True)), year)
    found: dict[str, set[object]] = {}
    for decision in decide(people, law=law.load(), engine=reference, year=year).rows():
        if decision.outcome is Outcome.CANNOT_SAY:
            found.setdefault(decision.learner, set()).update(papers_for(decision.missing))
    return found


def test_who_lacks_which_paper_is_what_the_reference_engine_says(listed: Upload, clerk: User, school: School) -> None:
    year = SchoolYear(2023)
    found = lacking.lacking_of(cohort.of(scope_of(clerk), year, school=school))
    assert found is not None
    slow = slowly(year)
    assert {str(line.person): set(line.papers) for line in found.lines} == slow
    assert all(
        paper_for(fact) in line.papers and not paper_for(fact).family for line in found.lines for fact in line.own
    )
    # Nothing is said of anybody's grade; two also lack the word on their household.
    assert len(slow) == 6
    assert [count for paper, count in found.papers if paper == paper_for("poverty")] == [2]
    assert found.whole.learners == 6
    assert found.whole.in_question == len(slow)
    for paper, count in found.papers:
        assert count == sum(paper in papers for papers in slow.values())
    assert sum(group.learners for group in found.classes) == 6


def test_a_schools_page_says_where_it_stands(listed: Upload, desk: Client, school: School, clerk: User) -> None:
    address = reverse("desk:school", args=[school.pk])
    said = page(desk, address)
    assert "6 em còn thiếu giấy tờ" in said
    assert "Giấy chứng nhận hộ nghèo" in said
    assert listed.filename in said
    assert "Năm học 2023–2024" in said
    assert desk.get(address + "?nam=2011-2012").status_code == 404
    keep_later(workbook(children(7)), school, clerk)
    assert "chưa được ghi vào sổ" in page(desk, address)


def test_a_school_without_a_list_says_what_to_do(desk: Client, school: School, province: Area) -> None:
    address = reverse("desk:school", args=[school.pk])
    assert "điền vào mẫu trống" in page(desk, address)
    assert "Trường chưa gửi danh sách học sinh" in page(signed_in(LEADER, area=province), address)


def test_a_communes_page_counts_its_lists(listed: Upload, area: Area, other_school: School) -> None:
    said = page(signed_in(COMMUNE, area=area), reverse("desk:area", args=[area.pk]))
    assert "1 trường trong xã chưa gửi danh sách học sinh" in said
    assert "Chưa có danh sách hộ nghèo, hộ cận nghèo đang có hiệu lực của xã" in said
    assert "6 em còn thiếu giấy tờ" in said
    assert "Giấy chứng nhận hộ nghèo" in said


def test_the_page_of_missing_papers_and_its_workbook(listed: Upload, desk: Client, clerk: User, school: School) -> None:
    said = page(desk, reverse("desk:lacking"))
    assert "6 trên 6 em chưa đủ căn cứ" in said
    names = [child["Họ và tên"] for child in children(6)]
    assert all(name in said for name in names)
    assert desk.get(reverse("desk:lacking") + "?giay=99").status_code == 404
    found = lacking.lacking_of(cohort.of(scope_of(clerk), SchoolYear(2023), school=school))
    assert found is not None
    number = next(n for n, (paper, _) in enumerate(found.papers, start=1) if paper == paper_for("poverty"))
    narrow = page(desk, reverse("desk:lacking") + f"?giay={number}")
    assert [name in narrow for name in names] == [True, True, False, False, False, False]
    response = desk.get(reverse("desk:lacking-xlsx") + f"?giay={number}")
    sheet = openpyxl.load_workbook(io.BytesIO(content(response))).worksheets[0]
    assert sorted(str(row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)) == sorted(names[:2])
    assert Reading.objects.get(act="export").people == 2


def test_too_many_children_are_not_decided_while_a_person_waits(
    listed: Upload, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lacking, "MOST", 5)
    said = page(desk, reverse("desk:lacking"))
    assert "6 em là nhiều hơn 5 em" in said
    assert desk.get(reverse("desk:lacking-xlsx")).status_code == 404


def test_before_any_list_the_page_of_missing_papers_says_so(desk: Client) -> None:
    assert "Chưa có danh sách nào được chấp nhận" in page(desk, reverse("desk:lacking"))


def test_the_payable_list_leaves_a_line_in_the_log(upload: Upload, desk: Client) -> None:
    desk.get(reverse("desk:payable", args=[upload.pk, "xlsx"]))
    line = Reading.objects.get()
    assert (line.act, line.people) == ("export", 3)


def test_a_school_elsewhere_is_not_there(listed: Upload, desk: Client, other_school: School) -> None:
    assert desk.get(reverse("desk:school", args=[other_school.pk])).status_code == 404
    assert desk.get(f"{reverse('desk:lacking')}?noi=truong-{other_school.pk}").status_code == 404
