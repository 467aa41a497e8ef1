"""The English catalogue: Vietnamese is written in the code and the templates, English beside it in locale/en.

Compiled with Python alone when the server starts, so that a fresh machine needs no gettext programs.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import polib

ENGLISH = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


def compile_into(folder: Path) -> None:
    """Write folder/en/LC_MESSAGES/django.mo unless it is already newer than the catalogue."""
    target = folder / "en" / "LC_MESSAGES" / "django.mo"
    if target.exists() and target.stat().st_mtime > ENGLISH.stat().st_mtime:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: another server that starts at the same moment never reads half a file.
    beside = target.with_suffix(f".{os.getpid()}")
    polib.pofile(str(ENGLISH)).save_as_mofile(str(beside))
    beside.replace(target)


_TRANSLATE = re.compile(r"""{%\s*translate\s+(["'])(.*?)\1""", re.DOTALL)
_BLOCK = re.compile(r"{%\s*blocktranslate\b.*?%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_PLURAL = re.compile(r"{%\s*plural\s*%}")
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}


def strings_of(web: Path) -> dict[str, str | None]:
    """Every Vietnamese string of the templates and code under `web` that is shown to people → its plural form, if any."""
    found: dict[str, str | None] = {}
    for template in sorted(web.rglob("*.html")):
        text = template.read_text(encoding="utf-8")
        found |= {match[2]: None for match in _TRANSLATE.finditer(text)}
        for match in _BLOCK.finditer(text):
            parts = [_VARIABLE.sub(r"%(\1)s", part.replace("%", "%%")) for part in _PLURAL.split(match[1])]
            found[parts[0]] = parts[1] if len(parts) > 1 else None
    for module in sorted(web.rglob("*.py")):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _CALLS:
                words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                if words:
                    found[words[0]] = words[1] if call.func.id == "ngettext" else None
    return found


def bring_up_to_date(web: Path) -> list[str]:
    """Add strings the catalogue lacks and drop those no longer used; give those still without English."""
    catalogue = polib.pofile(str(ENGLISH))
    used = strings_of(web)
    for entry in [entry for entry in catalogue if entry.msgid not in used]:
        catalogue.remove(entry)
    known = {entry.msgid for entry in catalogue}
    for text, plural in used.items():
        if text not in known:
            forms = {"msgid_plural": plural, "msgstr_plural": {0: "", 1: ""}} if plural else {}
            catalogue.append(polib.POEntry(msgid=text, **forms))
    catalogue.sort(key=lambda entry: entry.msgid)
    catalogue.save()
    return [entry.msgid for entry in catalogue if not entry.translated()]
