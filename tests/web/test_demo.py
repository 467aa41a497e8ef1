"""The demo: a made-up network on real areas, the same each time it is built."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.test import Client
from django.urls import reverse

from ansinh import sheets
from ansinh.web.access import CLERK, EDITOR, ROLES
from ansinh.web.registry import made_up
from ansinh.web.registry.management.commands import demo
from ansinh.web.registry.models import Area, AreaLevel, School, User
from ansinh.web.registry.scope import scope_of

ROOT = Path(__file__).parents[2]


def test_building_twice_changes_nothing(db: None) -> None:
    first = made_up.build("mot-mat-khau-thu")
    hashes = dict(User.objects.values_list("username", "password"))
    again = made_up.build("mot-mat-khau-thu")
    assert (first.areas, len(first.schools)) == (124, 30)
    assert [s.pk for s in again.schools] == [s.pk for s in first.schools]
    assert Area.objects.filter(level=AreaLevel.COMMUNE, until__isnull=True).count() == 124
    assert dict(User.objects.values_list("username", "password")) == hashes
    assert {user.role for user in first.accounts} == set(ROLES) - {EDITOR}
    assert all(school.code.startswith("99") for school in School.objects.all())
    assert all(scope_of(user).schools().count() == 3 for user in first.accounts if user.role == CLERK)


def test_the_made_up_rosters_read_as_they_are_meant(db: None) -> None:
    first, second = made_up.build("mot-mat-khau-thu").schools[:2]
    template = sheets.templates()["learner_roster"]
    clean = sheets.read(template, made_up.roster(first), filename="a.xlsx")
    assert [fault.severity for fault in clean.faults if fault.severity != "note"] == []
    slips = sheets.read(template, made_up.roster_to_mend(second), filename="b.xlsx")
    assert sorted(fault.code for fault in slips.faults if fault.severity != "note") == sorted(
        ["not_a_date", "not_in_list", "not_a_distance", "duplicate_code"]
    )
    assert len(slips.rows) == len(clean.rows) - 1


def test_every_page_of_the_demo_says_that_all_is_made_up(db: None, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    assert "đều được đặt ra" in Client().get("/").content.decode()
    settings.DEMO = False  # type: ignore[attr-defined]
    assert "đều được đặt ra" not in Client().get(reverse("sign-in")).content.decode()


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="ANSINH_PORT"):
            demo._refuse_taken(taken.getsockname()[1])


@pytest.mark.slow
def test_the_command_prepares_all_and_prints_the_way_in(tmp_path: Path) -> None:
    (tmp_path / "static-packages" / "typeface").mkdir(parents=True)
    (tmp_path / "static-packages" / "typeface" / "typeface.css").write_text("/* none: the network is closed */")
    env = {**os.environ, "ANSINH_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ansinh.web.site.settings"}
    env.pop("DATABASE_URL", None)
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--prepare-only"]
    said = [subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout for _ in range(2)]  # noqa: S603
    assert said[0] == said[1]
    assert "http://127.0.0.1:8000/" in said[0]
    assert (tmp_path / "demo" / "password").read_text() in said[0]
    assert (tmp_path / "demo" / "danh-sach-thu.xlsx").exists()
    with sqlite3.connect(tmp_path / "demo.sqlite3") as kept:
        uploads = "SELECT count(*), min(rows_read) FROM registry_upload WHERE template = ?"
        assert kept.execute(uploads, ["learner_roster"]).fetchone() == (1, 60)
        assert kept.execute(uploads, ["staff_list"]).fetchone()[0] == 9
        # Prepared twice, made up once.
        for table, count in (("campaign", 1), ("fundplan", 9), ("mother", 44), ("commitment", 43)):
            assert kept.execute(f"SELECT count(*) FROM payments_{table}").fetchone() == (count,)  # noqa: S608
    kept.close()
    hashed = list((tmp_path / "static" / "ansinh").glob("tokens.*.css"))
    assert len(hashed) == 1
