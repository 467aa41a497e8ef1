"""Accounts: by invitation alone, by an administrator alone, every act logged, and never to oneself."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ansinh.web.access import ADMINISTRATOR, CLERK, EDITOR, LEADER, ROLES, SPECIALIST
from ansinh.web.registry import accounts
from ansinh.web.registry.models import AccountAct, AccountEvent, Area, Grant, Invitation, School, User
from ansinh.web.registry.queries import accounts_like, invitation_of, places_like, token_of
from ansinh.web.registry.scope import scope_of

from .conftest import BEGAN, NOON, PASSWORD, grant

NEW = "bon-tu-rat-dai-nhe"
WEEK = timedelta(days=7)
SEPTEMBER = date(2025, 9, 5)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_user("quan-tri", password=PASSWORD, role=ADMINISTRATOR, full_name="Quản trị (đặt ra)")


@pytest.fixture
def another(db: None) -> User:
    return User.objects.create_user("quan-tri-2", password=PASSWORD, role=ADMINISTRATOR)


@pytest.fixture
def office(administrator: User) -> Client:
    """A browser in which the administrator is signed in."""
    client = Client()
    client.force_login(administrator)
    return client


def invite(by: User, username: str = "moi-den", role: str = CLERK, **more: Any) -> Invitation:
    named = {"full_name": "Người mới (đặt ra)", "email": "", "at": timezone.now(), **more}
    return accounts.invite(username=username, role=role, by=by, **named)


def page_of(client: Client, account: User, query: str = "") -> str:
    response = client.get(reverse("desk:person", args=[account.pk]) + query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def do(client: Client, act: str, account: User, **sent: Any) -> str:
    """One button of the account's page; the page it leads back to."""
    response = client.post(reverse(f"desk:person-{act}", args=[account.pk]), sent, follow=True)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def acts(account: User) -> list[str]:
    return [event.act for event in AccountEvent.objects.filter(account=account).order_by("id")]


# Invitations ----------------------------------------------------------------------------------------------------


def test_from_an_invitation_to_the_first_sign_in(office: Client, administrator: User, school: School) -> None:
    sent = {"full_name": "Thạch Thị Mới", "username": "thach-moi", "email": "moi@example.org", "role": CLERK}
    response = office.post(reverse("desk:invite"), sent)
    account = User.objects.get(username="thach-moi")
    assert response.headers["Location"] == reverse("desk:person", args=[account.pk])
    assert f"Đã cấp {school.name}" in do(office, "grant", account, place=f"school-{school.pk}", since="2025-09-05")
    page = page_of(office, account)
    link = re.search(r'value="http://testserver(/loi-moi/[^"]+)" readonly', page)
    assert link is not None
    assert mail.outbox[0].to == ["moi@example.org"]
    assert f"http://testserver{link[1]}" in mail.outbox[0].body
    assert "You are invited to An Sinh" in mail.outbox[0].body

    guest = Client()
    assert "Thạch Thị Mới" in guest.get(link[1]).content.decode()
    weak = guest.post(link[1], {"new_password1": "Thạch Thị Mới", "new_password2": "Thạch Thị Mới"})
    assert 'class="errors"' in weak.content.decode()
    taken = guest.post(link[1], {"new_password1": NEW, "new_password2": NEW})
    assert taken.headers["Location"] == reverse("sign-in")
    answer = guest.post(reverse("sign-in"), {"username": "thach-moi", "password": NEW}, follow=True)
    assert school.name in answer.content.decode()
    assert acts(account) == [AccountAct.INVITED, AccountAct.GRANTED, AccountAct.INVITATION_TAKEN]
    assert list(scope_of(account, date(2025, 9, 5)).schools()) == [school]
    assert not scope_of(account, date(2025, 9, 4)).schools()


def test_nobody_signs_in_before_the_invitation_is_taken_up(administrator: User) -> None:
    account = invite(administrator).account
    for password in ("", "!", account.password):
        client = Client()
        client.post(reverse("sign-in"), {"username": account.username, "password": password})
        assert client.get(reverse("desk:home")).status_code == 302


@pytest.mark.parametrize("ended", ["used", "expired", "withdrawn", "replaced", "suspended", "forged"])
def test_a_link_that_has_ended_opens_nothing(ended: str, administrator: User) -> None:
    at = timezone.now() - WEEK if ended == "expired" else timezone.now()
    invitation = invite(administrator, at=at)
    account, token, now = invitation.account, token_of(invitation), timezone.now()
    if ended == "used":
        accounts.take_up(invitation=invitation, password=PASSWORD, at=now)
    elif ended == "withdrawn":
        accounts.withdraw_invitation(invitation=invitation, by=administrator, at=now)
    elif ended == "replaced":
        accounts.invite_again(account=account, by=administrator, at=now)
    elif ended == "suspended":
        accounts.suspend(account=account, by=administrator, at=now)
    elif ended == "forged":
        token = token_of(Invitation(pk=invitation.pk + 1)).split(":")[0] + ":" + token.split(":", 1)[1]
    before = User.objects.get(pk=account.pk).password
    address = reverse("invitation", args=[token])
    for response in (Client().get(address), Client().post(address, {"new_password1": NEW, "new_password2": NEW})):
        assert response.status_code == 410
        assert "Đường dẫn không còn dùng được" in response.content.decode()
    assert User.objects.get(pk=account.pk).password == before
    if ended != "forged":
        with pytest.raises(ValidationError):
            accounts.take_up(invitation=invitation, password=NEW, at=now)


def test_a_link_is_good_for_seven_days_and_no_longer(administrator: User) -> None:
    invitation = invite(administrator, at=NOON)
    token = token_of(invitation)
    assert invitation_of(token, NOON + WEEK - timedelta(seconds=1)) == invitation
    assert invitation_of(token, NOON + WEEK) is None


def test_a_forgotten_password_is_set_anew_and_every_session_ends(office: Client, clerk: User) -> None:
    browser = Client()
    browser.post(reverse("sign-in"), {"username": clerk.username, "password": PASSWORD})
    locked_out = Client()
    for _ in range(5):
        locked_out.post(reverse("sign-in"), {"username": clerk.username, "password": "sai"})
    page = do(office, "invite", clerk)
    link = re.search(r"/loi-moi/[^\"]+", page)
    assert link is not None
    assert browser.get(reverse("desk:home")).status_code == 200  # Until the link is used the old password stays.
    locked_out.post(link[0], {"new_password1": NEW, "new_password2": NEW})
    assert browser.get(reverse("desk:home")).status_code == 302
    locked_out.post(reverse("sign-in"), {"username": clerk.username, "password": NEW})
    assert locked_out.get(reverse("desk:home")).status_code == 200


def test_whoever_is_signed_in_in_the_browser_is_signed_out_first(desk: Client, administrator: User) -> None:
    link = reverse("invitation", args=[token_of(invite(administrator))])
    desk.post(link, {"new_password1": NEW, "new_password2": NEW})
    assert desk.get(reverse("desk:home")).status_code == 302


def test_a_mail_server_that_fails_loses_no_invitation(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    sent = {"full_name": "Người Mới", "username": "moi", "email": "moi@example.org", "role": CLERK}
    page = office.post(reverse("desk:invite"), sent, follow=True).content.decode()
    assert "Chưa gửi được thư" in page
    assert "/loi-moi/" in page


def test_a_refused_form_says_what_to_mend(office: Client, clerk: User) -> None:
    sent = {"full_name": "", "username": clerk.username, "email": "x", "role": "king"}
    response = office.post(reverse("desk:invite"), sent)
    assert response.status_code == 422
    page = unescape(response.content.decode())
    assert "Tên đăng nhập này đã có người dùng" in page
    accented = office.post(reverse("desk:invite"), {**sent, "username": "hoà bình"}).content.decode()
    assert "chỉ gồm chữ không dấu" in accented
    assert not Invitation.objects.exists()


# Rights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in ROLES if role != ADMINISTRATOR])
def test_nobody_but_an_administrator_touches_an_account(role: str, clerk: User, school: School) -> None:
    by = User.objects.create_user("nguoi-khac", role=role)
    given = clerk.grants.get()
    named = {"by": by, "at": NOON}
    for act in (
        lambda: invite(by),
        lambda: accounts.invite_again(account=clerk, **named),
        lambda: accounts.change_role(account=clerk, role=LEADER, **named),
        lambda: accounts.grant(account=clerk, place=school, since=SEPTEMBER, **named),
        lambda: accounts.end_grant(given=given, until=SEPTEMBER, **named),
        lambda: accounts.suspend(account=clerk, **named),
        lambda: accounts.restore(account=clerk, **named),
        lambda: accounts.clear_second_factor(account=clerk, **named),
    ):
        with pytest.raises(PermissionDenied):
            act()
    client = Client()
    client.force_login(by)
    assert client.get(reverse("desk:people")).status_code == 403
    assert client.post(reverse("desk:person-role", args=[clerk.pk]), {"role": LEADER}).status_code == 403
    assert not AccountEvent.objects.exists()


def test_an_administrator_gives_themself_nothing(
    office: Client, administrator: User, another: User, school: School, area: Area
) -> None:
    for act, sent in (
        ("role", {"role": SPECIALIST}),
        ("grant", {"place": f"area-{area.pk}", "since": "2025-09-05"}),
        ("suspend", {}),
        ("second-factor", {}),
    ):
        assert "Không ai tự sửa quyền của mình" in do(office, act, administrator, **sent), act
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == (ADMINISTRATOR, True)
    assert not administrator.grants.exists()
    assert not AccountEvent.objects.exists()
    assert "Việc làm được" not in page_of(office, administrator)


def test_a_role_that_reads_nothing_is_granted_nothing(office: Client, another: User, area: Area) -> None:
    editor = User.objects.create_user("bien-tap", role=EDITOR)
    for account in (another, editor):
        sent = {"place": f"area-{area.pk}", "since": "2025-09-05"}
        assert "không xem dữ liệu của trường nào" in do(office, "grant", account, **sent)
    assert not Grant.objects.exists()


def test_the_last_administrator_stays(administrator: User, another: User) -> None:
    accounts.suspend(account=another, by=administrator, at=NOON)
    # As when two suspend each other at the same moment: `another` was let through before, and now comes to the lock.
    another.is_active = True
    with pytest.raises(ValidationError, match="cuối cùng"):
        accounts.suspend(account=administrator, by=another, at=NOON)
    with pytest.raises(ValidationError, match="cuối cùng"):
        accounts.change_role(account=administrator, role=LEADER, by=another, at=NOON)
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == (ADMINISTRATOR, True)


# Acts -----------------------------------------------------------------------------------------------------------


def test_a_suspended_account_is_out_at_once_and_comes_back_as_it_was(office: Client, clerk: User) -> None:
    browser = Client()
    browser.post(reverse("sign-in"), {"username": clerk.username, "password": PASSWORD})
    assert "Tạm dừng" in do(office, "suspend", clerk)
    assert browser.get(reverse("desk:home")).status_code == 302
    assert not scope_of(User.objects.get(pk=clerk.pk)).schools()
    assert "Đang dùng" in do(office, "restore", clerk)
    assert browser.get(reverse("desk:home")).status_code == 302  # The old session does not come back.
    browser.post(reverse("sign-in"), {"username": clerk.username, "password": PASSWORD})
    assert browser.get(reverse("desk:home")).status_code == 200
    assert acts(clerk) == [AccountAct.SUSPENDED, AccountAct.RESTORED]


def test_a_role_changes_and_the_log_says_so(office: Client, administrator: User, clerk: User) -> None:
    page = do(office, "role", clerk, role=LEADER)
    event = AccountEvent.objects.get(account=clerk)
    assert (event.act, event.what, event.by) == (AccountAct.ROLE_CHANGED, LEADER, administrator)
    log = page.split('id="so"')[1]
    assert "Đổi vai trò" in log
    assert "Lãnh đạo Sở" in log
    assert str(administrator) in log
    do(office, "role", clerk, role=LEADER)
    assert AccountEvent.objects.count() == 1
    assert "Hãy chọn một vai trò" in do(office, "role", clerk, role="king")


def test_a_grant_has_days_and_is_ended_not_edited(office: Client, other_clerk: User, school: School) -> None:
    place = f"school-{school.pk}"
    do(office, "grant", other_clerk, place=place, since="2025-09-05", until="2026-06-01")
    given = other_clerk.grants.get(school=school)
    assert (given.since, given.until) == (SEPTEMBER, date(2026, 6, 1))
    assert "đã có phạm vi này" in do(office, "grant", other_clerk, place=place, since="2026-05-31")
    assert "Đã cấp" in do(office, "grant", other_clerk, place=place, since="01/06/2026")
    assert "phải sau ngày bắt đầu" in do(
        office, "grant", other_clerk, place=place, since="2025-01-02", until="2025-01-02"
    )
    assert "Hãy ghi ngày bắt đầu" in do(office, "grant", other_clerk, place=place, since="mai")
    do(office, "end-grant", other_clerk, grant=given.pk, until="2025-12-31")
    given.refresh_from_db()
    assert given.until == date(2025, 12, 31)
    assert "Hãy ghi ngày thôi cấp" in do(office, "end-grant", other_clerk, grant=given.pk, until="")
    do(office, "end-grant", other_clerk, grant=given.pk, until="2025-09-05")  # Never held: it is taken away whole.
    assert not Grant.objects.filter(pk=given.pk).exists()
    assert acts(other_clerk).count(AccountAct.GRANT_ENDED) == 2


def test_only_what_is_there_is_granted_or_ended(office: Client, clerk: User, other_clerk: User) -> None:
    theirs = other_clerk.grants.get().pk
    for act, sent in (
        ("grant", {"place": "school-999999", "since": "2025-09-05"}),
        ("grant", {"place": "user-1", "since": "2025-09-05"}),
        ("end-grant", {"grant": theirs, "until": "2025-09-05"}),
        ("end-grant", {"grant": "x", "until": "2025-09-05"}),
    ):
        assert office.post(reverse(f"desk:person-{act}", args=[clerk.pk]), sent).status_code == 404, sent
    assert office.get(reverse("desk:person", args=[999_999])).status_code == 404


def test_a_lost_second_factor_is_taken_off(office: Client, specialist: User) -> None:
    Authenticator.objects.create(user=specialist, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "Bỏ bước xác thực thứ hai" in page_of(office, specialist)
    do(office, "second-factor", specialist)
    assert not Authenticator.objects.exists()
    assert acts(specialist) == [AccountAct.FACTOR_REMOVED]


def test_places_are_found_without_accents_and_by_code(school: School, other_school: School, area: Area) -> None:
    assert list(places_like("thu nghiem")) == [school]
    assert list(places_like(other_school.code)) == [other_school]
    assert {str(place) for place in places_like("thu")} == {"Tỉnh Thử", "Xã Thử", school.name}
    past = Area.objects.create(code="99002", name="Xã Cũ", kind="xã", since=date(2020, 1, 1), until=BEGAN)
    assert past not in set(places_like("xa cu"))


def test_accounts_are_found_and_their_scope_is_said(office: Client, clerk: User, school: School, area: Area) -> None:
    assert accounts_like(NOON, "van thu dat ra", "") == [clerk]
    assert accounts_like(NOON, "", LEADER) == []
    page = unescape(office.get(reverse("desk:people"), {"tim": "van-thu"}).content.decode())
    row = page.split("<tbody>")[1]
    for words in (str(clerk), "Văn thư trường", school.name, "chưa", "Đang dùng"):
        assert words in row, words
    for number in range(4):
        other = School.objects.create(code=f"9900050{number}", name=f"Trường {number}", level=school.level, area=area)
        grant(clerk, school=other)
    page = unescape(office.get(reverse("desk:people"), {"vai-tro": CLERK}).content.decode())
    assert "Trường 0; Trường 1; Trường 2 và 2 nơi nữa" in page
    assert "Không có tài khoản nào khớp" in office.get(reverse("desk:people"), {"tim": "khong co ai"}).content.decode()


def test_the_list_asks_the_database_no_more_for_more_accounts(
    office: Client, school: School, area: Area, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        person = User.objects.create_user(f"nguoi-{number}", role=CLERK)
        grant(person, school=school)
        grant(person, area=area)
    with django_assert_max_num_queries(8):
        office.get(reverse("desk:people"))


def test_the_database_refuses_what_the_rules_forbid(administrator: User, clerk: User) -> None:
    invitation = invite(administrator)
    standing = {"account": invitation.account, "at": NOON, "until": NOON + WEEK}
    for change in (
        lambda: Invitation.objects.create(**standing),
        lambda: Invitation.objects.create(**{**standing, "account": clerk, "until": NOON}),
        lambda: Invitation.objects.filter(pk=invitation.pk).update(taken_at=NOON, withdrawn_at=NOON),
        lambda: AccountEvent.objects.create(account=clerk, act="crowned", at=NOON),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# The command line -----------------------------------------------------------------------------------------------


def test_the_first_administrator_comes_by_the_command_line(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_administrator", "quan-tri", full_name="Quản trị", address="https://an-sinh.example.org/")
    said = capsys.readouterr().out
    link = re.search(r"https://an-sinh\.example\.org(/loi-moi/\S+)", said)
    assert link is not None
    account = User.objects.get()
    assert account.role == ADMINISTRATOR
    assert not account.has_usable_password()
    assert AccountEvent.objects.get().by is None
    Client().post(link[1], {"new_password1": NEW, "new_password2": NEW})
    account.refresh_from_db()
    assert account.check_password(NEW)

    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    call_command("create_administrator", "quan-tri", clear_second_factor=True)
    assert "/loi-moi/" in capsys.readouterr().out
    assert not Authenticator.objects.exists()


def test_the_command_line_takes_nobody_elses_account(clerk: User) -> None:
    with pytest.raises(CommandError, match="không phải quản trị"):
        call_command("create_administrator", clerk.username)
    with pytest.raises(CommandError):
        call_command("create_administrator", "tên có dấu cách")
    assert not Invitation.objects.exists()
