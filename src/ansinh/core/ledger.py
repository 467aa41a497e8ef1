"""The ledger as one text file, and a check of it that anyone can read and run alone: python ledger.py < so-cai.tsv

It needs this file and Python 3.11 or newer, nothing else, and returns 0 when nothing is found, 1 otherwise. A ledger is UTF-8,
one record a line, fields separated by tabs, the kinds of record in this order; amounts are whole đồng:

    ledger   1, instant of export, whose ledger
    run      run, drawn up by, checked by, approved by, sent by, sha256 of the facts, sha256 of the law
    line     line, run, learner, benefit, month YYYY-MM, line it follows, paid before, due now, document, clause, its sha256
    entry    number from 1, instant, by, act, run, line, account debited, account credited, amount, hash
    balance  account, debits less credits
    end      number of entries, hash of the last one

People are account numbers, empty while a thing is not done. An entry's hash covers the hash before it: whoever kept one hash
elsewhere notices any later change of the entries up to it. Runs and lines are under no hash; what they say is compared with
the entries. A ledger written wholly anew is noticed only by comparing its last hash with one kept elsewhere.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

START = "0" * 64  # What stands for the hash before the first entry.
SHOWN = 100  # Findings told in words; those after them are only counted.
HASH, MONTH = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
KINDS = ("ledger", "run", "line", "entry", "balance", "end")  # Of record, in their order.
PAYABLE, EXPENSE, BANK, PAID = "phai-tra/", "chi/", "ngan-hang", "da-tra"  # With a slash: how such an account begins.

# What may be done to a line that pays: from which states, to which, the account debited and the one credited. A line once
# sent is not taken back, even after the money returned; a line confirmed by the bank stays as it is.
DRAWN, APPROVED, SENT, RETURNED, SETTLED, NETTED = range(6)
PAYMENT = {
    "approve": ((DRAWN,), APPROVED, (EXPENSE, PAYABLE)),
    "take_back": ((APPROVED,), DRAWN, (PAYABLE, EXPENSE)),
    "send": ((APPROVED, RETURNED), SENT, (PAYABLE, BANK)),
    "return": ((SENT,), RETURNED, (BANK, PAYABLE)),
    "settle": ((SENT,), SETTLED, (BANK, PAID)),
    "net": ((), NETTED, (PAID, PAYABLE)),
}
# The same for a clawback, by which less is due than was paid: it is kept back from what the same child is sent. No bank tells
# of it, so that it is taken off what was paid at once, and the order book closes at nought when all that was sent is confirmed.
CLAWBACK = {act: ((), *rule[1:]) for act, rule in PAYMENT.items()} | {
    "approve": ((DRAWN,), APPROVED, (PAYABLE, EXPENSE)),
    "take_back": ((APPROVED,), DRAWN, (EXPENSE, PAYABLE)),
    "net": ((APPROVED,), NETTED, (PAID, PAYABLE)),
}

# Kinds of finding: what it is and why it matters, in both languages.
WORDS = """\
unreadable | trùng, sai mẫu, sai chỗ hoặc thiếu: không kiểm được | stands twice, is malformed, misplaced or lacks: unchecked
numbering | số không nối tiếp: bút toán có thể bị bỏ hay thêm | the number does not follow: an entry may be removed or put in
chain | mã băm không khớp: sổ đã bị sửa sau khi ghi | the hash does not follow: the ledger was changed once written
amount | tiền không trên 0 hoặc không đi đâu: chi khống | the amount is not above zero, or goes nowhere: nothing is paid
balance | số dư khác tổng bút toán: báo cáo sai sổ | the balance is not the sum of entries: reports would be wrong
paid_twice | chỗ này đã có dòng chi: một tháng trả hai lần | another live line stands here: one month is paid twice
follows | dòng trước chưa duyệt hay của người khác: trả sai | the line before is not live or not of this learner and month
before | khác số dòng trước phải trả: truy lĩnh, thu hồi sai | not what the line before says: arrears or clawback are wrong
sequence | chưa hoặc không còn được làm: tiền đi sai hay hai lần | may not be done now: money may move unapproved, or twice
other_amount | khác số được quyết định: tiền đi thừa hoặc thiếu | not the amount decided: too much or too little is moved
unknown | dòng hay đợt chi không có trong sổ: trả cho ai? | the line or its run is not in the ledger: who was paid?
no_decision | thiếu căn cứ: không quyết định thì không được chi | the ground is lacking: nothing is paid without a decision
people | sai người, hoặc một người làm hai việc: thiếu kiểm soát | not by the one named, or one person alone: nobody checked
account | tài khoản sai loại hoặc khác lúc duyệt: tiền lạc chỗ | wrong account, or not the one approved: money goes astray"""
WHY = {kind: (vi, en) for kind, vi, en in (row.split(" | ") for row in WORDS.splitlines())}


def body(number: int, at: str, by: str, act: str, run: str, line: str, debit: str, credit: str, amount: int) -> str:
    """An entry's record without its hash; the amount is in whole đồng. ValueError if a field holds a tab or a newline."""
    record = "\t".join(("entry", str(number), at, by, act, run, line, debit, credit, str(amount)))
    if record.count("\t") != 9 or "\n" in record:
        raise ValueError(f"a field of entry {number} holds a tab or a newline")
    return record


def chained(previous: str, body: str) -> str:
    """The hash of an entry: sha256, in hexadecimal, of the hash before it, a newline and the entry's record."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


@dataclass(frozen=True)
class Finding:
    """One thing wrong: its kind (a key of WHY), the line of the file, and what it is in both languages."""

    kind: str
    place: int
    vi: str
    en: str


@dataclass(frozen=True)
class Verdict:
    """What was read and found: đồng sent less those returned or kept back, đồng confirmed, and how many more findings.

    Confirmed is less what was kept back, which no bank tells of."""

    entries: int
    lines: int
    runs: int
    sent: int
    settled: int
    last_hash: str
    findings: tuple[Finding, ...]
    more: int


def verify(lines: Iterable[bytes]) -> Verdict:
    """Everything wrong with a ledger given line by line. It raises nothing: what cannot be read is a finding."""
    check = _Check()
    check.read(lines)
    return check.verdict()


@lru_cache(10_000)  # The same few amounts stand in millions of records.
def _number(text: str) -> int:
    # Only plain digits: Python itself would also read blanks, underscores and the digits of other scripts.
    if len(text) > 18 or not (text.isascii() and text.removeprefix("-").isdigit()):
        raise ValueError(text)
    return int(text)


def _fits(act: str, debit: str, credit: str, kinds: tuple[str, str], booked: tuple[str, str] | None) -> bool:
    """Are the accounts of the act's kinds and, where it undoes or carries on an approval, those the approval booked?"""
    if act == "approve" or not booked:
        return debit.startswith(kinds[0]) and credit.startswith(kinds[1])
    if act == "settle":
        return debit == BANK and credit == PAID
    if act == "net":
        return debit == PAID and credit == booked[0]
    if act == "send":
        return debit == booked[1] and credit == BANK
    return (credit, debit) == (booked if act == "take_back" else (booked[1], BANK))


class _Check:
    """What was read so far: a row for a line, nothing for an entry. A rule reads `it holds or self.find(...)`."""

    def __init__(self) -> None:
        # A reader takes its record apart and raises ValueError if there are not as many fields as there should be.
        self.readers = {kind: (rank, getattr(self, f"_{kind}")) for rank, kind in enumerate(KINDS)}
        self.place, self.rank = 0, -1  # The line of the file that is read, and the latest kind of record so far.
        self.entries, self.skipped, self.last_hash, self.found = 0, 0, START, 0
        self.findings: list[Finding] = []
        self.named: dict[str, dict[str, str]] = {}  # Run → who approved and who sent it.
        self.people: dict[str, list[str]] = {}  # Run of which nothing was approved yet → all who had a part.
        self.lines: dict[str, int] = {}  # A line's id → its place in the lists below.
        self.months: dict[str, int] = {}  # Learner, benefit and month → the first line of them.
        self.follows: dict[int, str] = {}
        # Line by line: its run, the first line of its month, what is due, how much more that is, where in the file it is.
        self.rows: list[tuple[str, int, int, int, int]] = []
        self.state = bytearray()
        self.booked: list[tuple[str, str] | None] = []  # The accounts a line's approval debits and credits.
        self.pairs: dict[tuple[str, str], tuple[str, str]] = {}  # Such pairs, each kept once.
        self.sums: defaultdict[str, int] = defaultdict(int)  # Account → debits less credits.
        self.told: dict[str, int] = {}  # The same as the file tells it.

    def find(self, kind: str, *told: object, should: object = "", place: int = 0) -> bool:
        """A finding: `told` is what stands there and `should` what ought to. Always False."""
        self.found += 1
        if self.found > SHOWN:
            return False
        at, stands = place or self.place, f" ({', '.join(map(str, told))})" if told else ""
        vi, en = (f", đáng lẽ {should}", f", should be {should}") if should != "" else ("", "")
        words = f"Dòng {at}: {WHY[kind][0]}{stands}{vi}.", f"Line {at}: {WHY[kind][1]}{stands}{en}."
        self.findings.append(Finding(kind, at, *words))
        return False

    def read(self, lines: Iterable[bytes]) -> None:
        for self.place, raw in enumerate(lines, start=1):
            try:
                text = raw.decode().removesuffix("\n")
                fields = text.split("\t")
                rank, reader = self.readers[fields[0]]
                if rank != self.rank:  # A header before all, and then no kind after a later one.
                    (self.rank < rank and self.rank >= min(rank, 1) - 1) or self.find("unreadable", fields[0])
                    self.rank = max(rank, self.rank)
                reader(text, fields)
            except (KeyError, ValueError):
                self.find("unreadable")

    def _ledger(self, _: str, fields: list[str]) -> None:
        _, version, _, _ = fields
        (version == "1" and self.place == 1) or self.find("unreadable", "ledger", version)

    def _run(self, _: str, fields: list[str]) -> None:
        _, name, drawn, checked, approved, sent, facts, law = fields
        name not in self.named or self.find("unreadable", name)
        self.named[name] = {"approve": approved, "send": sent}
        self.people[name] = [drawn, checked, approved, *([sent] if sent else [])]
        (HASH.fullmatch(facts) and HASH.fullmatch(law)) or self.find("no_decision", name)

    def _line(self, _: str, fields: list[str]) -> None:
        _, name, run, learner, benefit, month, follows, paid, owed, document, clause, decision = fields
        before, due, at = _number(paid), _number(owed), len(self.rows)
        if not name or name in self.lines or min(before, due) < 0 or not MONTH.fullmatch(month):
            raise ValueError(name)
        self.lines[name] = at
        first = self.months.setdefault(f"{learner}\t{benefit}\t{month}", at)
        self.rows.append((sys.intern(run), first, due, due - before, self.place))
        self.state.append(DRAWN)
        self.booked.append(None)
        if follows:
            self.follows[at] = follows
        run in self.named or self.find("unknown", run)
        (document and clause and HASH.fullmatch(decision)) or self.find("no_decision", name)

    def _entry(self, text: str, fields: list[str]) -> None:
        _, number, _, by, act, run, line, debit, credit, money, stated = fields
        chained(self.last_hash, text[:-65]) == stated or self.find("chain", stated)
        self.last_hash = stated  # As it is told, so that one change is one finding.
        self.entries += 1
        if number != str(self.entries + self.skipped):
            self.find("numbering", number, should=self.entries + self.skipped)
            self.skipped = _number(number) - self.entries
        amount = _number(money)
        (amount > 0 and debit != credit) or self.find("amount", amount, debit, credit)
        self.sums[debit] += amount
        self.sums[credit] -= amount
        at, named = self.lines.get(line, -1), self.named.get(run)
        if at < 0 or named is None or self.rows[at][0] != run:
            self.find("unknown", line, run)
            return
        owed, state = self.rows[at][3], self.state[at]
        allowed, self.state[at], kinds = (PAYMENT if owed > 0 else CLAWBACK)[act]
        state in allowed or self.find("sequence", act)
        amount == abs(owed) or self.find("other_amount", act, amount, should=abs(owed))
        _fits(act, debit, credit, kinds, self.booked[at]) or self.find("account", act, debit, credit)
        (by and by == named.get(act, by)) or self.find("people", act, by, should=named.get(act, ""))
        if act == "approve":
            self.approved(at, debit, credit)
        if run in self.people and act in ("approve", "send"):
            people = self.people.pop(run)  # Taken out, so that one run is one finding.
            len({*people, ""}) == len(people) + 1 or self.find("people", *people)

    def approved(self, at: int, debit: str, credit: str) -> None:
        self.booked[at] = self.pairs.setdefault((debit, credit), (debit, credit))
        # A line approved before the one it follows is wrong even if that is approved later: two could follow each other.
        followed = self.lines.get(self.follows.get(at, ""), at)
        self.state[followed] != DRAWN or self.find("follows", self.follows[at])

    def _balance(self, _: str, fields: list[str]) -> None:
        _, account, balance = fields
        account not in self.told or self.find("unreadable", account)
        told, held = _number(balance), self.sums.get(account, 0)
        self.told[account] = told
        told == held or self.find("balance", account, told, should=held)

    def _end(self, _: str, fields: list[str]) -> None:
        _, entries, last_hash = fields
        self.rank = len(KINDS)  # Whatever comes now comes too late.
        (entries == str(self.entries) and last_hash == self.last_hash) or self.find("chain", entries, last_hash)
        for account in self.sums.keys() - self.told.keys():
            self.sums[account] == 0 or self.find("balance", account, should=self.sums[account])
        sum(self.told.values()) == 0 or self.find("balance", sum(self.told.values()), should=0)

    def verdict(self) -> Verdict:
        """What can only be said at the end, and all that was said before."""
        self.rank == len(KINDS) or self.find("unreadable", should="end")
        self.one_chain_a_month()
        settled = -self.sums[PAID]
        money, more = (settled - self.sums[BANK], settled), max(0, self.found - SHOWN)
        counts = self.entries, len(self.lines), len(self.named)
        return Verdict(*counts, *money, self.last_hash, tuple(self.findings), more)

    def one_chain_a_month(self) -> None:
        """The live lines of a learner, benefit and month are one chain, each beginning from what the last says is due."""
        opened, followed = bytearray(len(self.rows)), bytearray(len(self.rows))
        for at, (_, first, due, owed, place) in enumerate(self.rows):
            if self.state[at] == DRAWN:  # Never approved, or taken back: nothing is owed by it.
                continue
            before, taken, key = 0, opened, first
            if at in self.follows:
                of = self.lines.get(self.follows[at], at)
                of != at or self.find("unknown", self.follows[at], place=place)
                _, first_of_other, before, _, _ = self.rows[of]
                live = self.state[of] != DRAWN and first_of_other == first
                live or self.find("follows", self.follows[at], place=place)
                taken, key = followed, of
            taken[key] == 0 or self.find("paid_twice", place=place)
            taken[key] = 1
            due - owed == before or self.find("before", due - owed, should=before, place=place)


def main() -> int:
    """Check the ledger on the standard input and say in both languages what was found; 1 if anything was."""
    verdict = verify(sys.stdin.buffer)
    said = [
        f"Đợt / runs: {verdict.runs}. Dòng chi / lines: {verdict.lines}. Bút toán / entries: {verdict.entries}.",
        f"Đã chuyển / sent: {verdict.sent} đồng. Ngân hàng xác nhận / settled: {verdict.settled} đồng.",
        f"Mã băm cuối / last hash: {verdict.last_hash}",
        *(f"[{found.kind}] {found.vi}\n    {found.en}" for found in verdict.findings),
        f"Tìm thấy / found: {len(verdict.findings) + verdict.more}",
    ]
    sys.stdout.buffer.write("\n".join([*said, ""]).encode())  # UTF-8, whatever the machine's own encoding is.
    return 1 if verdict.findings else 0


if __name__ == "__main__":
    sys.exit(main())
