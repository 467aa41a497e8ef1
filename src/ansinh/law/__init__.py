"""The law, one file per document. The folder is the register: `load()` takes every file that declares a DOCUMENT."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from functools import cache
from pathlib import Path

from ansinh.core.resolve import Law, load_law
from ansinh.core.rules import Document, LawError


@cache
def load(extra: Path | None = None, draft: Path | None = None) -> Law:
    """Every document of this folder, of `extra` (a province's own law pack) and of `draft` (a pack to try), checked together.

    Raises LawError, with file and line, when anything does not resolve.
    """
    documents = [_document(importlib.import_module(f"{__name__}.{name}"), name) for name in _names()]
    for pack in (extra, draft):
        if pack is not None:
            documents += [_from_file(path) for path in sorted(pack.glob("*.py")) if not path.name.startswith("_")]
    return load_law(documents)


def _names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def _from_file(path: Path) -> Document:
    spec = importlib.util.spec_from_file_location(f"ansinh_law_pack_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise LawError(f"{path}:1: this file cannot be read as a law file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return _document(module, str(path))


def _document(module: object, where: str) -> Document:
    document = getattr(module, "DOCUMENT", None)
    if not isinstance(document, Document):
        raise LawError(f"{getattr(module, '__file__', where)}:1: a law file declares one DOCUMENT")
    return document
