# ruff: noqa: S608 - every word of these conditions is written here.
"""What the database refuses of runs, lines and entries, whoever asks and by whatever road: triggers, alike on both databases.

A guard is a condition on the row that is written (NEW) or was there (OLD); where it holds the act is refused with an
IntegrityError that says why. There is no setting that turns one off. SQLite forgets triggers when Django makes a table anew:
a migration that changes one of these tables ends with `guard` again, and tests/web/test_ledger_guards.py tries every one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import migrations

from ansinh.web.payments.models import HANDS, MOVES, Act, State

RUN, MOVE, LINE, ENTRY = "payments_run", "payments_move", "payments_line", "payments_entry"
PAYEE, STATEMENT, ANSWER = "payments_payee", "payments_bankstatement", "payments_answer"


@dataclass(frozen=True)
class Guard:
    """An act on a table that is refused when a condition holds (none: always)."""

    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE.
    message: str
    condition: str = ""


def _changed(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def _there(table: str, *columns: str) -> str:
    """Unique constraints hold this too; but SQLite's REPLACE would make room by deleting, for which it asks no trigger."""
    same = " OR ".join(f"one.{column} = NEW.{column}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} one WHERE {same})"


_KEPT = ("id", "key", "school_id", "year", "since", "until", "snapshot", "snapshot_hash", "law_hash", "drawn_up_by_id")
_FILLED = " OR ".join(
    f"(OLD.{hand}_id IS NOT NULL AND OLD.{hand}_id IS DISTINCT FROM NEW.{hand}_id)" for hand in HANDS[1:]
)
_MOVE = " OR ".join(
    f"(OLD.state = '{state}' AND NEW.state IN ({', '.join(repr(str(one)) for one in onward)}))"
    for state, onward in MOVES.items()
)
_OF_RUN = "(SELECT run.{column} FROM payments_run run WHERE run.id = NEW.run_id)"
_STATE = _OF_RUN.format(column="state")


def _count(act: Act) -> str:
    return f"(SELECT count(*) FROM payments_entry one WHERE one.line_id = NEW.line_id AND one.act = '{act}')"


_OPEN = f"{_count(Act.SEND)} - {_count(Act.RETURN)}"  # Sent and not come back: none or one.
_LINE = "(SELECT line.{column} FROM payments_line line WHERE line.id = NEW.line_id)"
_AMOUNT = _LINE.format(column="due_vnd - line.before_vnd")
_SUM_NET = (
    f"(SELECT COALESCE(SUM(one.amount_vnd), 0) FROM payments_entry one "
    f"WHERE one.line_id = NEW.line_id AND one.act = '{Act.NET}')"
)


def _entry(act: Act, message: str, condition: str) -> Guard:
    return Guard(str(act.value), ENTRY, "INSERT", message, f"NEW.act = '{act}' AND ({condition})")


GUARDS = (
    Guard("kept", RUN, "UPDATE", "what a run was drawn up from cannot be changed", _changed(*_KEPT)),
    Guard("hands", RUN, "UPDATE", "who checked, approved or sent a run cannot be changed", _FILLED),
    Guard("moves", RUN, "UPDATE", "a run cannot make this move", f"NEW.state <> OLD.state AND NOT ({_MOVE})"),
    Guard("stays", RUN, "DELETE", "a run cannot be deleted"),
    Guard("begins", RUN, "INSERT", "a run begins by being drawn up", f"NEW.state <> '{State.DRAWN_UP}'"),
    Guard("once", RUN, "INSERT", "a run is drawn up once", _there("payments_run", "id", "key")),
    Guard("kept", MOVE, "UPDATE", "a move cannot be changed"),
    Guard("stays", MOVE, "DELETE", "a move cannot be deleted"),
    Guard("once", MOVE, "INSERT", "a move is written once", _there("payments_move", "id")),
    Guard(
        "kept",
        LINE,
        "UPDATE",
        "a line cannot be changed",
        _changed("id", "run_id", "learner_id", "benefit", "month", "follows_id", "before_vnd", "due_vnd", "document", "cite",
                 "decision"),
    ),
    Guard("stays", LINE, "DELETE", "a line cannot be deleted"),
    Guard("begins", LINE, "INSERT", "a line is added while its run is drawn up", f"NEW.live OR {_STATE} <> '{State.DRAWN_UP}'"),
    Guard(
        "once", LINE, "INSERT", "a line is added once",
        f"{_there('payments_line', 'id')} OR EXISTS (SELECT 1 FROM payments_line one WHERE one.run_id = NEW.run_id "
        "AND one.learner_id = NEW.learner_id AND one.benefit = NEW.benefit AND one.month = NEW.month)",
    ),
    Guard(
        "paid_once", LINE, "UPDATE", "a month of a benefit is paid once",
        "NEW.live AND NOT OLD.live AND EXISTS (SELECT 1 FROM payments_line one WHERE one.live AND one.id <> NEW.id "
        "AND one.learner_id = NEW.learner_id AND one.benefit = NEW.benefit AND one.month = NEW.month "
        "AND (NEW.follows_id IS NULL AND one.follows_id IS NULL OR one.follows_id = NEW.follows_id))",
    ),
    Guard(
        "approved", LINE, "UPDATE", "a line comes alive by approval",
        f"NEW.live AND NOT OLD.live AND {_STATE} <> '{State.APPROVED}'",
    ),
    Guard(
        "follows", LINE, "UPDATE", "a line follows what was last said to be due for the same month",
        "NEW.live AND NOT OLD.live AND NEW.follows_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payments_line last "
        "WHERE last.id = NEW.follows_id AND last.live AND last.learner_id = NEW.learner_id "
        "AND last.benefit = NEW.benefit AND last.month = NEW.month AND last.due_vnd = NEW.before_vnd)",
    ),
    Guard(
        "rests", LINE, "UPDATE", "a line is given up only with its run, before another follows it",
        f"OLD.live AND NOT NEW.live AND ({_STATE} <> '{State.TAKEN_BACK}' OR EXISTS "
        "(SELECT 1 FROM payments_line later WHERE later.follows_id = NEW.id AND later.live))",
    ),
    Guard("kept", ENTRY, "UPDATE", "an entry cannot be changed"),
    Guard("stays", ENTRY, "DELETE", "an entry cannot be deleted"),
    Guard(
        "number", ENTRY, "INSERT", "entries are numbered without a gap",
        "NEW.number <> COALESCE((SELECT max(one.number) FROM payments_entry one), 0) + 1",
    ),
    Guard("once", ENTRY, "INSERT", "an entry is written once", _there("payments_entry", "number", "hash")),
    Guard("run", ENTRY, "INSERT", "an entry is of the run of its line", f"NEW.run_id <> {_LINE.format(column='run_id')}"),
    _entry(
        Act.APPROVE, "a line is approved once, whole, by who approved its run",
        f"NOT {_LINE.format(column='live')} OR {_count(Act.APPROVE)} > 0 OR NEW.amount_vnd <> abs({_AMOUNT}) "
        f"OR {_STATE} <> '{State.APPROVED}' OR NEW.by_id <> {_OF_RUN.format(column='approved_by_id')}",
    ),
    _entry(
        Act.TAKE_BACK, "an approval is taken back once, whole, before anything was sent",
        f"{_count(Act.APPROVE)} <> 1 OR {_count(Act.TAKE_BACK)} > 0 OR {_count(Act.SEND)} > 0 "
        f"OR NEW.amount_vnd <> abs({_AMOUNT}) OR {_STATE} <> '{State.TAKEN_BACK}'",
    ),
    _entry(
        Act.SEND, "a line is sent once, whole, after approval, by who sends its run",
        f"NOT {_LINE.format(column='live')} OR {_count(Act.APPROVE)} <> 1 OR {_OPEN} <> 0 OR NEW.amount_vnd <> {_AMOUNT} "
        f"OR {_STATE} <> '{State.SENT}' OR NEW.by_id <> {_OF_RUN.format(column='sent_by_id')}",
    ),
    _entry(
        Act.NET, "no more is kept back than was paid too much",
        f"NOT {_LINE.format(column='live')} OR {_count(Act.APPROVE)} <> 1 OR {_SUM_NET} + NEW.amount_vnd > -({_AMOUNT})",
    ),
    _entry(
        Act.RETURN, "what comes back was sent, and is the whole of it",
        f"{_OPEN} <> 1 OR {_count(Act.SETTLE)} > 0 OR NEW.amount_vnd <> {_AMOUNT}",
    ),
    _entry(
        Act.SETTLE, "what the bank confirms was sent, and is the whole of it",
        f"{_OPEN} <> 1 OR {_count(Act.SETTLE)} > 0 OR NEW.amount_vnd <> {_AMOUNT}",
    ),
)  # fmt: skip


# Who is paid and what was answered: only ever added to. What is sealed may be sealed anew under another key.
PAYING = (
    Guard(
        "kept", PAYEE, "UPDATE", "who is paid is changed by a new record",
        _changed("id", "learner_id", "since", "until", "holder", "bank", "sha256", "sheet", "row", "by_id", "at"),
    ),
    Guard("stays", PAYEE, "DELETE", "who is paid cannot be deleted"),
    Guard("once", PAYEE, "INSERT", "who is paid is written once", _there(PAYEE, "id")),
    Guard(
        "kept", STATEMENT, "UPDATE", "a statement cannot be changed",
        _changed("id", "sha256", "filename", "rows_read", "by_id", "at"),
    ),
    Guard("stays", STATEMENT, "DELETE", "a statement cannot be deleted"),
    Guard("once", STATEMENT, "INSERT", "a statement is kept once", _there(STATEMENT, "id", "sha256")),
    Guard("kept", ANSWER, "UPDATE", "an answer cannot be changed"),
    Guard("stays", ANSWER, "DELETE", "an answer cannot be deleted"),
    Guard("once", ANSWER, "INSERT", "an order is answered once", _there(ANSWER, "id", "reference")),
)  # fmt: skip


def _name(guard: Guard) -> str:
    return f"{guard.table}_{guard.event.lower()}_{guard.name}"


def _sqlite(guard: Guard) -> list[str]:
    when = f"WHEN {guard.condition} " if guard.condition else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    return [f"CREATE TRIGGER {_name(guard)} BEFORE {guard.event} ON {guard.table} FOR EACH ROW {when}{refuse}"]


def _postgresql(guard: Guard) -> list[str]:
    refuse = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"IF {guard.condition} THEN {refuse} END IF;" if guard.condition else refuse
    result = "OLD" if guard.event == "DELETE" else "NEW"
    name, function = _name(guard), f"$$ BEGIN {body} RETURN {result}; END $$"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {function}",
        f"CREATE TRIGGER {name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def guard(guards: Sequence[Guard] = GUARDS) -> migrations.RunPython:
    """The step of a migration that sets guards, in place of those that were there."""

    def make(apps: Any, schema_editor: Any) -> None:
        drop(apps, schema_editor)
        made = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for one in guards:
            for statement in made(one):
                schema_editor.execute(statement, None)

    def drop(apps: Any, schema_editor: Any) -> None:
        on_table = schema_editor.connection.vendor == "postgresql"
        for one in guards:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {_name(one)}{f' ON {one.table}' if on_table else ''}", None)

    return migrations.RunPython(make, drop)
