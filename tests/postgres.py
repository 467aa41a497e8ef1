"""Run a command against a PostgreSQL made for it and thrown away after: `python tests/postgres.py pytest tests/web`.

The cluster listens on a UNIX socket in its own folder and on no port, so runs cannot meet one another or a server that
is already there. The command finds it in DATABASE_URL; its exit code is passed on.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Durability costs time and protects nothing here: the data are gone a minute later.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs() -> Path:
    """The folder of initdb and pg_ctl, newest version first; SystemExit names the package when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    raise SystemExit("PostgreSQL was not found: install the package postgresql (Debian: apt-get install postgresql)")


def owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then its own account is used, or nobody. None: whoever runs this."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit("PostgreSQL does not run as root, and this machine has neither the account postgres nor nobody")


def run(user: pwd.struct_passwd | None, folder: Path, *command: str | Path) -> None:
    """Run one of PostgreSQL's programs as its owner; SystemExit carries what it said."""
    done = subprocess.run(  # noqa: S603 - programs found above, arguments of our own
        list(command),
        cwd=folder,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        # A server that kept our pipes open would keep us waiting for it: what it has to say goes to its log.
        stdin=subprocess.DEVNULL,
        stdout=(folder / "said").open("w"),
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        said = (folder / "said").read_text(encoding="utf-8", errors="replace")
        log = folder / "log"
        raise SystemExit(said + (log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""))


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A running, empty PostgreSQL; yields its DATABASE_URL."""
    bin_, user = programs(), owner()
    # The system's temporary folder and not the project's: another account must be able to reach it, and the name of a
    # socket may have no more than 107 bytes.
    with tempfile.TemporaryDirectory(prefix="ansinh-postgres-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = folder / "data"
        run(
            user,
            folder,
            bin_ / "initdb",
            "-D",
            data,
            "-U",
            "ansinh",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        options = " ".join(["-h ''", f"-k {folder}", *(f"-c {key}={value}" for key, value in FAST.items())])
        run(user, folder, bin_ / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "-t", "60", "start")
        try:
            run(user, folder, bin_ / "createdb", "-h", folder, "-U", "ansinh", "ansinh")
            yield f"postgresql://ansinh@/ansinh?host={folder}"
        finally:
            run(user, folder, bin_ / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def main(command: list[str]) -> int:
    if not command:
        raise SystemExit(f"usage: {sys.argv[0]} COMMAND …")
    # Being told to stop must still stop the server: the signal becomes an exception, and the clean-up above runs.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
