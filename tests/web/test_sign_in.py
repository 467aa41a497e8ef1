"""Signing in: wrong passwords are counted, second factors asked for, sessions ended, and no address leads away."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from ansinh.web.access import ADMINISTRATOR, AUDITOR, CLERK, COMMUNE, LEADER, ROLES, SECOND_FACTOR_ROLES, SPECIALIST
from ansinh.web.registry import sealed
from ansinh.web.registry.accounts import factors_under_old_keys
from ansinh.web.registry.models import AccountAct, AccountEvent, User
from ansinh.web.site.settings import CACHES, mail
from ansinh.web.site.templatetags.words import browser

from .conftest import PASSWORD

NEW = "bon-tu-rat-dai-nhe"
NOW = 1_900_000_000.0


@pytest.fixture
def compulsory() -> Iterator[None]:
    """As everywhere but in the demo."""
    with override_settings(SECOND_FACTOR_COMPULSORY=True):
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock by which codes are reckoned; `clock.now` may be set."""
    found = SimpleNamespace(now=NOW)
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: found.now))
    return found


def code_of(secret: str, now: float = NOW, period_seconds: int = 30) -> str:
    """RFC 6238 written out: what the phone shows at an instant."""
    count = int(now // period_seconds).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), count, hashlib.sha1)
    start = digest[-1] % 16
    number = int.from_bytes(digest[start : start + 4], "big") % 2**31
    return f"{number % 10**6:06d}"


def sign_in(person: User, password: str = PASSWORD, client: Client | None = None, **more: str) -> Client:
    """A browser that went through the sign-in page; `client.answer` is what came back."""
    client = client or Client()
    sent = {"username": person.username, "password": password, **more}
    client.answer = client.post(reverse("sign-in"), sent)  # type: ignore[attr-defined]
    return client


def text_of(client: Client, name: str) -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return unescape(response.content.decode())


def set_up_totp(client: Client) -> str:
    """Set up an authenticator app as the page says; its secret."""
    found = re.search(r'class="hash secret">([A-Z2-7]+)<', text_of(client, "mfa_activate_totp"))
    assert found is not None
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    return found[1]


def signed_in(client: Client) -> bool:
    return client.get(reverse("desk:home")).status_code != 302


# Passwords ------------------------------------------------------------------------------------------------------


def test_a_wrong_name_and_a_wrong_password_read_alike(clerk: User) -> None:
    pages = []
    for username in (clerk.username, "khong-co-ai"):
        page = Client().post(reverse("sign-in"), {"username": username, "password": "sai"})
        pages.append(re.sub(r'value="[^"]*"', "", page.content.decode()))
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in pages[0]
    assert pages[0] == pages[1]


def test_after_five_wrong_passwords_the_right_one_is_refused_too(clerk: User, other_clerk: User) -> None:
    for _ in range(5):
        assert "không đúng" in sign_in(clerk, "sai").answer.content.decode()  # type: ignore[attr-defined]
    locked = sign_in(clerk)
    assert "Hãy thử lại sau 15 phút" in locked.answer.content.decode()  # type: ignore[attr-defined]
    assert not signed_in(locked)
    assert signed_in(sign_in(other_clerk))


def test_a_name_that_does_not_exist_is_locked_just_the_same(db: None) -> None:
    nobody = User(username="khong-co-ai")
    for _ in range(5):
        sign_in(nobody, "sai")
    assert "Hãy thử lại sau 15 phút" in sign_in(nobody, "sai").answer.content.decode()  # type: ignore[attr-defined]


def test_signing_in_rightly_is_not_held_against_the_office(clerk: User) -> None:
    for _ in range(25):
        assert signed_in(sign_in(clerk))


def test_one_address_that_tries_many_names_is_stopped(db: None) -> None:
    answers = [sign_in(User(username=f"ten-{n}"), "sai").answer for n in range(61)]  # type: ignore[attr-defined]
    assert "Hãy thử lại sau 15 phút" in answers[20].content.decode()
    assert answers[59].status_code == 200
    assert answers[60].status_code == 429
    assert "Yêu cầu gửi quá dày" in answers[60].content.decode()


@pytest.mark.django_db(transaction=True)
def test_workers_count_the_same_attempts() -> None:
    """The cache of a real server lies in its database: what one worker counts, another reads."""
    with override_settings(CACHES={**CACHES, "other": CACHES["default"]}):
        call_command("createcachetable", verbosity=0)
        caches["default"].set("lan-thu", [1.0, 2.0])
        assert caches["other"] is not caches["default"]
        assert caches["other"].get("lan-thu") == [1.0, 2.0]
        person = User.objects.create_user("van-thu-chung", password=PASSWORD, role=CLERK)
        for _ in range(5):
            sign_in(person, "sai")
        assert "Hãy thử lại sau 15 phút" in sign_in(person).answer.content.decode()  # type: ignore[attr-defined]
        caches["default"].clear()


@pytest.mark.parametrize(
    "away",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_signing_in_never_leads_away(clerk: User, away: str) -> None:
    assert sign_in(clerk, next=away).answer.headers["Location"] == reverse("desk:home")  # type: ignore[attr-defined]
    again = sign_in(clerk)
    for name in ("sign-in", "account_reauthenticate", "mfa_authenticate"):
        assert "evil" not in again.get(reverse(name), {"next": away}).headers.get("Location", "")
    sent = again.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": away})
    assert sent.headers["Location"] == reverse("desk:home")


def test_signing_in_goes_on_to_the_page_asked_for(clerk: User) -> None:
    asked = reverse("desk:upload")
    to_sign_in = Client().get(asked).headers["Location"]
    page = Client().get(to_sign_in).content.decode()
    assert f'name="next" value="{asked}"' in page
    assert sign_in(clerk, next=asked).answer.headers["Location"] == asked  # type: ignore[attr-defined]


def test_the_last_sign_in_is_told(clerk: User) -> None:
    assert "Lần đăng nhập trước" not in text_of(sign_in(clerk), "desk:home")
    again = text_of(sign_in(clerk), "desk:home")
    assert re.search(r"Lần đăng nhập trước: \d\d/\d\d/\d{4} \d\d:\d\d\.", again)


def test_a_suspended_account_cannot_sign_in(clerk: User) -> None:
    clerk.is_active = False
    clerk.save()
    client = sign_in(clerk)
    assert client.answer.headers["Location"] == reverse("account_inactive")  # type: ignore[attr-defined]
    assert "Tài khoản đang tạm dừng" in text_of(client, "account_inactive")
    assert not signed_in(client)


def test_no_address_signs_anybody_up() -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in names if "signup" in name or "set_password" in name or "reset" in name}


def test_a_password_like_ones_own_name_is_refused(clerk: User) -> None:
    client = sign_in(clerk)
    sent = {"old_password": PASSWORD, "new_password1": "Văn thư (đặt ra)", "new_password2": "Văn thư (đặt ra)"}
    assert client.post(reverse("password"), sent).status_code == 200
    short = {"old_password": PASSWORD, "new_password1": "ngan", "new_password2": "ngan"}
    assert "ít nhất 12 ký tự" in client.post(reverse("password"), short).content.decode()


# Sessions -------------------------------------------------------------------------------------------------------


def test_changing_the_password_signs_out_everywhere_else(clerk: User) -> None:
    here, there = sign_in(clerk), sign_in(clerk)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post(reverse("password"), sent).headers["Location"] == reverse("password-done")
    assert signed_in(here)
    assert not signed_in(there)
    assert AccountEvent.objects.get(account=clerk).act == AccountAct.PASSWORD_CHANGED
    assert len(re.findall("Phiên này", text_of(here, "usersessions_list"))) == 1
    assert UserSession.objects.filter(user=clerk).count() == 1


def test_one_session_or_all_others_are_ended(clerk: User, other_clerk: User) -> None:
    here, there, third, stranger = (sign_in(one) for one in (clerk, clerk, clerk, other_clerk))
    assert text_of(here, "usersessions_list").count("Đăng xuất nơi này") == 2
    named = UserSession.objects.get(session_key=there.session.session_key).pk
    here.post(reverse("usersessions_list"), {"phien": named})
    assert [signed_in(one) for one in (here, there, third)] == [True, False, True]
    theirs = UserSession.objects.get(user=other_clerk).pk
    for wrong in (theirs, "x", "-1"):
        here.post(reverse("usersessions_list"), {"phien": wrong})
    here.post(reverse("usersessions_list"))
    assert [signed_in(one) for one in (here, third, stranger)] == [True, False, True]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
         "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/130.0 Chrome/124.0 Safari/537.36",
         "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
         "Safari, iPhone"),
        ("curl/8.5", "curl/8.5"),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_its_name(sent: str, read: str) -> None:
    assert browser(sent) == read


# The second factor ----------------------------------------------------------------------------------------------


def test_those_who_approve_export_or_administer_must_have_a_second_factor() -> None:
    assert set(SECOND_FACTOR_ROLES) == {SPECIALIST, LEADER, AUDITOR, ADMINISTRATOR}


@pytest.mark.parametrize("role", ROLES)
def test_without_a_second_factor_nothing_else_opens(role: str, db: None, compulsory: None) -> None:
    person = User.objects.create_user("nguoi-thu", password=PASSWORD, role=role)
    client = sign_in(person)
    answer = client.get(reverse("desk:home"))
    if role not in SECOND_FACTOR_ROLES:
        assert answer.status_code == 200
        return
    for name in ("desk:home", "desk:upload", "desk:people", "desk:invite"):
        assert client.get(reverse(name)).headers["Location"] == reverse("mfa_index"), name
    assert client.post(reverse("desk:invite"), {"username": "x"}).headers["Location"] == reverse("mfa_index")
    assert "Hãy đặt bước xác thực thứ hai trước khi làm việc" in text_of(client, "mfa_index")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "password", "usersessions_list", "portal:front"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.post(reverse("sign-out")).headers["Location"] == reverse("portal:front")


def test_a_session_that_never_went_through_the_sign_in_page_is_held_too(specialist: User, compulsory: None) -> None:
    client = Client()
    client.force_login(specialist)
    assert client.get(reverse("desk:home")).headers["Location"] == reverse("mfa_index")


def test_the_demo_shows_the_offer_and_lets_pass(specialist: User) -> None:
    with override_settings(DEMO=True):
        page = text_of(sign_in(specialist), "desk:home")
    assert "Ngoài bản dùng thử, vai trò này phải có bước xác thực thứ hai." in page
    assert "Ngoài bản dùng thử, vai trò" not in text_of(sign_in(specialist), "desk:home")


def test_an_authenticator_app_from_set_up_to_sign_in(
    specialist: User, compulsory: None, clock: SimpleNamespace
) -> None:
    client = sign_in(specialist)
    secret = set_up_totp(client)
    codes = re.findall(r"<li><code>(\d+)</code></li>", text_of(client, "mfa_view_recovery_codes"))
    assert len(set(codes)) == 10
    assert signed_in(client)
    assert AccountEvent.objects.get(account=specialist).act == AccountAct.FACTOR_ADDED

    clock.now += 60
    fresh = sign_in(specialist)
    assert fresh.answer.headers["Location"] == reverse("mfa_authenticate")  # type: ignore[attr-defined]
    assert not signed_in(fresh)
    wrong = fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    right = {"code": code_of(secret, clock.now)}
    assert fresh.post(reverse("mfa_authenticate"), right).headers["Location"] == reverse("desk:home")
    assert signed_in(fresh)

    replayed = sign_in(specialist)
    assert "Mã không đúng" in replayed.post(reverse("mfa_authenticate"), right).content.decode()
    by_paper = {"code": codes[3]}
    assert replayed.post(reverse("mfa_authenticate"), by_paper).headers["Location"] == reverse("desk:home")
    twice = sign_in(specialist)
    assert "Mã không đúng" in twice.post(reverse("mfa_authenticate"), by_paper).content.decode()


def test_codes_cannot_be_tried_out(specialist: User, clock: SimpleNamespace) -> None:
    secret = set_up_totp(sign_in(specialist))
    clock.now += 60
    client = sign_in(specialist)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret, clock.now)})
    assert "Hãy thử lại sau 15 phút" in answer.content.decode()
    assert not signed_in(client)


def test_without_the_second_factor_taken_off_again_nothing_opens(
    specialist: User, compulsory: None, clock: SimpleNamespace
) -> None:
    client = sign_in(specialist)
    set_up_totp(client)
    assert client.post(reverse("mfa_deactivate_totp")).headers["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert client.get(reverse("desk:home")).headers["Location"] == reverse("mfa_index")


def test_changing_the_second_factor_later_asks_for_the_password(
    specialist: User, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(specialist)
    set_up_totp(client)
    monkeypatch.setattr("ansinh.web.site.sign_in.JUST_NOW_SECONDS", -1)
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_deactivate_totp", "mfa_add_webauthn"):
        to_confirm = client.get(reverse(name)).headers["Location"]
        assert to_confirm.startswith(reverse("account_reauthenticate")), name
    page = client.get(to_confirm).content.decode()
    assert "mã của ứng dụng, hoặc mã dự phòng" in page
    assert "Mật khẩu không đúng" in client.post(to_confirm, {"password": "sai"}).content.decode()
    assert Authenticator.objects.count() == 2


def test_the_secrets_of_second_factors_lie_under_seal(
    specialist: User, clock: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    client = sign_in(specialist)
    secret = set_up_totp(client)
    kept = {factor.type: factor.data for factor in Authenticator.objects.all()}
    assert secret not in str(kept)
    assert sealed.unseal(kept["totp"]["secret"]) == secret
    with override_settings(IDENTITY_KEYS=[sealed.new_key(), *settings.IDENTITY_KEYS]):
        broken = Authenticator.objects.create(user=User.objects.create_user("khac"), type="totp", data={"secret": "x"})
        call_command("reseal", check=True)
        with pytest.raises(CommandError, match="1 giá trị"):
            call_command("reseal")
        assert factors_under_old_keys() == [broken]
        broken.delete()
        call_command("reseal")
        said = re.findall(r"mfa_authenticator.data: (\d)", capsys.readouterr().out)
        assert said == ["3", "2", "0"]
        newest_alone = settings.IDENTITY_KEYS[:1]
        with override_settings(IDENTITY_KEYS=newest_alone):
            clock.now += 60
            fresh = sign_in(specialist)
            fresh.post(reverse("mfa_authenticate"), {"code": code_of(secret, clock.now)})
            assert signed_in(fresh)


def test_recovery_codes_are_downloaded_and_made_anew(specialist: User, clock: SimpleNamespace) -> None:
    client = sign_in(specialist)
    set_up_totp(client)
    file = client.get(reverse("mfa_download_recovery_codes"))
    first = re.findall(r"^\d{8}$", file.content.decode(), flags=re.M)
    assert len(first) == 10
    assert "attachment" in file.headers["Content-Disposition"]
    assert "10 mã cũ" in text_of(client, "mfa_generate_recovery_codes")
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(first) & set(re.findall(r"\d{8}", text_of(client, "mfa_view_recovery_codes")))


@pytest.mark.parametrize("role", [CLERK, COMMUNE])
def test_a_clerk_and_a_commune_officer_may_have_one(role: str, db: None, clock: SimpleNamespace) -> None:
    person = User.objects.create_user("nguoi-thu", password=PASSWORD, role=role)
    set_up_totp(sign_in(person))
    assert not signed_in(sign_in(person))


def test_no_page_of_the_account_speaks_the_wrong_language(specialist: User, clock: SimpleNamespace) -> None:
    client = sign_in(specialist)
    client.post(reverse("set-language"), {"language": "en"})
    set_up_totp(client)
    for name in ("mfa_index", "usersessions_list", "password", "mfa_view_recovery_codes", "mfa_add_webauthn"):
        main = text_of(client, name).split("<main", 1)[1].split("</main>")[0]
        spoken = re.sub(r"<[^>]+>|\S*@\S*|" + re.escape(specialist.username), " ", main)
        assert not re.search("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", spoken), (name, spoken)


# Mail -----------------------------------------------------------------------------------------------------------


def test_mail_is_set_by_its_address(tmp_path: Path) -> None:
    there = mail("smtp://ai:m%40t@thu.example.org", tmp_path)
    assert (there["EMAIL_HOST"], there["EMAIL_PORT"], there["EMAIL_HOST_PASSWORD"]) == ("thu.example.org", 587, "m@t")
    assert (there["EMAIL_USE_TLS"], there["EMAIL_USE_SSL"]) == (True, False)
    assert mail("smtps://thu.example.org", tmp_path)["EMAIL_USE_SSL"] is True
    with pytest.raises(ValueError, match="smtp"):
        mail("http://x", tmp_path)
