"""`ansinh ledger`: the ledger as a file, what that says, and whether anything in it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from ansinh.cli._app import ledger_app
from ansinh.cli._manage import answer
from ansinh.cli._words import FAULTS, Json, progress_bar, say, show
from ansinh.core.money import format_whole

if TYPE_CHECKING:
    from ansinh.core.ledger import Verdict

STEP = 20_000  # Lines between two steps of the progress bar.


@ledger_app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="Tệp sổ cái (.tsv). / The ledger's export (.tsv).")
    ],
    as_json: Json = False,
) -> None:
    """Kiểm tra sổ cái: chuỗi băm, số dư, trả trùng, hai người duyệt. / Check a ledger: chain, balances, twice, people.

    JSON: entries, lines, runs, sent, settled, last_hash, findings[] (kind, place, vi, en), more.
    """
    verdict = _checked(file)
    if as_json:
        show(asdict(verdict))
    else:
        typer.echo(_told(verdict))
    if verdict.findings:
        raise typer.Exit(FAULTS)


@ledger_app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Tệp .tsv mới. / A new .tsv file.")],
    as_json: Json = False,
) -> None:
    """Xuất cả sổ cái ra một tệp, rồi kiểm tra tệp ấy. / Export the whole ledger to a file, and verify that file.

    Máy chủ vẫn chạy; tệp là sổ cái ở một thời điểm. / The server keeps running; the file is the ledger of one moment.
    JSON: file, bytes, and what `ledger verify` says.
    """
    said = answer("export_ledger", str(file), as_json=as_json)
    verdict = _checked(Path(said["file"]))
    if as_json:
        show({**said, **asdict(verdict)})
    else:
        size = format_whole(-(-said["bytes"] // 1024))
        typer.echo(say(f"Đã xuất: {said['file']} ({size} KiB)", f"Exported: {said['file']} ({size} KiB)"))
        typer.echo(_told(verdict))
    if verdict.findings:
        raise typer.Exit(FAULTS)


def _checked(file: Path) -> Verdict:
    from ansinh.core import ledger

    with file.open("rb") as opened, progress_bar("Kiểm tra sổ cái", "Checking the ledger") as report:
        return ledger.verify(_watched(opened, file.stat().st_size, report))


def _watched(file: BinaryIO, size: int, report: Callable[[int, int], None]) -> Iterator[bytes]:
    """The lines of a file, telling now and then how many of its bytes have been read."""
    for number, line in enumerate(file):
        if number % STEP == 0:
            report(file.tell(), size)
        yield line


def _told(verdict: Verdict) -> str:
    runs, lines, entries = (format_whole(count) for count in (verdict.runs, verdict.lines, verdict.entries))
    sent, settled = format_whole(verdict.sent), format_whole(verdict.settled)
    said = [
        say(
            f"{runs} đợt chi, {lines} dòng chi, {entries} bút toán.",
            f"{runs} runs, {lines} lines of payment, {entries} entries.",
        ),
        say(
            f"Đã chuyển {sent} đồng; ngân hàng đã xác nhận {settled} đồng.",
            f"Sent: {sent} đồng; settled by the bank: {settled} đồng.",
        ),
        say(
            f"Mã băm cuối, để so với mã đã công bố: {verdict.last_hash}",
            f"Last hash, to be compared with the one made public: {verdict.last_hash}",
        ),
        *(say(found.vi, found.en) for found in verdict.findings),
    ]
    if verdict.more:
        more = format_whole(verdict.more)
        said.append(say(f"… và {more} lỗi khác.", f"… and {more} more."))
    found = format_whole(len(verdict.findings) + verdict.more)
    said.append(
        say(f"Tìm thấy {found} lỗi.", f"Faults found: {found}.")
        if verdict.findings
        else say("Không tìm thấy lỗi nào.", "Nothing wrong was found.")
    )
    return "\n".join(said)
