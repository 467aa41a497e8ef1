"""The ledger's check: nothing is found in a right ledger of whatever shape, and every kind of tampering is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core import ledger
from ansinh.core.ledger import SHOWN, START, WHY, body, chained, verify
from tests.core.ledgers import AT, SHA, Book, ledgers, sample

# Places of the fields of a row, without the word for its kind.
NUMBER, BY, ACT, RUN, LINE, DEBIT, CREDIT, AMOUNT = 0, 2, 3, 4, 5, 6, 7, 8
LEARNER, MONTH, FOLLOWS, BEFORE, DUE, DOCUMENT, CLAUSE, DECISION = 2, 4, 5, 6, 7, 8, 9, 10
CHECKED, APPROVED, SENT = 2, 3, 4


def kinds(lines: list[bytes]) -> set[str]:
    return {found.kind for found in verify(lines).findings}


# A right ledger --------------------------------------------------------------------------------------------------


def test_nothing_is_found_in_the_sample() -> None:
    book = sample()
    verdict = verify(book.export())
    assert verdict.findings == () and verdict.more == 0
    assert (verdict.entries, verdict.lines, verdict.runs) == (17, 7, 3)
    assert (verdict.sent, verdict.settled) == (500_000 + 500_000 + 200_000 - 200_000, 1_000_000 - 200_000)
    assert verdict.last_hash == book.export()[-1].decode().split("\t")[-1].strip()


@given(ledgers())
def test_nothing_is_found_in_a_right_ledger_of_any_shape(book: Book) -> None:
    verdict = verify(book.export())
    assert verdict.findings == ()
    signs = {"send": 1, "return": -1, "net": -1}
    assert verdict.sent == sum(signs.get(row[ACT], 0) * int(row[AMOUNT]) for row in book.entries)
    signs = {"settle": 1, "net": -1}
    assert verdict.settled == sum(signs.get(row[ACT], 0) * int(row[AMOUNT]) for row in book.entries)


def test_a_ledger_without_entries_is_right() -> None:
    assert verify(Book().export()).findings == ()
    assert verify(Book().export()).last_hash == START


def test_the_last_newline_may_lack() -> None:
    lines = sample().export()
    assert kinds([*lines[:-1], lines[-1].rstrip(b"\n")]) == set()


@given(ledgers(), st.data())
def test_the_balances_are_those_of_a_slow_twin(book: Book, data: st.DataObject) -> None:
    """One đồng more or less on any account is found; the twin's own sums are not."""
    held = book.balances()
    assert kinds(book.export(held)) == set()
    if held:
        account = data.draw(st.sampled_from(sorted(held)))
        assert kinds(book.export(held | {account: held[account] + 1})) == {"balance"}


def test_the_hash_is_reckoned_as_the_format_says() -> None:
    record = body(1, AT, "13", "approve", "r1", "l1", "chi/lunch", "phai-tra/an", 500_000)
    assert record == f"entry\t1\t{AT}\t13\tapprove\tr1\tl1\tchi/lunch\tphai-tra/an\t500000"
    # As `sha256sum` says of the same bytes.
    assert chained(START, record) == "99d64f20093ca5edfb46503b5abf7efc9de5a1185bdfc3a7f06b6601f9a0b1a7"


@pytest.mark.parametrize("strange", ["r1\tx", "r1\nx"])
def test_a_field_with_a_tab_or_a_newline_is_not_written(strange: str) -> None:
    with pytest.raises(ValueError, match="tab or a newline"):
        body(1, AT, "13", "approve", strange, "l1", "chi/lunch", "phai-tra/an", 500_000)


# Tampering with the text: nothing is reckoned anew ------------------------------------------------------------------


def first(lines: list[bytes], kind: bytes) -> int:
    return next(place for place, line in enumerate(lines) if line.startswith(kind + b"\t"))


def swapped(lines: list[bytes], old: bytes, new: bytes) -> list[bytes]:
    """The last entry in which the text stands, changed there alone."""
    place = max(at for at, line in enumerate(lines) if line.startswith(b"entry\t") and old in line)
    return [*lines[:place], lines[place].replace(old, new), *lines[place + 1 :]]


TEXT: dict[str, tuple[Callable[[list[bytes]], list[bytes]], set[str]]] = {
    "an entry changed": (lambda lines: swapped(lines, b"08:00", b"09:00"), {"chain"}),
    "an entry removed": (
        lambda lines: lines[: (at := first(lines, b"entry"))] + lines[at + 1 :],
        {"chain", "numbering"},
    ),
    "an entry twice": (
        lambda lines: [*lines[: (at := first(lines, b"entry"))], lines[at], *lines[at:]],
        {"chain", "numbering", "sequence", "balance"},
    ),
    "entries in another order": (
        lambda lines: [*lines[: (at := first(lines, b"entry"))], lines[at + 1], lines[at], *lines[at + 2 :]],
        {"chain", "numbering"},
    ),
    "the last entry removed": (
        lambda lines: lines[: (at := first(lines, b"balance")) - 1] + lines[at:],
        {"chain", "balance"},
    ),
    "the end says another number": (
        lambda lines: [*lines[:-1], lines[-1].replace(b"end\t17", b"end\t16")],
        {"chain"},
    ),
    "the end lacks": (lambda lines: lines[:-1], {"unreadable"}),
    "the file cut short within a line": (lambda lines: [*lines[:20], lines[20][:30]], {"unreadable"}),
    "the header lacks": (lambda lines: lines[1:], {"unreadable"}),
    "another version": (lambda lines: [lines[0].replace(b"\t1\t", b"\t2\t"), *lines[1:]], {"unreadable"}),
    "two headers": (lambda lines: [lines[0], *lines], {"unreadable"}),
    "text after the end": (lambda lines: [*lines, lines[1]], {"unreadable"}),
    "an unknown kind": (lambda lines: [*lines[:-1], b"note\tx\n", lines[-1]], {"unreadable"}),
    "an empty line": (lambda lines: [*lines[:3], b"\n", *lines[3:]], {"unreadable"}),
    "bytes that are no UTF-8": (lambda lines: [lines[0].replace(b"\n", b"\xff\n"), *lines[1:]], {"unreadable"}),
    "an amount that is no number": (lambda lines: swapped(lines, b"\t400000\t", b"\t4_0\t"), {"unreadable", "chain"}),
    "a kind out of its order": (lambda lines: [lines[0], lines[-2], *lines[1:-2], lines[-1]], {"unreadable"}),
}


@pytest.mark.parametrize("what", TEXT)
def test_a_change_of_the_text_is_found(what: str) -> None:
    tamper, expected = TEXT[what]
    assert expected <= kinds(tamper(sample().export()))


def test_a_change_is_found_where_it_was_made_and_told_in_both_languages() -> None:
    lines = swapped(sample().export(), b"08:00", b"09:00")
    (found,) = verify(lines).findings
    changed = first(lines, b"balance")  # Lines of a file are counted from 1.
    assert (found.kind, found.place) == ("chain", changed)
    assert found.vi.startswith(f"Dòng {changed}: mã băm không khớp")
    assert found.en.startswith(f"Line {changed}: the hash does not follow")


@given(ledgers(), st.data())
def test_any_byte_of_an_entry_is_watched(book: Book, data: st.DataObject) -> None:
    lines = book.export()
    if book.entries:
        place = data.draw(st.integers(first(lines, b"entry"), first(lines, b"balance") - 1))
        at = data.draw(st.integers(0, len(lines[place]) - 2))
        byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != lines[place][at]))
        changed = lines[place][:at] + bytes([byte]) + lines[place][at + 1 :]
        assert kinds([*lines[:place], changed, *lines[place + 1 :]])


@given(st.lists(st.binary(max_size=60) | st.sampled_from(sample().export()), max_size=30))
def test_whatever_is_read_nothing_is_raised(lines: list[bytes]) -> None:
    verify(lines)


# Tampering with the meaning: every hash, balance and end is reckoned anew --------------------------------------------


def entry(book: Book, act: str, line: str) -> list[str]:
    """The last entry of the act for the line."""
    return [row for row in book.entries if row[ACT] == act and row[LINE] == line][-1]


def put(row: list[str], *changes: tuple[int, str]) -> None:
    for place, text in changes:
        row[place] = text


def more(book: Book, *steps: str) -> None:
    for step in steps:
        book.act(*step.split())


def renumbered(book: Book, entries: list[list[str]]) -> None:
    book.entries = [[str(number), *row[1:]] for number, row in enumerate(entries, start=1)]


def a_second_first_line(book: Book) -> None:
    book.line("l8", "r3", "an", "2025-10", "", 0, 500_000)
    more(book, "approve l8", "send l8")


def a_second_follower(book: Book) -> None:
    book.line("l8", "r3", "an", "2025-10", "l1", 500_000, 700_000)
    more(book, "approve l8", "send l8")


def two_that_follow_each_other(book: Book) -> None:
    book.line("l8", "r3", "cuc", "2025-10", "l9", 100_000, 500_000)
    book.line("l9", "r3", "cuc", "2025-10", "l8", 500_000, 100_000)
    more(book, "approve l8", "approve l9", "send l8")


def a_follower_of_nothing_approved(book: Book) -> None:
    book.line("l8", "r3", "an", "2025-11", "l7", 500_000, 700_000)
    more(book, "approve l8")


def a_follower_whose_line_is_gone(book: Book) -> None:
    book.line("l8", "r3", "binh", "2025-11", "l6", 400_000, 500_000)
    more(book, "approve l8", "take_back l6")


def sent_before_approval(book: Book) -> None:
    more(book, "send l7", "approve l7")


def removed_and_renumbered(book: Book) -> None:
    renumbered(book, [row for row in book.entries if row is not entry(book, "approve", "l1")])


def one_number_twice(book: Book) -> None:
    put(book.entries[3], (NUMBER, "3"))


MEANING: dict[str, tuple[Callable[[Book], object], str]] = {
    "a number twice": (one_number_twice, "numbering"),
    "a number skipped": (lambda book: put(book.entries[-1], (NUMBER, "18")), "numbering"),
    "an amount of nothing": (lambda book: put(entry(book, "send", "l4"), (AMOUNT, "0")), "amount"),
    "an amount below zero": (lambda book: put(entry(book, "send", "l4"), (AMOUNT, "-200000")), "amount"),
    "one account on both sides": (lambda book: put(entry(book, "net", "l5"), (DEBIT, "phai-tra/binh")), "amount"),
    "a second first line": (a_second_first_line, "paid_twice"),
    "a second follower": (a_second_follower, "paid_twice"),
    "another's month is followed": (lambda book: put(book.lines[3], (LEARNER, "binh")), "follows"),
    "another month is followed": (lambda book: put(book.lines[3], (MONTH, "2025-12")), "follows"),
    "a line not approved is followed": (a_follower_of_nothing_approved, "follows"),
    "the line followed is taken back": (a_follower_whose_line_is_gone, "follows"),
    "two lines follow each other": (two_that_follow_each_other, "follows"),
    "a line that is not there is followed": (lambda book: put(book.lines[3], (FOLLOWS, "l99")), "unknown"),
    "other than what was due": (lambda book: put(book.lines[3], (BEFORE, "400000"), (DUE, "600000")), "before"),
    "a first line with something before": (lambda book: put(book.lines[5], (BEFORE, "1"), (DUE, "400001")), "before"),
    "more approved than decided": (lambda book: put(entry(book, "approve", "l6"), (AMOUNT, "900000")), "other_amount"),
    "more sent than approved": (lambda book: put(entry(book, "send", "l4"), (AMOUNT, "900000")), "other_amount"),
    "the line changed after approval": (lambda book: put(book.lines[5], (DUE, "900000")), "other_amount"),
    "sent before approval": (sent_before_approval, "sequence"),
    "never approved": (removed_and_renumbered, "sequence"),
    "sent twice": (lambda book: more(book, "send l4"), "sequence"),
    "sent after it was settled": (lambda book: more(book, "send l1"), "sequence"),
    "returned, not sent": (lambda book: more(book, "return l6"), "sequence"),
    "settled, not sent": (lambda book: more(book, "settle l6"), "sequence"),
    "taken back after sending": (lambda book: more(book, "take_back l4"), "sequence"),
    "taken back after a return": (lambda book: more(book, "return l4", "take_back l4"), "sequence"),
    "approved twice": (lambda book: more(book, "approve l6"), "sequence"),
    "a clawback sent": (lambda book: more(book, "send l5"), "sequence"),
    "a clawback set off twice": (lambda book: more(book, "net l5"), "sequence"),
    "a payment set off": (lambda book: more(book, "net l6"), "sequence"),
    "an unknown line": (lambda book: put(entry(book, "send", "l4"), (LINE, "l99")), "unknown"),
    "another run": (lambda book: put(entry(book, "send", "l4"), (RUN, "r1")), "unknown"),
    "a line of an unknown run": (lambda book: put(book.lines[6], (1, "r99")), "unknown"),
    "no document": (lambda book: put(book.lines[0], (DOCUMENT, "")), "no_decision"),
    "no clause": (lambda book: put(book.lines[0], (CLAUSE, "")), "no_decision"),
    "no decision": (lambda book: put(book.lines[0], (DECISION, SHA[:-1])), "no_decision"),
    "no facts": (lambda book: put(book.runs[0], (5, "")), "no_decision"),
    "nobody checked": (lambda book: put(book.runs[0], (CHECKED, "")), "people"),
    "one person drew up and checked": (lambda book: put(book.runs[0], (CHECKED, book.runs[0][1])), "people"),
    "approved by another": (lambda book: put(entry(book, "approve", "l6"), (BY, "99")), "people"),
    "sent by another": (lambda book: put(entry(book, "send", "l4"), (BY, "99")), "people"),
    "sent by nobody named": (lambda book: put(book.runs[1], (SENT, "")), "people"),
    "returned by nobody": (lambda book: put(entry(book, "return", "l1"), (BY, "")), "people"),
    "sent from an expense": (lambda book: put(entry(book, "send", "l4"), (DEBIT, "chi/lunch")), "account"),
    "sent from another's due": (lambda book: put(entry(book, "send", "l4"), (DEBIT, "phai-tra/binh")), "account"),
    "sent elsewhere": (lambda book: put(entry(book, "send", "l4"), (CREDIT, "ngan-hang-khac")), "account"),
    "returned to another": (lambda book: put(entry(book, "return", "l1"), (CREDIT, "phai-tra/binh")), "account"),
    "taken back elsewhere": (lambda book: put(entry(book, "take_back", "l3"), (CREDIT, "chi/books")), "account"),
    "settled elsewhere": (lambda book: put(entry(book, "settle", "l1"), (CREDIT, "phai-tra/an")), "account"),
    "approved the wrong way": (
        lambda book: put(entry(book, "approve", "l6"), (DEBIT, "phai-tra/binh"), (CREDIT, "chi/lunch")),
        "account",
    ),
    "a line twice": (lambda book: book.lines.append(book.lines[-1]), "unreadable"),
    "a run twice": (lambda book: book.runs.append(book.runs[-1]), "unreadable"),
    "a month that is none": (lambda book: put(book.lines[6], (MONTH, "2025-13")), "unreadable"),
    "an unknown act": (lambda book: put(entry(book, "send", "l4"), (ACT, "gift")), "unreadable"),
}


@pytest.mark.parametrize("what", MEANING)
def test_tampering_is_found_though_all_hashes_are_made_anew(what: str) -> None:
    tamper, kind = MEANING[what]
    book = sample()
    tamper(book)
    found = kinds(book.export())
    assert kind in found
    assert "chain" not in found and "balance" not in found - {kind}


def test_one_person_who_approved_and_sent_is_found() -> None:
    book = sample()
    put(book.runs[1], (SENT, book.runs[1][APPROVED]))
    put(entry(book, "send", "l4"), (BY, book.runs[1][APPROVED]))
    assert kinds(book.export()) == {"people"}


def test_a_run_that_one_person_drew_up_and_checked_is_told_once() -> None:
    book = sample()
    put(book.runs[0], (CHECKED, book.runs[0][1]))
    assert [found.kind for found in verify(book.export()).findings] == ["people"]


def test_lines_only_drawn_up_or_taken_back_pay_nobody_twice() -> None:
    book = sample()
    book.line("l8", "r3", "an", "2025-10", "", 0, 500_000)
    book.line("l9", "r3", "an", "2025-10", "l1", 1, 2)
    more(book, "approve l8", "take_back l8")
    assert kinds(book.export()) == set()


def test_balances_that_do_not_sum_to_zero_or_lack_are_found() -> None:
    book = sample()
    held = book.balances()
    del held[next(account for account, amount in held.items() if amount)]
    assert [found.kind for found in verify(book.export(held)).findings] == ["balance", "balance"]


def test_every_kind_is_provoked_by_some_test() -> None:
    provoked = {kind for _, kind in MEANING.values()}.union(*(expected for _, expected in TEXT.values()))
    assert provoked == set(WHY)


def test_after_a_hundred_findings_the_rest_is_counted() -> None:
    lines = sample().export()
    verdict = verify([*lines[:-1], *[b"x\n"] * (SHOWN + 20), lines[-1]])
    assert (len(verdict.findings), verdict.more) == (SHOWN, 20)
    assert replace(verdict, findings=(), more=0) == replace(verify(lines), findings=(), more=0)


# Alone --------------------------------------------------------------------------------------------------------------


def alone(folder: Path, lines: list[bytes]) -> tuple[int, str]:
    """The file copied elsewhere and run there, with nothing of An Sinh or of the environment in reach."""
    assert ledger.__file__
    copy = folder / "ledger.py"
    copy.write_bytes(Path(ledger.__file__).read_bytes())
    program = [sys.executable, "-I", str(copy)]
    done = subprocess.run(program, input=b"".join(lines), cwd=folder, capture_output=True, check=False)  # noqa: S603
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def test_the_file_runs_alone(tmp_path: Path) -> None:
    code, said = alone(tmp_path, sample().export())
    assert code == 0
    assert "Đã chuyển / sent: 1000000 đồng" in said and "Tìm thấy / found: 0" in said


def test_alone_it_tells_tampering(tmp_path: Path) -> None:
    code, said = alone(tmp_path, swapped(sample().export(), b"08:00", b"09:00"))
    assert code == 1
    assert "[chain]" in said and "mã băm không khớp" in said and "the hash does not follow" in said
    assert "Tìm thấy / found: 1" in said
