"""No screen reads the registry around `scope`: a query that starts from a model itself is found in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

WEB = Path(__file__).parents[2] / "src" / "ansinh" / "web"
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORT_CUTS = {"get_object_or_404", "get_list_or_404"}
# What no grant narrows: the names of areas are public; an administrator looks after every account and may grant any place; the
# browsers in which one is signed in are one's own.
ALLOWED = {
    ("desk/areas.py", "Area"),
    *(("desk/people.py", model) for model in ("AccountEvent", "Area", "School", "User")),
    ("site/accounts.py", "UserSession"),
}


def around(source: str) -> Iterator[str]:
    """Models whose managers a source asks directly, and `sql` where it speaks to the database itself."""
    for found in ast.walk(ast.parse(source)):
        if isinstance(found, ast.Attribute) and found.attr in MANAGERS:
            yield found.value.id if isinstance(found.value, ast.Name) else ast.unparse(found.value)
        elif isinstance(found, ast.Call):
            name = found.func.id if isinstance(found.func, ast.Name) else getattr(found.func, "attr", "")
            first = found.args[0] if found.args else None
            if name in SHORT_CUTS and isinstance(first, ast.Name) and first.id[:1].isupper():
                yield first.id
            elif name in {"cursor", "raw"}:
                yield "sql"


def test_every_screen_starts_from_the_scope() -> None:
    files = [*(WEB / "desk").glob("*.py"), *(WEB / "site").glob("*.py")]
    found = {
        (str(path.relative_to(WEB)), model) for path in files for model in around(path.read_text(encoding="utf-8"))
    }
    assert found <= ALLOWED, found - ALLOWED
    assert found == ALLOWED, "an exception that is not needed any more should go"


def test_reading_around_is_seen() -> None:
    assert list(around("Person.objects.count()")) == ["Person"]
    assert list(around("get_object_or_404(School, pk=1)")) == ["School"]
    assert list(around("upload.batches.model._default_manager.all()")) == ["upload.batches.model"]
    assert list(around("connection.cursor()")) == ["sql"]
    assert list(around("get_object_or_404(scope.people(), pk=1)")) == []
