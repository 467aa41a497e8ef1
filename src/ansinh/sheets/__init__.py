"""Sheets: one file per Excel template that people upload. `read` is door 1; `blank` gives the workbook to fill in.

A template is found by listing this folder: each module whose name has no leading underscore offers TEMPLATE.
A whole population kept as a folder of tables is a snapshot (`read_snapshot`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from ansinh.sheets._read import read
from ansinh.sheets._snapshot import SnapshotError, read_snapshot, snapshot_hash, write_snapshot
from ansinh.sheets._template import Cell, CellKind, Choice, Column, Fault, Intake, IntakeRow, Severity, Template

__all__ = [
    "Cell",
    "CellKind",
    "Choice",
    "Column",
    "Fault",
    "Intake",
    "IntakeRow",
    "Severity",
    "SnapshotError",
    "Template",
    "blank",
    "read",
    "read_snapshot",
    "snapshot_hash",
    "templates",
    "write_snapshot",
]


def templates() -> Mapping[str, Template]:
    """Every template, by name, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = (importlib.import_module(f"{__name__}.{name}").TEMPLATE for name in names)
    return {template.name: template for template in found}


def blank(template: Template) -> bytes:
    """A workbook to download and fill in, as .xlsx bytes: the same template gives the same bytes."""
    from ansinh.sheets._blank import filled  # The writer is not needed to read.

    return filled(template, (), {})
