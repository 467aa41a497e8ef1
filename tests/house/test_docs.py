"""The documents: reference pages are fresh, links lead somewhere, decisions are listed, domain nouns are explained."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from ansinh.core.tables import FACTS, ROLES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
# Modules whose public classes are nouns of the domain; the words of the rule language are explained where they stand.
NOUNS_IN = ("core/dates.py", "core/tables.py", "core/rules.py", "core/resolve.py", "core/decide.py", "core/compare.py")
PAPERS = {"Template", "Intake", "Fault"}


@pytest.fixture
def generator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """docs/generate.py, writing into a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FOLDER", tmp_path / "reference")
    return module


def test_reference_pages_are_fresh(generator: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "FOLDER", DOCS / "reference")
    assert generator.stale() == []


def test_a_stale_missing_or_orphaned_page_is_found(
    generator: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0
    law = tmp_path / "reference" / "law.md"
    law.write_text(law.read_text(encoding="utf-8").replace("160.000", "170.000"), encoding="utf-8")
    (tmp_path / "reference" / "numbers.md").unlink()
    (tmp_path / "reference" / "old.md").write_text("nobody prints this", encoding="utf-8")
    assert generator.main(["--check"]) == 1
    assert re.findall(r"reference/(\w+\.md)", capsys.readouterr().err) == ["law.md", "numbers.md", "old.md"]
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0


def test_printing_twice_gives_the_same_bytes(generator: ModuleType) -> None:
    assert generator.printed() == generator.printed()


def anchors(page: Path) -> set[str]:
    """Names a link may point at inside a page: headings as a reader's page spells them, and anchors set by hand."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    spelt = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return spelt | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        if ":" in name:
            continue
        to = (page.parent / name).resolve() if name else page
        if to.suffix == ".png" and not to.parent.exists():
            continue  # The pictures come with the first screens; from then on each must be there.
        if not to.exists() or (anchor and anchor not in anchors(to)):
            dead.append(target)
    assert not dead


def test_every_decision_is_numbered_in_a_row_and_listed() -> None:
    files = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\d+)\]\((\d{4}-[\w-]+\.md)\) \| (.+?) \|$", index, flags=re.MULTILINE)
    assert [name for _, name, _ in listed] == files
    for number, name, title in listed:
        first = (DOCS / "decisions" / name).read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# {number}. {title}"


def test_every_decision_says_why_and_at_what_price() -> None:
    for path in (DOCS / "decisions").glob("[0-9]*.md"):
        text = path.read_text(encoding="utf-8")
        assert [word for word in ("**Decision", "**Why", "**Price") if word not in text] == [], path.name


def nouns() -> set[str]:
    """Public classes of the machine, its dated tables and roles, its code lists, and the papers."""
    classes = {
        found.name
        for name in NOUNS_IN
        for found in ast.parse((ROOT / "src" / "ansinh" / name).read_text(encoding="utf-8")).body
        if isinstance(found, ast.ClassDef) and not found.name.startswith("_")
    }
    tables = {part for role in ROLES for part in (role.name, role.table)}
    return classes | tables | {fact.codes.name for fact in FACTS.values() if fact.codes} | PAPERS


def test_every_domain_noun_is_in_the_glossary() -> None:
    explained = set(re.findall(r"`([^`]+)`", (DOCS / "glossary.md").read_text(encoding="utf-8")))
    assert sorted(nouns() - explained) == []


def test_the_glossary_explains_nothing_that_is_gone() -> None:
    """A class named in the glossary is still a class somewhere in the package."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    first_cells = re.findall(r"^\| (`[^|]+) \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = {name for cell in first_cells for name in re.findall(r"`([A-Z]\w+)`", cell)}
    assert (
        sorted(name for name in named - PAPERS if not re.search(rf"^class {name}\b", source, flags=re.MULTILINE)) == []
    )


def test_the_map_names_every_room_and_every_file_of_the_machine() -> None:
    text = (DOCS / "map.md").read_text(encoding="utf-8")
    package = ROOT / "src" / "ansinh"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    files = {path.name for path in (package / "core").glob("[a-z]*.py")}
    assert sorted(name for name in rooms if not re.search(rf"\b{name}\b", text)) == []
    assert sorted(name for name in files if f"`{name}`" not in text) == []


@pytest.mark.parametrize(("readme", "other"), [("README.md", "README.vi.md"), ("README.vi.md", "README.md")])
def test_both_readmes_give_the_two_commands_and_name_each_other(readme: str, other: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert re.search(r"^make demo\b.*\n^make test\b", text, flags=re.MULTILINE)
    assert f"]({other})" in text


def test_both_readmes_have_the_same_shape() -> None:
    shapes = []
    for name in ("README.md", "README.vi.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        marks = re.findall(r"^(##? |- |```\w*|\| |!\[)", text, flags=re.MULTILINE)
        links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("README")]
        shapes.append((marks, links))
    assert shapes[0] == shapes[1]
