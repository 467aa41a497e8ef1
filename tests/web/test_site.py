"""What every page carries: headers, languages, error pages, colours that can be read."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from ansinh.web.registry import sealed
from ansinh.web.registry.models import Area, Grant, School, Upload, User
from ansinh.web.site import catalogue, errors, typeface
from ansinh.web.site.settings import database

from .conftest import BEGAN, NOON, PASSWORD

SITE = Path(catalogue.__file__).parent
WEB = SITE.parent


def test_every_answer_carries_the_policy(db: None, desk: Client) -> None:
    for client, address in ((Client(), "/"), (desk, reverse("desk:home")), (Client(), "/khong-co")):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
    assert desk.get(reverse("desk:home")).headers["Cache-Control"] == "no-store"


def test_no_template_has_anything_inline_or_from_elsewhere() -> None:
    for template in WEB.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?![^>]*\ssrc=)", text), template
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text), template


def test_the_catalogue_has_english_for_every_string_and_no_more() -> None:
    used = catalogue.strings_of(WEB)
    entries = {entry.msgid: entry for entry in polib.pofile(str(catalogue.ENGLISH))}
    assert set(used) == set(entries), set(used) ^ set(entries)
    assert [text for text, entry in entries.items() if not entry.translated()] == []
    for text, plural in used.items():
        assert (entries[text].msgid_plural or None) == plural
        holes = set(re.findall(r"%\(\w+\)s", text))
        said = [entries[text].msgstr, *entries[text].msgstr_plural.values()]
        assert all(set(re.findall(r"%\(\w+\)s", words)) == holes for words in said if words), text


def test_compiling_twice_writes_once(tmp_path: Path) -> None:
    catalogue.compile_into(tmp_path)
    made = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    first = made.stat().st_mtime_ns
    catalogue.compile_into(tmp_path)
    assert made.stat().st_mtime_ns == first


def test_vietnamese_comes_first_whatever_the_browser_says(db: None) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en-US,en")
    assert '<html lang="vi"' in client.get("/").content.decode()
    client.post(reverse("set-language"), {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert '<html lang="en"' in page
    assert "Which child is entitled to what" in page


def test_no_page_shows_vietnamese_interface_words_in_english(desk: Client, upload: Upload) -> None:
    desk.post(reverse("set-language"), {"language": "en"})
    for name, args in (("home", []), ("upload", []), ("faults", [upload.pk]), ("results", [upload.pk])):
        page = desk.get(reverse(f"desk:{name}", args=args)).content.decode()
        for text in ("Bàn làm việc", "Đăng xuất", "Được hưởng", "Năm học"):
            assert text not in page, (name, text)


def test_the_theme_is_kept_and_never_leads_away(db: None) -> None:
    client = Client()
    assert client.post(reverse("set-theme"), {"theme": "dark", "next": "//evil.example/"}).headers["Location"] == "/"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post(reverse("set-theme"), {"theme": "<b>"})
    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_error_pages_say_what_to_do(db: None, desk: Client) -> None:
    request = RequestFactory().get("/")
    request.user = User(username="thu")
    for view, code in ((errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404)):
        response = view(request, Exception())
        assert response.status_code == code
        assert "Về trang đầu" in response.content.decode()
    assert errors.broken(request).status_code == 500
    assert errors.forged(request).status_code == 403
    assert "Không tìm thấy trang" in desk.get("/khong-co").content.decode()


def test_a_form_without_its_token_is_refused(clerk: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("sign-in"), {"username": clerk.username, "password": PASSWORD})
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


def test_signing_in_and_out(clerk: User) -> None:
    client = Client()
    wrong = client.post(reverse("sign-in"), {"username": clerk.username, "password": "sai"})
    assert "Chưa đăng nhập được" in wrong.content.decode()
    assert f'value="{clerk.username}"' in wrong.content.decode()
    right = client.post(reverse("sign-in"), {"username": clerk.username, "password": PASSWORD})
    assert right.headers["Location"] == reverse("desk:home")
    client.post(reverse("sign-out"))
    assert client.get(reverse("desk:home")).status_code == 302


def test_a_weak_new_password_is_refused(desk: Client) -> None:
    new = {"old_password": PASSWORD, "new_password1": "12345678", "new_password2": "12345678"}
    response = desk.post(reverse("password"), new)
    assert response.status_code == 200
    assert 'class="errors"' in response.content.decode()
    good = {"old_password": PASSWORD, "new_password1": "bon-tu-rat-dai-nhe", "new_password2": "bon-tu-rat-dai-nhe"}
    assert desk.post(reverse("password"), good).status_code == 302


def test_the_database_refuses_what_the_rules_forbid(upload: Upload, clerk: User, area: Area) -> None:
    wrong = [
        lambda: Upload.objects.filter(pk=upload.pk).update(withdrawn_at=NOON),
        lambda: Upload.objects.filter(pk=upload.pk).update(sha256="abc"),
        lambda: Upload.objects.filter(pk=upload.pk).update(size_bytes=0),
        lambda: User.objects.filter(pk=clerk.pk).update(role="king"),
        lambda: School.objects.filter(pk=upload.school_id).update(level=99),
        lambda: Area.objects.create(code="1", name="x", kind="xã", since=BEGAN),
        lambda: Area.objects.create(code="99001", name="Xã Thử", kind="xã", since=BEGAN, until=BEGAN),
        lambda: Grant.objects.create(user=clerk, since=BEGAN),
        lambda: Upload.objects.filter(pk=upload.pk).update(school=None),
    ]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_database_is_named_by_its_address() -> None:
    there = database("postgresql://ai:m%40t@may:5433/kho?sslmode=require", Path("x"))
    assert (there["NAME"], there["USER"], there["PASSWORD"], there["PORT"]) == ("kho", "ai", "m@t", "5433")
    assert there["OPTIONS"] == {"sslmode": "require"}
    socket = database("postgresql:///kho?host=/run/pg", Path("x"))
    assert (socket["HOST"], socket["OPTIONS"]) == ("", {"host": "/run/pg"})
    with pytest.raises(ValueError, match="postgresql"):
        database("mysql://x", Path("x"))


def test_sqlite_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\nfrom django.db import connection\nc = connection.cursor()\n"
        "c.execute('PRAGMA journal_mode'); print(c.fetchone()[0])"
    )
    env = {**os.environ, "ANSINH_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ansinh.web.site.settings"}
    env.pop("DATABASE_URL", None)
    asked = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)  # noqa: S603
    assert asked.stdout.strip() == "wal"
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_deployed_settings_pass_djangos_own_check(tmp_path: Path) -> None:
    env = {**os.environ, "ANSINH_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ansinh.web.site.settings"}
    for name in ("ANSINH_PLAIN_HTTP", "ANSINH_DEMO", "ANSINH_DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        env.pop(name, None)
    env |= {"ANSINH_IDENTITY_KEYS": sealed.new_key(), "ANSINH_IDENTITY_DIGEST_KEY": sealed.new_key()}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    asked = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    assert asked.returncode == 0, asked.stderr


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _themes() -> list[dict[str, str]]:
    text = (SITE / "static" / "ansinh" / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r'(:root(?:\[data-theme="\w+"\])?) \{(.*?)\}', text, re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body)) for _, body in blocks]
    return [theme for theme in found if "paper" in theme]


def test_every_pair_of_colours_can_be_read() -> None:
    light, dark, by_device = _themes()
    assert dark == by_device
    for theme in (light, dark):
        for text, ground in itertools.product(("ink", "ink-soft", "link", "brand"), ("paper", "surface", "sunken")):
            assert _contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
        for answer in ("ok", "warn", "stop", "unknown"):
            assert _contrast(theme[answer], theme[f"{answer}-ground"]) >= 4.5, answer
            assert _contrast(theme[answer], theme["surface"]) >= 4.5, answer
            assert _contrast(theme["ink"], theme[f"{answer}-ground"]) >= 4.5, answer
        for fill in ("brand-fill", "brand-fill-strong"):
            assert _contrast(theme["on-brand"], theme[fill]) >= 4.5, fill
        assert _contrast(theme["line"], theme["surface"]) >= 3
        assert _contrast(theme["focus"], theme["paper"]) >= 3


def test_a_typeface_that_is_not_the_one_checked_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fetch(folder: Path) -> Path:
        import tarfile

        made = folder / "font.tgz"
        with tarfile.open(made, "w:gz") as package:
            for name in typeface.SHA256:
                info = tarfile.TarInfo(f"package/files/be-vietnam-pro-{name}-normal.woff2")
                package.addfile(info)
        return made

    monkeypatch.setattr(typeface, "fetch", fetch)
    assert typeface.provide(tmp_path) is False
    assert not (tmp_path / "typeface" / "typeface.css").exists()
    assert "could not be fetched" in capsys.readouterr().err


def test_without_the_typeface_pages_do_not_ask_for_it(db: None, tmp_path: Path) -> None:
    with override_settings(STATIC_PACKAGES=tmp_path):
        assert "typeface.css" not in Client().get("/").content.decode()


def test_the_database_in_use_is_the_one_asked_for(db: None) -> None:
    wanted = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    assert connection.vendor == wanted
