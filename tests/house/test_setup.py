"""The two commands of the README and what stands behind them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z][\w-]*):", MAKEFILE, flags=re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_makefile_stays_small_and_says_what_each_target_does() -> None:
    assert len(TARGETS) <= 20
    assert {"help", "setup", "demo", "test", "check", "fix", "lint", "docs", "bench", "test-long"} <= set(TARGETS)
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert [target for target in TARGETS if f"make {target} " not in said] == []


def test_every_target_that_needs_the_environment_makes_it() -> None:
    lacking = [
        target
        for target in TARGETS
        if target not in {"help", "setup", "clean"}
        and "setup" not in re.search(rf"^{target}:([^#\n]*)", MAKEFILE, flags=re.MULTILINE)[1].split()  # type: ignore[index]
    ]
    assert not lacking


def test_the_web_is_tested_on_postgresql() -> None:
    """`make test-postgres` passes over a folder that is not there; with the web built it must be there."""
    if (ROOT / "src/ansinh/web/registry/models.py").exists():
        assert list((ROOT / "tests" / "web").rglob("test_*.py"))


def test_ci_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.search(r"^exec make test$", script.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_warning_is_an_error() -> None:
    assert PROJECT["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def test_the_extras_are_those_promised() -> None:
    assert {"web", "spark"} <= set(PROJECT["project"]["optional-dependencies"])
    assert "dev" in PROJECT["dependency-groups"]


@pytest.mark.parametrize("script", ["deploy/setup.sh", "deploy/system-parts.sh", ".ci/run"])
def test_scripts_are_executable_and_parse(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / script], check=True)  # noqa: S603, S607


def bare_path(tmp_path: Path, *names: str) -> Path:
    """A folder for PATH that holds only these programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in names:
        target = shutil.which(name)
        assert target, name
        (folder / name).symlink_to(target)
    return folder


def test_a_missing_part_that_cannot_be_installed_is_named(tmp_path: Path) -> None:
    path = bare_path(tmp_path, "bash", "env", "id")
    done = subprocess.run(  # noqa: S603
        [ROOT / "deploy" / "system-parts.sh", "chromium"],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "apt-get install chromium)" in done.stderr
    assert "Máy này còn thiếu" in done.stderr


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ('openjdk version "17.0.15" 2025-04-15', True),
        ('openjdk version "25" 2025-09-16 LTS', True),
        ('java version "1.8.0_402"', False),
        ("Unable to locate a Java Runtime", False),
    ],
)
def test_a_java_new_enough_is_seen(line: str, there: bool, tmp_path: Path) -> None:
    path = bare_path(tmp_path, "bash", "env", "id", "sed")
    java = path / "java"
    java.write_text(f"#!/bin/sh\necho 'Picked up JAVA_TOOL_OPTIONS: \"-Xmx1g\"' >&2\necho '{line}' >&2\n")
    java.chmod(0o755)
    done = subprocess.run(  # noqa: S603
        [ROOT / "deploy" / "system-parts.sh", "default-jre-headless"],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == there, done.stderr


def test_a_python_too_old_is_named(tmp_path: Path) -> None:
    path = bare_path(tmp_path, "bash", "env", "dirname")
    old = path / "python3"
    old.write_text("#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2' && exit 0\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(  # noqa: S603
        [ROOT / "deploy" / "setup.sh"], env={"PATH": str(path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed; this machine has Python 3.9.2" in done.stderr
