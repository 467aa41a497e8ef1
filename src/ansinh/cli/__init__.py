"""The `ansinh` command, one file per verb or group of verbs: each module without an underscore registers its own.

Heavy libraries are imported inside the verbs; no verb imports Django (_manage.py starts it as a process).
"""

from __future__ import annotations

import importlib
import pkgutil

from ansinh.cli._app import app, law_app, ledger_app

__all__ = ["app", "law_app", "ledger_app", "main"]

for _verb in sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")):
    importlib.import_module(f"{__name__}.{_verb}")
main = app  # The console script.
