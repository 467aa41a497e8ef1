"""What the database refuses by itself: through the ORM, and through SQL that no code of ours would write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.web.payments import actions, guards
from ansinh.web.payments.models import HANDS, Entry, Line, Move, Run, State
from ansinh.web.registry.models import School, User

from .conftest import NOON
from .money import POOR, SPRING, Office, approved, drawn, office, roster, sent


@pytest.fixture
def people(school: School, clerk: User) -> Office:
    found = office(school, clerk)
    roster(school, clerk, [POOR, POOR])
    return found


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as said, transaction.atomic():
        act()
    return str(said.value)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(("one", "other"), [(a, b) for n, a in enumerate(HANDS) for b in HANDS[n + 1 :]])
def test_the_same_person_twice(school: School, people: Office, one: str, other: str) -> None:
    run = drawn(school, people.clerk)
    if other == "sent_by":
        run = approved(school, people)
    elif other == "approved_by":
        actions.check(run=run, by=people.checker, at=NOON)
    who = getattr(Run.objects.get(pk=run.pk), f"{one}_id")
    refused(lambda: sql(f"UPDATE payments_run SET {other}_id = %s WHERE id = %s", who, run.pk))  # noqa: S608
    refused(lambda: Run.objects.filter(pk=run.pk).update(**{other: who}))


def test_who_did_it_cannot_be_changed_afterwards(school: School, people: Office) -> None:
    run = sent(school, people)
    stranger = User.objects.create_user("ai-do").pk
    for hand in HANDS:
        said = refused(lambda hand=hand: sql(f"UPDATE payments_run SET {hand}_id = %s WHERE id = %s", stranger, run.pk))  # type: ignore[misc]  # noqa: S608
        assert "cannot be changed" in said
        refused(lambda hand=hand: sql(f"UPDATE payments_run SET {hand}_id = NULL WHERE id = %s", run.pk))  # type: ignore[misc]  # noqa: S608


@pytest.mark.parametrize("table", [Run, Move, Line, Entry])
def test_nothing_is_deleted(school: School, people: Office, table: type) -> None:
    sent(school, people)
    name = table._meta.db_table
    before = table.objects.count()
    assert "cannot be deleted" in refused(lambda: sql(f"DELETE FROM {name}"))  # noqa: S608
    refused(lambda: table.objects.order_by("pk").last().delete())
    assert table.objects.count() == before > 0


@pytest.mark.parametrize("table", [Move, Line, Entry])
def test_no_column_is_changed(school: School, people: Office, table: type) -> None:
    sent(school, people)
    row = table.objects.order_by("pk").first()
    for field in table._meta.concrete_fields:
        if field.name == "live":
            continue
        other = {
            "BigIntegerField": 7,
            "BigAutoField": 77_777,
            "DateField": "2030-01-01",
            "DateTimeField": "2030-01-01 00:00+00:00",
        }
        value = other.get(field.get_internal_type(), "x")
        if field.is_relation:
            value = None if field.null and getattr(row, field.attname) else 7_777_777
        with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
            sql(
                f"UPDATE {table._meta.db_table} SET {field.column} = %s WHERE {table._meta.pk.column} = %s",  # noqa: S608
                value,
                row.pk,
            )
    assert "cannot be changed" in refused(lambda: table.objects.filter(pk=row.pk).update(run_id=7_777_777))


def test_a_run_makes_no_move_that_is_not_there(school: School, people: Office) -> None:
    run = drawn(school, people.clerk)
    for state in State.values:
        if state not in (State.DRAWN_UP, State.CHECKED, State.RETURNED, State.CANCELLED):
            refused(lambda state=state: sql("UPDATE payments_run SET state = %s WHERE id = %s", state, run.pk))  # type: ignore[misc]
    refused(
        lambda: sql(
            "UPDATE payments_run SET state = 'approved', checked_by_id = %s, approved_by_id = %s",
            people.checker.pk,
            people.leader.pk,
        )
    )
    refused(lambda: sql("UPDATE payments_run SET snapshot_hash = 'x'"))


def test_a_month_is_not_paid_twice(school: School, people: Office) -> None:
    sent(school, people)
    line = Line.objects.order_by("pk")[0]
    other = _copy(drawn(school, people.clerk, SPRING), line)
    # Neither by coming alive without approval, nor with it.
    assert "approval" in refused(lambda: Line.objects.filter(pk=other).update(live=True))
    run = Line.objects.get(pk=other).run
    actions.check(run=run, by=people.checker, at=NOON)
    Run.objects.filter(pk=run.pk).update(state=State.APPROVED, approved_by=people.leader)
    assert "once" in refused(lambda: Line.objects.filter(pk=other).update(live=True)).lower()
    if connection.vendor == "sqlite":
        assert "once" in refused(lambda: sql("UPDATE OR REPLACE payments_line SET live = 1 WHERE id = %s", other))
    assert Line.objects.filter(pk=line.pk, live=True).exists()


def _copy(run: Run, line: Line) -> int:
    """The same month put into another run by hand."""
    copy = Line.objects.get(pk=line.pk)
    copy.pk, copy.run, copy.live = None, run, False
    copy.save(force_insert=True)
    return int(copy.pk or 0)


def test_money_does_not_move_without_approval_nor_twice(school: School, people: Office) -> None:
    run = approved(school, people)
    line = run.lines.order_by("pk")[0]
    last = Entry.objects.order_by("-number")[0]

    def entry(
        act: str, amount: int = line.amount_vnd, by: User = people.cashier, number: int = 0
    ) -> Callable[[], object]:
        return lambda: Entry.objects.create(
            number=number or last.number + 1, at=NOON, by=by, act=act, run=run, line=line, debit="a", credit="b",
            amount_vnd=amount, hash=f"{act}{number}".ljust(64, "0"),
        )  # fmt: skip

    assert "approved once" in refused(entry("approve", by=people.leader))
    assert "sent once" in refused(entry("send"))  # The run is not sent.
    actions.send(run=run, by=people.cashier, at=NOON)
    last = Entry.objects.order_by("-number")[0]
    for wrong in (
        entry("send"), entry("take_back"), entry("return", amount=1), entry("settle", amount=line.amount_vnd + 1),
        entry("net"), entry("return", number=last.number + 2), entry("return", number=last.number), entry("return", amount=0),
        entry("gift"),
    ):  # fmt: skip
        refused(wrong)
    if connection.vendor == "sqlite":
        first = Entry.objects.order_by("number")[0]
        for number in (first.number, last.number + 1):
            refused(
                lambda number=number: sql(  # type: ignore[misc]
                    "INSERT OR REPLACE INTO payments_entry VALUES (%s, %s, 'return', 'a', 'b', %s, %s, %s, %s, %s)",
                    number, NOON, line.amount_vnd, first.hash, people.cashier.pk, line.pk, run.pk,
                )
            )  # fmt: skip
        assert Entry.objects.filter(pk=first.pk, hash=first.hash).exists()


@pytest.mark.django_db
def test_every_guard_stands_in_the_database() -> None:
    wanted = {guards._name(one) for one in guards.GUARDS}
    assert len(wanted) == len(guards.GUARDS)
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert wanted <= {name for (name,) in cursor.fetchall()}
