"""Heroic Mothers: what is due and missed, month by month beside the fast way; what is written is never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.dates import Month
from ansinh.web.access import LEADER
from ansinh.web.payments import gratitude_care as care
from ansinh.web.payments import gratitude_care_actions as actions
from ansinh.web.payments.actions import PaymentError
from ansinh.web.payments.gratitude_care_queries import Care, care_of, cared, counts, mothers
from ansinh.web.payments.gratitude_guards import KEPT
from ansinh.web.payments.gratitude_models import CareGift, CarePayment, Commitment, Mother
from ansinh.web.registry.models import Area, User
from ansinh.web.registry.scope import scope_of

from .conftest import NOON, grant
from .gratitude import TODAY, mother, officer, pay, promise

START = Month(2023, 1)
MONTHS = st.integers(0, 35).map(lambda n: START + n)
DAYS = st.integers(0, 1_095).map(lambda n: date(2023, 1, 1) + timedelta(days=n))
TERMS = st.builds(care.Terms, MONTHS, st.integers(1, 5) | st.just(500_000), st.sampled_from((1, 3, 6, 12)))
TURNS = st.lists(st.tuples(st.sampled_from((care.SUSPEND, care.RESUME, care.CLOSE, care.REOPEN)), DAYS), max_size=5)
PAID = st.dictionaries(MONTHS, st.integers(0, 6) | st.just(500_000), max_size=12)


def slow(
    since: date, terms: list[care.Terms], turns: list[tuple[str, date]], paid: dict[Month, int], on: date
) -> dict[Month, tuple[int, int, int]]:
    """Month by month, each asking everything anew → month: due, paid, missing."""
    found = {}
    for n in range(12 * 20):
        month = Month(2020, 1) + n
        due = 0
        begun = [one for one in terms if one.since <= month]
        if begun and Month.of(since) <= month <= Month.of(on):
            # Of all terms begun the latest; of several that begin in one month the last written.
            newest = max(one.since for one in begun)
            held = [one for one in begun if one.since == newest][-1]
            if (month.index - held.since.index) % held.cycle_months == 0 and not _stopped(since, turns, month):
                due = held.amount_vnd
        came = paid.get(month, 0)
        over = date(month.year + month.month // 12, month.month % 12 + 1, 1) <= on
        if due or came:
            found[month] = (due, came, max(0, due - came) if over else 0)
    return found


def _stopped(since: date, turns: list[tuple[str, date]], month: Month) -> bool:
    """A month rests when some suspension reaches it and no later resumption came at or before it; and it is over from the
    last closing on that was not undone."""
    rests = False
    for place, (kind, on) in enumerate(turns):
        if kind == care.SUSPEND and Month.of(on) <= month:
            after = [day for later, day in turns[place + 1 :] if later == care.RESUME]
            # The first resumption after it ends that suspension; those that come later end others.
            rests = rests or not after or month < Month.of(after[0])
    ended = None
    for kind, on in turns:
        ended = on if kind == care.CLOSE else None if kind == care.REOPEN else ended
    return rests or (ended is not None and max(month.first_day, since) >= ended)


@given(since=DAYS, terms=st.lists(TERMS, min_size=1, max_size=4), turns=TURNS, paid=PAID, on=DAYS)
def test_the_periods_are_those_of_the_slow_way(
    since: date, terms: list[care.Terms], turns: list[tuple[str, date]], paid: dict[Month, int], on: date
) -> None:
    found = care.periods(care.folded(since, terms, turns), paid, on)
    assert {one.month: (one.due_vnd, one.paid_vnd, one.missing_vnd) for one in found} == slow(
        since, terms, turns, paid, on
    )
    assert [one.month for one in found] == sorted(one.month for one in found)


@given(since=DAYS, terms=st.lists(TERMS, min_size=1, max_size=3), turns=TURNS, on=DAYS)
def test_who_pays_what_is_due_misses_nothing(
    since: date, terms: list[care.Terms], turns: list[tuple[str, date]], on: date
) -> None:
    promise_ = care.folded(since, terms, turns)
    due = {one.month: one.due_vnd for one in care.periods(promise_, {}, on)}
    assert care.missed(care.periods(promise_, due, on)) == []
    short = {month: amount - 1 for month, amount in due.items()}
    over = [month for month in due if (month + 1).first_day <= on]
    assert [one.month for one in care.missed(care.periods(promise_, short, on))] == over


def test_a_year_of_a_commitment() -> None:
    """Twice a year from January, suspended over the second half, closed in the third year: said in figures."""
    terms = [care.Terms(Month(2023, 1), 5_000_000, 6)]
    turns = [(care.SUSPEND, date(2023, 7, 1)), (care.RESUME, date(2024, 1, 1)), (care.CLOSE, date(2025, 1, 2))]
    found = care.periods(care.folded(date(2023, 1, 15), terms, turns), {Month(2023, 1): 5_000_000}, date(2025, 6, 1))
    assert [str(one.month) for one in found] == ["2023-01", "2024-01", "2024-07", "2025-01"]
    assert [one.missing_vnd for one in found] == [0, 5_000_000, 5_000_000, 5_000_000]


@pytest.fixture
def officer_(area: Area) -> User:
    return officer(area)


@pytest.fixture
def cared_for(area: Area, officer_: User) -> Commitment:
    return promise(mother(area, officer_), officer_)


def now(commitment: Commitment, on: date = TODAY) -> Care:
    return care_of(Commitment.objects.get(pk=commitment.pk), on)


def test_a_lapsed_commitment_is_paid_suspended_and_transferred(cared_for: Commitment, officer_: User) -> None:
    pay(cared_for, [Month(2025, n) for n in range(1, 7)], officer_)
    assert [str(one.month) for one in now(cared_for).missed] == ["2025-07", "2025-08", "2025-09"]
    pay(cared_for, [Month(2025, 7)], officer_)
    assert now(cared_for).missing_vnd == 1_000_000
    actions.suspend(commitment=cared_for, month=Month(2025, 8), reason="đơn vị sáp nhập", by=officer_, at=NOON)
    assert (now(cared_for).missing_vnd, now(cared_for).resting) == (0, True)
    actions.resume(commitment=cared_for, month=Month(2025, 9), reason="đã ổn định", by=officer_, at=NOON)
    assert [str(one.month) for one in now(cared_for).missed] == ["2025-09"]
    other = actions.transfer(
        commitment=cared_for, sponsor="Công đoàn Bên Kia", since=Month(2025, 9), reason="xin thôi",
        amount_vnd=600_000, cycle_months=1, by=officer_, at=NOON,
    )  # fmt: skip
    assert now(cared_for).missed == []
    assert (now(cared_for).ended, other.follows_id) == (True, cared_for.pk)
    assert [(str(one.month), one.missing_vnd) for one in now(other).periods] == [("2025-09", 600_000), ("2025-10", 0)]
    with pytest.raises(PaymentError, match="taken over"):
        actions.reopen(commitment=cared_for, reason="nhầm", by=officer_, at=NOON)


def test_a_payment_is_taken_back_once_and_both_stay(cared_for: Commitment, officer_: User) -> None:
    pay(cared_for, [Month(2025, 1)], officer_)
    payment = CarePayment.objects.get()
    actions.take_payment_back(payment=payment, reason="ghi nhầm tháng", by=officer_, at=NOON)
    assert now(cared_for).paid_vnd == 0
    assert CarePayment.objects.count() == 2
    with pytest.raises(PaymentError, match="already"):
        actions.take_payment_back(payment=payment, reason="lần nữa", by=officer_, at=NOON)
    back = CarePayment.objects.get(corrects=payment)
    with pytest.raises(PaymentError, match="already"):
        actions.take_payment_back(payment=back, reason="thu lại lần thu lại", by=officer_, at=NOON)


def test_a_death_ends_every_commitment_and_can_be_undone(cared_for: Commitment, officer_: User) -> None:
    of = cared_for.mother
    assert actions.record_death(mother=of, on=date(2025, 3, 15), by=officer_, at=NOON) == 1
    assert [str(one.month) for one in now(cared_for).periods] == ["2025-01", "2025-02", "2025-03"]
    (line,) = cared([Mother.objects.get()], TODAY)
    assert (line.living, line.sponsored, counts([line]).living) == (False, False, 0)
    with pytest.raises(PaymentError, match="had died"):
        promise(of, officer_, since=date(2025, 4, 1))
    assert actions.undo_death(mother=Mother.objects.get(), reason="nhầm người", by=officer_, at=NOON) == 1
    (line,) = cared([Mother.objects.get()], TODAY)
    assert (line.sponsored, line.missed) == (True, 9)


def test_terms_change_from_a_month_on(cared_for: Commitment, officer_: User) -> None:
    sources = [("Đóng góp của cán bộ", 400_000), ("Quỹ công đoàn", 600_000)]
    actions.change_terms(
        commitment=cared_for, since=Month(2025, 9), amount_vnd=1_000_000, cycle_months=1, sources=sources, by=officer_,
        at=NOON,
    )  # fmt: skip
    assert [one.due_vnd for one in now(cared_for).periods][-3:] == [500_000, 1_000_000, 1_000_000]
    with pytest.raises(PaymentError, match="sources"):
        actions.change_terms(
            commitment=cared_for, since=Month(2025, 9), amount_vnd=1, cycle_months=1, sources=sources, by=officer_,
            at=NOON,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("month", "amount", "on", "reference"),
    [
        (Month(2024, 12), 5, TODAY, "ký nhận"),
        (Month(2025, 1), 0, TODAY, "ký nhận"),
        (Month(2025, 1), 5, date(2025, 12, 1), "ký nhận"),
        (Month(2025, 1), 5, TODAY, " "),
    ],
)
def test_a_payment_that_says_too_little_is_refused(
    cared_for: Commitment, officer_: User, month: Month, amount: int, on: date, reference: str
) -> None:
    with pytest.raises(PaymentError):
        actions.pay(
            commitment=cared_for, month=month, amount_vnd=amount, on=on, reference=reference, by=officer_, at=NOON
        )
    assert not CarePayment.objects.exists()


def test_evidence_is_a_picture_or_a_paper() -> None:
    assert actions.kind_of(b"%PDF-1.7") == "application/pdf"
    for bad in (b"<html>", b"MZ", b"%PDF" + b" " * actions.MOST_EVIDENCE_BYTES):
        with pytest.raises(PaymentError):
            actions.kind_of(bad)


def test_only_a_specialist_of_the_place_writes(area: Area, cared_for: Commitment, officer_: User) -> None:
    leader = grant(User.objects.create_user("lanh-dao-thu", role=LEADER), area=area.parent)
    far = Area.objects.create(level="province", code="98", name="Tỉnh Khác", kind="tỉnh", since=date(2025, 7, 1))
    stranger = officer(far, "nguoi-xa")
    for person in (leader, stranger):
        with pytest.raises(PermissionDenied):
            actions.suspend(commitment=cared_for, month=Month(2025, 9), reason="x", by=person, at=NOON)
    assert mothers(scope_of(leader)).count() == 1
    assert mothers(scope_of(stranger)).count() == 0


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as said, transaction.atomic():
        act()
    return str(said.value)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_databases_neither_change_nor_delete(cared_for: Commitment, officer_: User) -> None:
    pay(cared_for, [Month(2025, 1)], officer_)
    actions.suspend(commitment=cared_for, month=Month(2025, 2), reason="x", by=officer_, at=NOON)
    actions.give(mother=cared_for.mother, occasion="tet", on=TODAY, giver="Trường", cash_vnd=5, by=officer_, at=NOON)
    names = [name for name in KEPT if name.startswith(("payments_care", "payments_commitment", "payments_mothernote"))]
    assert len(names) == 6
    for name in names:
        assert "cannot be deleted" in refused(lambda name=name: sql(f"DELETE FROM {name}"))  # type: ignore[misc]  # noqa: S608
        assert "cannot be changed" in refused(lambda name=name: sql(f"UPDATE {name} SET by_id = by_id"))  # type: ignore[misc]  # noqa: S608
    assert "cannot be deleted" in refused(lambda: sql("DELETE FROM payments_mother"))


def test_the_databases_hold_that_a_correction_takes_back_the_whole(cared_for: Commitment, officer_: User) -> None:
    pay(cared_for, [Month(2025, 1)], officer_)
    payment = CarePayment.objects.get()
    same = {"commitment": cared_for, "on": TODAY, "reference": "x", "reason": "x", "by": officer_, "at": NOON}
    for wrong in ({"amount_vnd": -1}, {"amount_vnd": -500_000, "month": date(2025, 2, 1)}):
        values = {"month": payment.month, **same, **wrong}
        said = refused(lambda values=values: CarePayment.objects.create(corrects=payment, **values))  # type: ignore[misc]
        assert "takes back the whole" in said
    refused(lambda: CarePayment.objects.create(month=payment.month, amount_vnd=-5, **same))
    gift = actions.give(
        mother=cared_for.mother,
        occasion="tet",
        on=TODAY,
        giver="Trường",
        cash_vnd=5,
        things_vnd=7,
        by=officer_,
        at=NOON,
    )
    half = {"mother": gift.mother, "occasion": "tet", "on": TODAY, "giver": "T", "by": officer_, "at": NOON}
    refused(lambda: CareGift.objects.create(corrects=gift, cash_vnd=-5, things_vnd=0, reason="x", **half))
    actions.take_gift_back(gift=gift, reason="nhầm", by=officer_, at=NOON)
    with pytest.raises(PaymentError):
        actions.take_gift_back(gift=gift, reason="nhầm", by=officer_, at=NOON)


def test_a_name_is_public_by_consent_alone_and_a_note_says_who_asked(area: Area, officer_: User) -> None:
    of = mother(area, officer_, address="ấp Kín")
    assert not of.public
    actions.amend(mother=of, public=True, health="yếu", by=officer_, at=NOON)
    assert Mother.objects.get().public
    notes = [note.what for note in of.notes.all()]
    assert notes == ["Ghi vào sổ", "Sửa: đồng ý nêu tên công khai, sức khỏe"]
