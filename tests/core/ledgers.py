"""Made-up ledgers that are right, as rows a test may tamper with, and their export with every hash made anew."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from ansinh.core.ledger import START, body, chained

AT = "2026-01-15T08:00:00+07:00"
SHA = hashlib.sha256(b"made up").hexdigest()
DOCUMENT, CLAUSE = "66/2025/NĐ-CP", "Điều 5"
DRAWN_BY, CHECKED_BY, APPROVED_BY, SENT_BY = "11", "12", "13", "14"
BANK, PAID = "ngan-hang", "da-tra"

Step = tuple[str, str]  # An act and the id of its line.


@dataclass
class Book:
    """A ledger as rows of text: no hash, no balance, no end, which `export` reckons from the rows."""

    runs: list[list[str]] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    entries: list[list[str]] = field(default_factory=list)

    def run(self, name: str) -> None:
        self.runs.append([name, DRAWN_BY, CHECKED_BY, APPROVED_BY, SENT_BY, SHA, SHA])

    def line(self, name: str, run: str, learner: str, month: str, follows: str, before: int, due: int) -> None:
        paid = [follows, str(before), str(due)]
        self.lines.append([name, run, learner, "lunch", month, *paid, DOCUMENT, CLAUSE, SHA])

    def act(self, act: str, line: str) -> None:
        """An entry as it should be, with the accounts and the amount that the line calls for."""
        row = next(row for row in self.lines if row[0] == line)
        owed = int(row[7]) - int(row[6])
        expense, payable = f"chi/{row[3]}", f"phai-tra/{row[2]}"
        booked = (expense, payable) if owed > 0 else (payable, expense)
        debit, credit = {
            "approve": booked,
            "take_back": booked[::-1],
            "send": (payable, BANK),
            "return": (BANK, payable),
            "settle": (BANK, PAID),
            "net": (PAID, payable),
        }[act]
        by = {"approve": APPROVED_BY, "send": SENT_BY}.get(act, "15")
        number = str(len(self.entries) + 1)
        self.entries.append([number, AT, by, act, row[1], line, debit, credit, str(abs(owed))])

    def balances(self) -> dict[str, int]:
        """The slow twin: an account's debits less its credits, entry by entry."""
        held: dict[str, int] = defaultdict(int)
        for *_, debit, credit, amount in self.entries:
            held[debit] += int(amount)
            held[credit] -= int(amount)
        return dict(held)

    def export(self, balances: dict[str, int] | None = None) -> list[bytes]:
        """The file's lines, with hashes, balances and end reckoned from the rows as they now stand."""
        held = self.balances() if balances is None else balances
        rows = [f"ledger\t1\t{AT}\tSở Giáo dục tỉnh Thử"]
        rows += ["\t".join(["run", *run]) for run in self.runs]
        rows += ["\t".join(["line", *line]) for line in self.lines]
        last = START
        for number, at, by, act, run, line, debit, credit, amount in self.entries:
            record = body(int(number), at, by, act, run, line, debit, credit, int(amount))
            last = chained(last, record)
            rows.append(f"{record}\t{last}")
        rows += [f"balance\t{account}\t{amount}" for account, amount in sorted(held.items())]
        rows.append(f"end\t{len(self.entries)}\t{last}")
        return [f"{row}\n".encode() for row in rows]


def sample() -> Book:
    """One of everything: a return and a sending again, a taking back, arrears, a clawback set off, a line only drawn up."""
    book = Book()
    for run in ("r1", "r2", "r3"):
        book.run(run)
    book.line("l1", "r1", "an", "2025-10", "", 0, 500_000)
    book.line("l2", "r1", "binh", "2025-10", "", 0, 500_000)
    book.line("l3", "r1", "binh", "2025-11", "", 0, 500_000)
    book.line("l4", "r2", "an", "2025-10", "l1", 500_000, 700_000)
    book.line("l5", "r2", "binh", "2025-10", "l2", 500_000, 300_000)
    book.line("l6", "r3", "binh", "2025-11", "", 0, 400_000)
    book.line("l7", "r3", "an", "2025-11", "", 0, 500_000)
    steps = (
        "approve l1, approve l2, approve l3, take_back l3, send l1, send l2, return l1, send l1, settle l1, settle l2, "
    )
    steps += "approve l4, approve l5, take_back l5, approve l5, net l5, send l4, approve l6"
    for step in steps.split(", "):
        book.act(*step.split())
    return book


@st.composite
def ledgers(draw: st.DrawFn) -> Book:
    """Right ledgers of many shapes: each learner's month a chain of lines, their steps mixed with those of the others."""
    book, queues = Book(), []
    months = draw(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 12)), min_size=1, max_size=5, unique=True))
    for run in range(1, 5):
        book.run(f"r{run}")
    for learner, month in months:
        dues = draw(st.lists(st.integers(0, 3), min_size=1, max_size=4))
        queues.append(chain(draw, book, learner, f"2026-{month:02d}", [due * 100_000 for due in dues]))
    while queues := [queue for queue in queues if queue]:
        book.act(*draw(st.sampled_from(queues)).pop(0))
    return book


def chain(draw: st.DrawFn, book: Book, learner: str, month: str, dues: Sequence[int]) -> list[Step]:
    """The lines of one learner's month, each following the last one that stayed approved, and what is done to them."""
    follows, paid, steps = "", 0, []
    for run, due in enumerate(dues, start=1):
        name = f"{learner}-{month}-{run}"
        book.line(name, f"r{run}", learner, month, follows, paid, due)
        if due == paid or draw(st.booleans()):  # Nothing to pay, or only drawn up.
            continue
        for _ in range(draw(st.integers(0, 2))):
            steps += [("approve", name), ("take_back", name)]
        if draw(st.booleans()):
            continue
        steps.append(("approve", name))
        steps += [(act, name) for act in draw(st.sampled_from(PAID_OUT if due > paid else SET_OFF))]
        follows, paid = name, due
    return steps


SET_OFF = ((), ("net",))
PAID_OUT = (
    (),
    ("send",),
    ("send", "settle"),
    ("send", "return"),
    ("send", "return", "send", "return", "send", "settle"),
)
