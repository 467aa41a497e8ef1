"""Verbs that move money: each in one transaction, with who and when. What they may do is held by the database (guards.py)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from ansinh import law
from ansinh.core import ledger
from ansinh.core.dates import SchoolYear, Span
from ansinh.core.decide import Decisions, decide
from ansinh.core.tables import People
from ansinh.engines.reference import reference
from ansinh.web.access import CLERK, LEADER, SPECIALIST
from ansinh.web.payments.due import GIVEN_UP, freeze, kept_back, law_hash, lines_of, thaw
from ansinh.web.payments.models import MOVES, Act, Entry, Line, Move, Run, State
from ansinh.web.registry import bulk
from ansinh.web.registry.models import School, User
from ansinh.web.registry.scope import scope_of

# Who may do what, each within their scope; that no two of the four are one person is the database's to hold.
MAY = {
    State.DRAWN_UP: (CLERK, SPECIALIST),
    State.CHECKED: (SPECIALIST,),
    State.APPROVED: (LEADER,),
    State.SENT: (CLERK, SPECIALIST),
    State.RECONCILED: (CLERK, SPECIALIST),
    State.CLOSED: (SPECIALIST, LEADER),
    State.RETURNED: (SPECIALIST, LEADER),
    State.CANCELLED: (CLERK, SPECIALIST),
    State.TAKEN_BACK: (LEADER,),
}
_LINE = ("learner_id", "benefit", "month", "follows_id", "before_vnd", "due_vnd", "document", "cite", "decision")
_LOCK = 4_150_716_242  # Of PostgreSQL's advisory locks, the one whoever adds to the ledger holds.


class PaymentError(Exception):
    """A run cannot do what is asked; `why` says it in Vietnamese and in English, and nothing was changed."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


def draw_up(*, decisions: Decisions, people: People, school: School, period: Span, by: User, at: datetime) -> Run:
    """Door 4: what the children of a school are due for the months that begin in a period, and the differences to what was
    paid for earlier ones. The same facts, law and payments drawn up again give the same run.

    people: those the decisions are of, frozen with the run. PaymentError when there is nothing to pay or to claim back.
    """
    _may(by, school, State.DRAWN_UP)
    year = decisions.plan.year
    lines = lines_of(decisions, people, school=school, period=period)
    if not lines:
        raise PaymentError("Không có khoản nào phải chi hoặc thu hồi.", "There is nothing to pay or to claim back.")
    frozen, law_ = freeze(people), law_hash(decisions)
    whole = hashlib.sha256(frozen).hexdigest()
    with transaction.atomic():
        # A run that was given up is not taken up again: drawn up anew it is another.
        given_up = Run.objects.filter(school=school, year=year.start, state__in=GIVEN_UP).count()
        key = hashlib.sha256(repr((school.code, year, period, whole, law_, given_up, lines)).encode()).hexdigest()
        if (run := Run.objects.filter(key=key).first()) is not None:
            return run
        run = Run.objects.create(
            key=key, school=school, year=year.start, since=period.since, until=period.until, snapshot=frozen,
            snapshot_hash=whole, law_hash=law_, drawn_up_by=by,
        )  # fmt: skip
        Move.objects.create(run=run, state=State.DRAWN_UP, by=by, at=at)
        bulk.insert(Line, ("run_id", *_LINE, "live"), ((run.pk, *astuple(line), False) for line in lines))
    return run


def check(*, run: Run, by: User, at: datetime) -> None:
    """Say that the run is right, as another than who drew it up."""
    _move(run, State.CHECKED, by, at, checked_by=by)


def approve(*, run: Run, by: User, at: datetime) -> None:
    """Recompute the run from its frozen facts with the reference engine, then make its lines live and book them.

    PaymentError when one đồng differs, or a month has been approved elsewhere meanwhile.
    """
    _not_taken(run)
    _recomputed(run)
    with transaction.atomic():
        lock()
        held = _move(run, State.APPROVED, by, at, approved_by=by)
        _not_taken(held)  # Asked again: another may have been approved while this one was recomputed.
        held.lines.update(live=True)
        _post(Act.APPROVE, held.lines.order_by("pk"), by, at)


def send(*, run: Run, by: User, at: datetime) -> None:
    """Pay out an approved run; what was paid too much before is kept back where a child's payment covers it."""
    with transaction.atomic():
        lock()
        held = _move(run, State.SENT, by, at, sent_by=by)
        paying = list(held.lines.filter(due_vnd__gt=F("before_vnd")).order_by("pk"))
        _post(Act.SEND, paying, by, at)
        _post(Act.NET, kept_back(paying), by, at)


def bounce(*, lines: Collection[Line], by: User, at: datetime) -> None:
    """What was sent came back; it is still owed, and `resend` sends it again."""
    _book(Act.RETURN, State.RECONCILED, lines, by, at)


def resend(*, lines: Collection[Line], by: User, at: datetime) -> None:
    """Send again what came back, by who sent the run."""
    _book(Act.SEND, State.SENT, lines, by, at)


def settle(*, lines: Collection[Line], by: User, at: datetime) -> None:
    """The bank's statement confirms that these were paid; a run all of whose lines are confirmed is reconciled."""
    with transaction.atomic():
        _book(Act.SETTLE, State.RECONCILED, lines, by, at)
        for run in Run.objects.filter(pk__in={line.run_id for line in lines}, state=State.SENT):
            paying = run.lines.filter(due_vnd__gt=F("before_vnd"))
            if paying.exclude(entries__act=Act.SETTLE).exists():
                continue
            _move(run, State.RECONCILED, by, at)


def close(*, run: Run, by: User, at: datetime) -> None:
    """End a reconciled run for good."""
    _move(run, State.CLOSED, by, at)


def give_back(*, run: Run, by: User, at: datetime, reason: str) -> None:
    """Return a run to who drew it up, who draws up another."""
    _move(run, State.RETURNED, by, at, reason=reason)


def cancel(*, run: Run, by: User, at: datetime, reason: str) -> None:
    """Give a run up before it is approved."""
    _move(run, State.CANCELLED, by, at, reason=reason)


def take_back(*, run: Run, by: User, at: datetime, reason: str) -> None:
    """Take an approval back before anything was sent; every entry has its opposite, and the months are free again."""
    with transaction.atomic():
        lock()
        held = _move(run, State.TAKEN_BACK, by, at, reason=reason)
        lines = held.lines.order_by("pk")
        if Line.objects.filter(follows__run=held, live=True).exists():
            raise PaymentError(
                "Một đợt sau đã tính tiếp từ đợt này; hãy rút đợt sau trước.", "A later run rests on this one."
            )
        _post(Act.TAKE_BACK, lines, by, at)
        lines.update(live=False)


# What the verbs share ---------------------------------------------------------------------------------------------


def _may(by: User, school: School, state: State) -> None:
    if by.role not in MAY[state] or not scope_of(by).schools().filter(pk=school.pk).exists():
        raise PermissionDenied


@transaction.atomic
def _book(act: Act, state: State, lines: Collection[Line], by: User, at: datetime) -> None:
    """Add an act on these lines to the ledger, by who may bring a run of their schools into a state."""
    lock()
    for school in School.objects.filter(runs__lines__in=list(lines)).distinct():
        _may(by, school, state)
    _post(act, sorted(lines, key=lambda line: line.pk), by, at)


@transaction.atomic
def _move(run: Run, state: State, by: User, at: datetime, *, reason: str = "", **hand: User) -> Run:
    """The run in its new state; PaymentError when that is not a move it can make, or it makes it for want of a reason."""
    held = Run.objects.select_for_update().select_related("school").get(pk=run.pk)
    _may(by, held.school, state)
    if state not in MOVES.get(State(held.state), ()):
        now = held.get_state_display()
        raise PaymentError(
            f"Đợt chi đang ở bước “{now}”, không chuyển sang “{state.label}” được.",
            f"The run is {held.state}; it cannot become {state.value}.",
        )
    if by in (held.drawn_up_by, held.checked_by, held.approved_by) and hand:
        raise PaymentError(
            "Mỗi bước lập, kiểm tra, duyệt và chi phải do một người khác nhau làm.",
            "Drawing up, checking, approving and sending are done by four different people.",
        )
    if state in GIVEN_UP and not reason.strip():
        raise PaymentError("Hãy ghi lý do.", "Say why.")
    held.state = state
    for name, person in hand.items():
        setattr(held, name, person)
    held.save(update_fields=["state", *hand])
    Move.objects.create(run=held, state=state, by=by, at=at, reason=reason)
    run.state = state
    return held


def lock() -> None:
    """One adds to the ledger at a time. On SQLite a transaction that writes is the only one already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _recomputed(run: Run) -> None:
    """The frozen facts decided anew, slowly and plainly: the lines of a run drawn up now, against all that stand."""
    people, year = thaw(bytes(run.snapshot)), SchoolYear(run.year)
    decisions = decide(people, law=law.load(), engine=reference, year=year)
    expected = {
        astuple(line) for line in lines_of(decisions, people, school=run.school, period=Span(run.since, run.until))
    }
    stand = set(run.lines.values_list(*_LINE))
    wrong = len(
        {line[:3] for line in expected ^ stand}
    )  # One for a learner, benefit and month, whatever differs of it.
    if wrong or law_hash(decisions) != run.law_hash:
        raise PaymentError(
            f"Tính lại từ dữ liệu đã khóa thì {wrong} dòng khác số đã lập; không duyệt được. Hãy lập lại đợt chi.",
            f"Recomputed from the frozen facts {wrong} lines differ; it cannot be approved. Draw the run up again.",
        )


def _not_taken(run: Run) -> None:
    if taken := _taken(run):
        raise PaymentError(
            f"{taken} tháng đã được duyệt chi ở đợt khác sau khi lập đợt này; hãy lập lại.",
            f"{taken} months have been approved in another run since this one was drawn up; draw it up again.",
        )


def _taken(run: Run) -> int:
    """How many lines another run has overtaken: the month begun elsewhere, or what they follow followed or given up."""
    same = {name: OuterRef(name) for name in ("learner", "benefit", "month")}
    begun = Line.objects.filter(live=True, follows__isnull=True, **same)
    first = run.lines.filter(Exists(begun), follows__isnull=True)
    later = run.lines.filter(follows__isnull=False)
    return first.count() + later.filter(Q(follows__live=False) | Q(follows__followed_by__live=True)).distinct().count()


def _post(act: Act, lines: Iterable[Line], by: User, at: datetime) -> None:
    """Add one entry a line to the ledger, each with the hash of all before it."""
    lines = list(lines)  # Read before any is written: PostgreSQL answers no question while rows are copied into it.
    runs = Run.objects.select_related("school").defer("snapshot").in_bulk({line.run_id for line in lines})
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    columns = ("number", "at", "by_id", "act", "run_id", "line_id", "debit", "credit", "amount_vnd", "hash")
    bulk.insert(Entry, columns, _entries(act, lines, runs, by, at, last or (0, ledger.START)))


def _entries(
    act: Act, lines: Sequence[Line], runs: Mapping[int, Run], by: User, at: datetime, last: tuple[int, str]
) -> Iterator[tuple[object, ...]]:
    (number, previous), when = last, instant(at)
    for line in lines:
        number += 1
        debit, credit = accounts(act, line, runs[line.run_id])
        amount = abs(line.amount_vnd)
        text = ledger.body(number, when, str(by.pk), act, str(line.run_id), str(line.pk), debit, credit, amount)
        previous = ledger.chained(previous, text)
        yield number, at, by.pk, str(act), line.run_id, line.pk, debit, credit, amount, previous


def instant(at: datetime) -> str:
    """An instant as the ledger writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def accounts(act: Act, line: Line, run: Run) -> tuple[str, str]:
    """The account debited and the one credited.

    `chi/` what was spent, by school, benefit and year; `phai-tra/` what a child is still to be paid; the order book,
    which closes at nought; and what was paid: what the bank has confirmed, less what was kept back, of which no bank tells.
    """
    spent = f"{ledger.EXPENSE}{run.school.code}/{line.benefit}/{run.year}"
    owed = f"{ledger.PAYABLE}{line.learner_id}"
    found = {
        Act.APPROVE: (spent, owed) if line.amount_vnd > 0 else (owed, spent),
        Act.TAKE_BACK: (owed, spent) if line.amount_vnd > 0 else (spent, owed),
        Act.SEND: (owed, ledger.BANK),
        Act.NET: (ledger.PAID, owed),
        Act.RETURN: (ledger.BANK, owed),
        Act.SETTLE: (ledger.BANK, ledger.PAID),
    }
    return found[act]
