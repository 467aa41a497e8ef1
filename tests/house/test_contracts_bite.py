"""Every import contract is broken once on purpose, in a copy of the source, to see that it fails and says its name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
NAMES = {contract["id"]: contract["name"] for contract in CONFIG["contracts"]}

# (contract that must break, file that gets the line, the line)
BREACHES = [
    ("rooms", "core/dates.py", "import ansinh.engines.reference"),
    ("rooms", "core/planted.py", "import ansinh.law"),
    ("rooms", "law/planted.py", "import ansinh.engines"),
    ("rooms", "sheets/planted.py", "import ansinh.reports"),
    ("rooms", "reports/planted.py", "import ansinh.cli"),
    ("rooms", "cli/planted.py", "import ansinh.web.desk"),
    ("rooms", "web/desk/planted.py", "import ansinh.cli"),
    ("rooms", "storeroom/__init__.py", "HOLDS = 'a room that nobody placed'"),
    ("web-rooms", "web/desk/planted.py", "import ansinh.web.site"),
    ("web-rooms", "web/registry/planted.py", "import ansinh.web.desk"),
    ("web-rooms", "web/payments/planted.py", "import ansinh.web.programme"),
    ("web-rooms", "web/portal/planted.py", "import ansinh.web.registry"),
    ("web-rooms", "web/access.py", "import ansinh.web.registry"),
    ("web-rooms", "web/storeroom/__init__.py", "HOLDS = 'an app that nobody placed'"),
    ("django", "sheets/planted.py", "import django.db"),
    ("django", "core/planted.py", "from django.conf import settings"),
    ("django", "cli/planted.py", "def serve():\n    import granian"),
    ("engine-libraries", "core/planted.py", "import polars"),
    ("engine-libraries", "law/planted.py", "import narwhals"),
    ("engine-libraries", "indicators/planted.py", "import duckdb"),
    ("portal", "web/portal/planted.py", "import ansinh.web.registry.models"),
    ("portal", "web/portal/planted.py", "import ansinh.web.payments"),
    ("ledger", "web/desk/planted.py", "from ansinh.web.payments import models"),
    ("ledger", "web/registry/planted.py", "import ansinh.web.payments.models"),
    ("ledger", "web/desk/planted.py", "from ansinh.web.payments import gratitude_models"),
]

# Rooms that a breach needs and that may not be built yet.
NEEDED = [
    "cli/__init__.py",
    "engines/reference.py",
    "indicators/__init__.py",
    "web/access.py",
    "web/desk/__init__.py",
    "web/payments/__init__.py",
    "web/payments/models.py",
    "web/payments/gratitude_models.py",
    "web/portal/__init__.py",
    "web/programme/__init__.py",
    "web/registry/__init__.py",
    "web/registry/models.py",
    "web/site/__init__.py",
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source with every room present; its `src/ansinh` is returned."""
    package = tmp_path / "src" / "ansinh"
    shutil.copytree(ROOT / "src" / "ansinh", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in NEEDED:
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return package


def lint(package: Path) -> subprocess.CompletedProcess[str]:
    root = package.parent.parent
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(  # noqa: S603 - our own interpreter on our own copy
        [sys.executable, "-c", command, "--no-cache", "--config", str(root / "pyproject.toml")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_clean_tree_keeps_every_contract(tree: Path) -> None:
    result = lint(tree)
    assert result.returncode == 0, result.stdout + result.stderr
    for name in NAMES.values():
        assert f"{name} KEPT" in result.stdout


@pytest.mark.parametrize(("contract", "file", "line"), BREACHES)
def test_a_breach_is_caught_by_name(tree: Path, contract: str, file: str, line: str) -> None:
    path = tree / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (path.parent / "__init__.py").exists():
        (path.parent / "__init__.py").touch()
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    result = lint(tree)
    assert result.returncode != 0, "the breach went unnoticed"
    assert f"{NAMES[contract]} BROKEN" in result.stdout


def test_every_contract_is_broken_here_at_least_once() -> None:
    assert {contract for contract, _, _ in BREACHES} == set(NAMES)
