#!/usr/bin/env bash
# Sees to the parts that come from the system's own packages: system-parts.sh chromium postgresql …
#
# A part that is there is left as it is. A missing one is installed when the user may (root, or sudo that asks for no
# password); otherwise this stops and names the package, so that nobody has to guess why a test failed.
set -euo pipefail

have() {
    case "$1" in
        chromium) command -v chromium >/dev/null ;;
        postgresql) command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
        # Playwright's driver is linked against it, and a small Debian comes without it.
        libatomic1) compgen -G '/usr/lib*/*/libatomic.so.1' >/dev/null || compgen -G '/usr/lib*/libatomic.so.1' >/dev/null ;;
        # Chromium draws nothing where no font at all is installed; any will do, the pages bring their own.
        fonts-liberation) [ -n "$(find -L /usr/share/fonts -name '*.[to]tf' -print -quit 2>/dev/null)" ] ;;
        # Spark 4 runs on Java 17 or newer, headless; an older one is as good as none.
        default-jre-headless) [ "$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')" -ge 17 ] 2>/dev/null ;;
        python3-venv) python3 -c 'import ensurepip' 2>/dev/null ;;
        *) echo "system-parts.sh: unknown part $1" >&2; exit 2 ;;
    esac
}

missing=()
for part in "$@"; do
    have "$part" || missing+=("$part")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    as_root=(env)
elif command -v apt-get >/dev/null && command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n env)
else
    {
        echo "Máy này còn thiếu: ${missing[*]}. Hãy cài rồi chạy lại (Debian, Ubuntu: sudo apt-get install ${missing[*]})."
        echo "This machine lacks: ${missing[*]}. Install it and run again (Debian, Ubuntu: sudo apt-get install ${missing[*]})."
    } >&2
    exit 1
fi

echo "Đang cài / Installing: ${missing[*]} …" >&2
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "Không cài được ${missing[*]}; nguyên văn ở $log. / ${missing[*]} could not be installed; the full log is in $log." >&2
    exit 1
fi
rm -f "$log"
for part in "${missing[@]}"; do
    have "$part" || { echo "Đã cài $part nhưng vẫn không thấy. / $part was installed but still cannot be found." >&2; exit 1; }
done
