"""Reports, one file each. The folder is the register: each module without an underscore offers a REPORT."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any

from ansinh.reports._report import FileUsed, Heading, Report

__all__ = ["FileUsed", "Heading", "Report", "reports", "write"]


@cache
def reports() -> Mapping[str, Report]:
    """Every report of this folder by name. TypeError when a module offers none."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name: _report(name) for name in names}


def _report(name: str) -> Report:
    report = getattr(importlib.import_module(f"{__name__}.{name}"), "REPORT", None)
    if not isinstance(report, Report) or report.name != name:
        raise TypeError(f"reports/{name}.py must offer REPORT, a Report named {name!r}")
    return report


def write(report: Report | str, figures: Any, form: str) -> bytes:
    """The bytes of a report in a form (`xlsx`, `docx`, …): the same figures always give the same bytes.

    KeyError when there is no such report; ValueError when the report has no such form.
    """
    found = reports()[report] if isinstance(report, str) else report
    if form not in found.forms:
        raise ValueError(f"report {found.name!r} has no form {form!r}; it has {', '.join(found.forms)}")
    return found.forms[form](figures)
