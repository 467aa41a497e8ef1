"""The house numbers and habits, read off the source itself: lengths, names, imports, the clock."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ansinh"
SOURCES = sorted(PACKAGE.rglob("*.py"))
PYTHON = [
    path for folder in ("src", "tests", "bench", "docs", "deploy") for path in sorted((ROOT / folder).rglob("*.py"))
]

LONGEST_FUNCTION = 70
P90_FUNCTION = 25
LONGEST_FILE = 500
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "managers.py", "signals.py", "services.py", "common.py", "misc.py"}
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "monotonic"),
    ("time", "perf_counter"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def code_lines(function: ast.AST, source: list[str]) -> int:
    """Lines of a function that hold code: no blank line, no comment, no docstring; a nested function counts in both."""
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    docstring: range = range(0)
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        docstring = range(first.lineno, (first.end_lineno or first.lineno) + 1)
    numbers = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    kept = [source[n - 1].strip() for n in numbers if n not in docstring]
    return sum(1 for line in kept if line and not line.startswith("#"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(where, code lines) of every function of a file."""
    source = path.read_text(encoding="utf-8").splitlines()
    for found in ast.walk(parse(path)):
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{found.lineno} {found.name}", code_lines(found, source)


def imported(path: Path) -> Iterator[str]:
    """Full names of the modules a file of the package imports, at whatever depth, relative ones resolved."""
    package = ("ansinh", *path.relative_to(PACKAGE).parts[:-1])
    for found in ast.walk(parse(path)):
        if isinstance(found, ast.Import):
            yield from (alias.name for alias in found.names)
        elif isinstance(found, ast.ImportFrom):
            base = list(package[: len(package) - found.level + 1]) if found.level else []
            name = ".".join([*base, *([found.module] if found.module else [])])
            yield name
            yield from (f"{name}.{alias.name}" for alias in found.names)


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{where}: {lines} lines" for path in SOURCES for where, lines in functions(path) if lines > LONGEST_FUNCTION
    ]
    assert not too_long


def test_most_functions_are_short() -> None:
    lengths = sorted(lines for path in SOURCES for _, lines in functions(path))
    assert lengths[len(lengths) * 9 // 10] <= P90_FUNCTION


def test_no_file_is_too_long() -> None:
    written = [path for path in PYTHON if path.parent.name != "migrations"]  # Django writes those.
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert not [str(path.relative_to(ROOT)) for path in SOURCES if path.name in FORBIDDEN_NAMES]


def test_no_two_packages_import_each_other() -> None:
    """Packages are folders; an import of a folder's own child or parent is no dependency between packages."""
    known = {".".join(("ansinh", *p.parent.relative_to(PACKAGE).parts)) for p in SOURCES if p.name == "__init__.py"}
    edges: set[tuple[str, str]] = set()
    for path in SOURCES:
        importer = ".".join(("ansinh", *path.relative_to(PACKAGE).parts[:-1]))
        for name in imported(path):
            target = max((package for package in known if f"{name}.".startswith(f"{package}.")), key=len, default="")
            related = f"{importer}.".startswith(f"{target}.") or f"{target}.".startswith(f"{importer}.")
            if target and not related:
                edges.add((importer, target))
    assert not [(one, other) for one, other in sorted(edges) if one < other and (other, one) in edges]


def test_core_imports_only_the_standard_library() -> None:
    strangers = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((PACKAGE / "core").rglob("*.py"))
        for name in imported(path)
        if not name.startswith("ansinh.core") and name.split(".")[0] not in {*sys.stdlib_module_names, "__future__"}
    ]
    assert not strangers


@pytest.mark.parametrize("room", ["core", "law", "indicators", "engines"])
def test_the_day_comes_in_from_outside(room: str) -> None:
    """No call of a clock under any of the names a clock goes by."""
    calls = [
        f"{path.relative_to(ROOT)}:{found.lineno}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for found in ast.walk(parse(path))
        if isinstance(found, ast.Attribute) and (spoken(found.value), found.attr) in CLOCKS
    ]
    bare = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for name in imported(path)
        if name == "time" or name.startswith("time.")
    ]
    assert not calls + bare


def spoken(value: ast.expr) -> str:
    """The last name of what an attribute is taken from: `datetime.date` is spoken `date`."""
    if isinstance(value, ast.Attribute):
        return value.attr
    return value.id if isinstance(value, ast.Name) else ""


@pytest.mark.parametrize("room", ["core", "law", "indicators"])
def test_no_float_where_money_is_reckoned(room: str) -> None:
    """A float constant, `/` or `float()` in these rooms would round on its own terms."""
    floats = [
        f"{path.relative_to(ROOT)}:{found.lineno}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for found in ast.walk(parse(path))
        if (isinstance(found, ast.Constant) and isinstance(found.value, float))
        or (isinstance(found, ast.BinOp) and isinstance(found.op, ast.Div))
        or (isinstance(found, ast.Call) and isinstance(found.func, ast.Name) and found.func.id in ("float", "round"))
    ]
    assert not floats


def test_the_desk_keeps_no_facts_of_its_own() -> None:
    assert not (PACKAGE / "web" / "desk" / "models.py").exists()


@pytest.mark.parametrize("room", ["core", "engines", "law", "indicators", "sheets", "reports"])
def test_public_functions_say_what_they_give(room: str) -> None:
    """A docstring on each public function of a module, but for one so short that its name and types say it all."""
    bare = [
        f"{path.relative_to(ROOT)}:{found.lineno} {found.name}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for found in parse(path).body
        if isinstance(found, ast.FunctionDef)
        and not found.name.startswith("_")
        and not ast.get_docstring(found)
        and code_lines(found, path.read_text(encoding="utf-8").splitlines()) > 5
    ]
    assert not bare
