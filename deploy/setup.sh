#!/usr/bin/env bash
# Makes the project's own environment in .venv, from the lock file and nothing else: setup.sh [spark]
#
# Spark weighs more than all the rest together, so it is left out unless asked for; where it is, it stays, since somebody may
# be running it.
#
# What is needed beforehand: Python 3.11 or newer and a package registry. uv is taken from PATH when it is new enough,
# else fetched into .tools/uv, so that nothing outside this folder is changed.
set -euo pipefail
cd "$(dirname "$0")/.."

UV_WANTED=0.9.0
PYTHON=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

new_enough() { # new_enough HAVE WANTED
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

check_python() {
    if ! command -v "$PYTHON" >/dev/null; then
        say "Không tìm thấy Python. Hãy cài Python 3.11 trở lên (Debian: apt-get install python3)."
        say "Python was not found. Install Python 3.11 or newer (Debian: apt-get install python3)."
        exit 1
    fi
    if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "Cần Python 3.11 trở lên; máy này có $("$PYTHON" --version). Đặt PYTHON=/đường/dẫn/python3.11 nếu có bản khác."
        say "Python 3.11 or newer is needed; this machine has $("$PYTHON" --version). Set PYTHON=/path/to/python3.11 if you have another."
        exit 1
    fi
}

uv_on_path() {
    # A uv too old for the lock file would fail later and less clearly; then the project's own copy is used.
    command -v uv >/dev/null && new_enough "$(uv --version 2>/dev/null | awk '{print $2}')" "$UV_WANTED"
}

fetch_uv() {
    say "Đang lấy uv vào .tools/uv … / Fetching uv into .tools/uv …"
    rm -rf .tools/uv
    if "$PYTHON" -m venv .tools/uv >/dev/null 2>&1; then
        .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=$UV_WANTED" && return
    else
        # Debian keeps venv's pip in a package of its own; an installed pip does as well.
        rm -rf .tools/uv
        if "$PYTHON" -m pip --version >/dev/null 2>&1; then
            "$PYTHON" -m pip install --quiet --disable-pip-version-check --target .tools/uv "uv>=$UV_WANTED" && return
        else
            deploy/system-parts.sh python3-venv
            "$PYTHON" -m venv .tools/uv
            .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=$UV_WANTED" && return
        fi
    fi
    say "Không lấy được uv. Hãy kiểm tra kết nối tới kho gói Python, hoặc tự cài uv $UV_WANTED trở lên rồi chạy lại."
    say "uv could not be fetched. Check that the Python package registry can be reached, or install uv $UV_WANTED or newer yourself and run again."
    exit 1
}

check_python
if uv_on_path; then
    UV=uv
else
    [ -x .tools/uv/bin/uv ] || fetch_uv
    UV=.tools/uv/bin/uv
fi

# The system's list of certificates is used where there is one: an office network may look into traffic with its own.
if [ -s /etc/ssl/certs/ca-certificates.crt ]; then
    export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1} UV_NATIVE_TLS=${UV_NATIVE_TLS:-1}
fi

# Only the interpreter at hand is used: no Python is downloaded, and an environment named outside is left alone.
unset VIRTUAL_ENV
export UV_PYTHON_DOWNLOADS=never UV_PYTHON="$PYTHON" UV_PROJECT_ENVIRONMENT=.venv
leave_out=(--no-extra spark)
if [ "${1:-}" = spark ] || compgen -G '.venv/lib/python3*/site-packages/pyspark' >/dev/null; then
    leave_out=()
fi
"$UV" sync --quiet --frozen --all-extras "${leave_out[@]}"
