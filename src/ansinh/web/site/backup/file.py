"""A backup as one file: a zip that any program opens, with a manifest, and a seal over every byte.

The zip's comment is the SHA-256 of all that stands before it, so that one changed or missing byte is found wherever it
is, also where a zip has no checksum of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from ansinh.web.progress import Progress

FORMAT = 1
MANIFEST = "manifest.json"
SEAL_BYTES = 64
CHUNK_BYTES = 1 << 20


class RefusedError(Exception):
    """Why nothing was done, in both languages; `kind` names it for programs."""

    def __init__(self, kind: str, vi: str, en: str) -> None:
        super().__init__(f"{vi} · {en}")
        self.kind, self.vi, self.en = kind, vi, en


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. rows: table → how many; parts: name → SHA-256; key_ids: names of keys, no keys."""

    made_at: str
    version: str
    database: str
    rows: dict[str, int]
    migrations: list[str]
    key_ids: list[str]
    parts: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def write(file: Path, manifest: Manifest, parts: dict[str, Path], progress: Progress) -> None:
    """Pack the parts, the manifest and the seal into `file`, which only its owner may read, and onto the disk."""
    total, done = sum(path.stat().st_size for path in parts.values()), 0
    with file.open("xb") as raw:
        file.chmod(0o600)
        # A dump of PostgreSQL is compressed already and costs little to try again; level 1 is fast enough for either.
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for name, path in parts.items():
                with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as target:
                    start = done
                    manifest.parts[name] = _copy(source, target, lambda n, s=start: progress(s + n, total))  # type: ignore[misc]
                done += path.stat().st_size
            packed.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
            packed.comment = b"0" * SEAL_BYTES
    with file.open("r+b") as raw:
        found, _ = _seal_of(raw, file.stat().st_size, lambda *_: None)
        raw.seek(-SEAL_BYTES, os.SEEK_END)
        raw.write(found)
        raw.flush()
        os.fsync(raw.fileno())


def read(file: Path, progress: Progress) -> Manifest:
    """The manifest of a backup of which every byte is as it was written. RefusedError `not_a_backup`, `damaged`, `newer`."""
    if not file.is_file():
        raise RefusedError("no_file", f"Không có tệp {file}.", f"There is no file {file}.")
    with file.open("rb") as raw:
        if raw.read(4) != b"PK\3\4":
            raise _not_a_backup(file)
        found, stated = _seal_of(raw, file.stat().st_size, progress)
    if found != stated:
        raise RefusedError(
            "damaged",
            f"Tệp {file} bị hỏng, bị cắt cụt, hoặc không phải bản sao lưu của An Sinh: mã SHA-256 không khớp. "
            "Chưa có gì bị thay đổi. Hãy chép lại tệp hoặc dùng bản khác.",
            f"{file} is damaged, cut short, or no backup of An Sinh: its SHA-256 does not match. "
            "Nothing was changed. Copy the file again or use another.",
        )
    try:
        with zipfile.ZipFile(file) as packed:
            said = json.loads(packed.read(MANIFEST))
        if said["format"] > FORMAT:
            vi, en = "Bản sao lưu này của một An Sinh mới hơn.", "This backup is of a newer An Sinh."
            raise RefusedError("newer", f"{vi} Hãy cập nhật rồi chạy lại.", f"{en} Update and run again.")
        return Manifest(**said)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError):
        raise _not_a_backup(file) from None


def unpack(file: Path, manifest: Manifest, name: str, to: Path) -> None:
    """Write one part to `to`, which only its owner may read. RefusedError `damaged` when its SHA-256 is another."""
    to.touch(mode=0o600)
    with zipfile.ZipFile(file) as packed, packed.open(name) as source, to.open("wb") as target:
        found = _copy(source, target, lambda _: None)
        target.flush()
        os.fsync(target.fileno())
    if found != manifest.parts[name]:
        vi, en = f"Phần {name} của {file} bị hỏng.", f"Part {name} of {file} is damaged."
        raise RefusedError("damaged", f"{vi} Chưa có gì bị thay đổi.", f"{en} Nothing was changed.")


def _not_a_backup(file: Path) -> RefusedError:
    vi = f"Tệp {file} không phải bản sao lưu của An Sinh. Chưa có gì bị thay đổi."
    return RefusedError("not_a_backup", vi, f"{file} is no backup of An Sinh. Nothing was changed.")


def _seal_of(raw: IO[bytes], size_bytes: int, progress: Progress) -> tuple[bytes, bytes]:
    """The seal that the bytes of an open file ask for, and the one at its end."""
    raw.seek(0)
    total, done, digest = max(size_bytes - SEAL_BYTES, 0), 0, hashlib.sha256()
    while done < total and (chunk := raw.read(min(CHUNK_BYTES, total - done))):
        digest.update(chunk)
        done += len(chunk)
        progress(done, total)
    return digest.hexdigest().encode(), raw.read()


def _copy(source: IO[bytes], target: IO[bytes], progress: Callable[[int], None]) -> str:
    """Copy to the end; the SHA-256 of what was copied."""
    digest, done = hashlib.sha256(), 0
    while chunk := source.read(CHUNK_BYTES):
        digest.update(chunk)
        target.write(chunk)
        done += len(chunk)
        progress(done)
    return digest.hexdigest()
