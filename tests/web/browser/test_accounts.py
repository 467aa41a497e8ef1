"""Signing in as people do: with a phone, without JavaScript, with a passkey; and every screen of accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from ansinh.web.access import ADMINISTRATOR, CLERK
from ansinh.web.registry import accounts
from ansinh.web.registry.models import AccountEvent, School, User
from ansinh.web.registry.queries import token_of

from ..conftest import PASSWORD
from ..test_sign_in import code_of
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import _look as look

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "bon-tu-rat-dai-nhe"
A_DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def _codes_of_a_day() -> Iterator[None]:
    """A code that lasts: a slow machine may take longer over a page than the half minute of a real one."""
    with override_settings(MFA_TOTP_PERIOD=A_DAY):
        yield


@pytest.fixture
def administrator(transactional_db: None) -> User:
    return User.objects.create_user("quan-tri", password=PASSWORD, role=ADMINISTRATOR, full_name="Quản trị (đặt ra)")


def _code_now(page: Page) -> str:
    secret = page.locator(".secret").inner_text()
    return code_of(secret, timezone.now().timestamp(), A_DAY)


def _virtual_key(page: Page) -> None:
    """A platform authenticator with a finger always on it, as a phone has."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_screen_of_ones_own_account(
    size: dict[str, int], scheme: str, open_page: OpenPage, specialist: User
) -> None:
    page = open_page(size, scheme)
    page.goto("/dang-nhap/")
    page.fill("#id_username", specialist.username)
    page.fill("#id_password", "sai")
    go(page, "main button[type=submit]")
    look(page, "sign-in-wrong", size, scheme)
    with override_settings(SECOND_FACTOR_COMPULSORY=True):
        page.fill("#id_password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/tai-khoan/")
        look(page, "account-lacks", size, scheme)
        go(page, "text=Đặt ứng dụng tạo mã")
        look(page, "totp", size, scheme)
        page.fill("#id_code", _code_now(page))
        page.click("main button[type=submit]")
        page.wait_for_url("**/ma-du-phong/")
        look(page, "codes", size, scheme)
        page.click("text=Đã cất, vào bàn làm việc")
        page.wait_for_url("**/ban-lam-viec/")
    for name in ("mfa_index", "usersessions_list", "password", "mfa_add_webauthn", "mfa_deactivate_totp",
                 "mfa_generate_recovery_codes", "account_reauthenticate", "mfa_reauthenticate"):  # fmt: skip
        page.goto(reverse(name))
        look(page, name.replace("_", "-"), size, scheme)
    page.goto(reverse("account_inactive"))
    look(page, "suspended", size, scheme)
    page.goto(reverse("mfa_index"))
    go(page, ".account button")
    sign_in_first_step(page, specialist)
    look(page, "second-step", size, scheme)


def sign_in_first_step(page: Page, person: User) -> None:
    page.goto("/dang-nhap/")
    page.fill("#id_username", person.username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/buoc-hai/")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_screen_of_the_administrator(
    size: dict[str, int], open_page: OpenPage, administrator: User, clerk: User, specialist: User, other_school: School
) -> None:
    page = open_page(size)
    sign_in(page, administrator)
    look(page, "home-administrator", size, "light")
    page.goto(reverse("desk:people"))
    look(page, "people", size, "light")
    go(page, "text=Mời một người")
    look(page, "invite", size, "light")
    page.fill("#id_full_name", "Thạch Thị Ngọc Ánh (đặt ra)")
    page.fill("#id_username", "van thu moi")
    page.select_option("#id_role", CLERK)
    page.click("main button.first")
    page.wait_for_selector(".errors")
    look(page, "invite-refused", size, "light")
    page.fill("#id_username", "van-thu-moi")
    page.click("main button.first")
    page.wait_for_selector("#link")
    page.fill("#tim", "ben kia")
    page.click("main form[role=search] button")
    expect(page.locator(".grants li")).to_have_count(1)
    look(page, "person-search", size, "light")
    page.click(".grants button")
    expect(page.locator("tbody th").first).to_have_text(other_school.name)
    look(page, "person", size, "light")
    link = page.input_value("#link")
    guest = open_page(size)
    guest.goto(link)
    look(guest, "invitation", size, "light")
    guest.fill("#id_new_password1", NEW)
    guest.fill("#id_new_password2", NEW)
    guest.click("main button.first")
    guest.wait_for_url("**/dang-nhap/")
    guest.goto(link)
    look(guest, "invitation-gone", size, "light")


def test_a_passkey_from_set_up_to_sign_in(open_page: OpenPage, specialist: User) -> None:
    with override_settings(SECOND_FACTOR_COMPULSORY=True):
        page = open_page(PHONE)
        _virtual_key(page)
        page.goto("/dang-nhap/")
        page.fill("#id_username", specialist.username)
        page.fill("#id_password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/tai-khoan/")
        page.click("text=Thêm khóa truy cập")
        page.fill("#id_name", "Điện thoại của tôi")
        page.click("#dung-khoa")
        page.wait_for_url("**/ma-du-phong/")
        page.goto(reverse("mfa_index"))
        expect(page.locator("main")).to_contain_text("Điện thoại của tôi")
        look(page, "account-passkey", PHONE, "light")
        go(page, ".account button")

        # With the passkey alone: it has the finger, and with it both factors.
        page.goto("/dang-nhap/?next=/tai-khoan/phien/")
        page.click("#dung-khoa")
        page.wait_for_url("**/tai-khoan/phien/")
        go(page, ".account button")

        # As the second step after a password.
        sign_in_first_step(page, specialist)
        page.click("#dung-khoa")
        page.wait_for_url("**/ban-lam-viec/")

        # To confirm a change, then to be gone.
        key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
        page.goto(f"{reverse('mfa_reauthenticate_webauthn')}?next={reverse('mfa_remove_webauthn', args=[key.pk])}")
        page.click("#dung-khoa")
        page.wait_for_url("**/bo/")
        look(page, "passkey-remove", PHONE, "light")
        page.click("main button.first")
        page.wait_for_url("**/tai-khoan/")
    assert not Authenticator.objects.exists()
    assert [event.act for event in AccountEvent.objects.order_by("id")] == ["factor added", "factor removed"]
    assert UserSession.objects.filter(user=specialist).exists()


def test_a_passkey_that_is_not_there_says_what_else_to_do(open_page: OpenPage, specialist: User) -> None:
    page = open_page(PHONE)
    _virtual_key(page)
    page.goto("/dang-nhap/")
    page.click("#dung-khoa")
    expect(page.locator("[data-passkey-failed]")).to_contain_text("chọn cách khác")
    look(page, "sign-in-no-passkey", PHONE, "light")


def test_all_but_passkeys_works_without_scripts(open_page: OpenPage, clerk: User, administrator: User) -> None:
    invitation = accounts.invite_again(account=clerk, by=administrator, at=timezone.now() - timedelta(days=1))
    page = open_page(PHONE, scripts=False)
    page.goto(reverse("invitation", args=[token_of(invitation)]))
    page.fill("#id_new_password1", NEW)
    page.fill("#id_new_password2", NEW)
    go(page, "main button.first")
    page.fill("#id_username", clerk.username)
    page.fill("#id_password", NEW)
    expect(page.locator("#dung-khoa")).to_be_hidden()
    go(page, "main button[type=submit]")
    page.goto(reverse("mfa_activate_totp"))
    page.fill("#id_code", _code_now(page))
    go(page, "main button[type=submit]")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(reverse("usersessions_list"))
    expect(page.locator("tbody tr")).to_have_count(1)
    go(page, ".account button")
    page.goto("/dang-nhap/")
    expect(page.locator("h1")).to_have_text("Đăng nhập")
