"""Questions on the register of Heroic Mothers: who is cared for by whom, what came, what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from ansinh.core.dates import Month
from ansinh.core.words import name_order
from ansinh.web.payments import gratitude_care as care
from ansinh.web.payments.gratitude_models import (
    CareGift,
    CarePayment,
    Commitment,
    CommitmentTerms,
    CommitmentTurn,
    Mother,
    Occasion,
    Turn,
)
from ansinh.web.registry.scope import Scope

OCCASIONS, TURNS = Occasion, Turn


@dataclass(frozen=True)
class Care:
    """One commitment as it stands on a day: its terms, its periods, what is missed of it."""

    commitment: Commitment
    promise: care.Promise
    terms: CommitmentTerms | None
    periods: tuple[care.Period, ...]
    turns: tuple[CommitmentTurn, ...]
    on: date

    @property
    def holds(self) -> bool:
        return self.promise.holds(self.on)

    @property
    def resting(self) -> bool:
        return not self.ended and self.promise.rests_in(Month.of(self.on))

    @property
    def ended(self) -> bool:
        return self.promise.until is not None and self.promise.until <= self.on

    @property
    def open(self) -> bool:
        return self.promise.until is None

    @property
    def paid_vnd(self) -> int:
        return sum(one.paid_vnd for one in self.periods)

    @property
    def newest_first(self) -> list[care.Period]:
        return list(reversed(self.periods))

    @property
    def missed(self) -> list[care.Period]:
        return care.missed(self.periods)

    @property
    def missing_vnd(self) -> int:
        return sum(one.missing_vnd for one in self.periods)

    @property
    def last(self) -> CommitmentTurn | None:
        return self.turns[-1] if self.turns else None


@dataclass(frozen=True)
class Cared:
    """A Mother with all her commitments as they stand on a day."""

    mother: Mother
    cares: tuple[Care, ...]

    @property
    def living(self) -> bool:
        return self.mother.died_on is None

    @property
    def sponsored(self) -> bool:
        return self.living and any(one.holds for one in self.cares)

    @property
    def holding(self) -> list[Care]:
        return [one for one in self.cares if one.holds]

    @property
    def missing_vnd(self) -> int:
        return sum(one.missing_vnd for one in self.cares)

    @property
    def missed(self) -> int:
        """How many periods were missed."""
        return sum(len(one.missed) for one in self.cares)


@dataclass(frozen=True)
class Counts:
    """How the register stands: sponsored of the living is its indicator."""

    all: int
    living: int
    sponsored: int
    missed: int
    paid_vnd: int

    @property
    def percent(self) -> int | None:
        """Sponsored of the living, a part of a percent dropped; None when none is living."""
        return self.sponsored * 100 // self.living if self.living else None


def mothers(scope: Scope) -> QuerySet[Mother]:
    """The Mothers of the areas within."""
    return Mother.objects.filter(area__in=scope.areas()).select_related("area")


def commitments(scope: Scope) -> QuerySet[Commitment]:
    """The commitments to Mothers within."""
    return Commitment.objects.filter(mother__in=mothers(scope)).select_related("mother__area")


def payments(scope: Scope) -> QuerySet[CarePayment]:
    """The payments to Mothers within; evidence stays in the database until asked."""
    found = CarePayment.objects.filter(commitment__in=commitments(scope)).defer("evidence")
    back = CarePayment.objects.filter(corrects=OuterRef("pk"))
    return found.select_related("commitment__mother__area", "by").annotate(taken_back=Exists(back))


def gifts(scope: Scope) -> QuerySet[CareGift]:
    """Visits and works for Mothers within."""
    back = CareGift.objects.filter(corrects=OuterRef("pk"))
    found = CareGift.objects.filter(mother__in=mothers(scope)).select_related("mother__area", "by")
    return found.annotate(taken_back=Exists(back))


def care_of(commitment: Commitment, on: date) -> Care:
    """One commitment as it stands on a day."""
    return _cares([commitment], on)[0]


def cared(found: Iterable[Mother], on: date) -> list[Cared]:
    """Mothers with their commitments as they stand on a day, by given name; four questions however many they are."""
    every = list(found)
    promised = Commitment.objects.filter(mother__in=every).select_related("by", "follows").order_by("since", "pk")
    by_mother: dict[int, list[Care]] = {}
    for one in _cares(list(promised), on):
        by_mother.setdefault(one.commitment.mother_id, []).append(one)
    every.sort(key=lambda mother: (name_order(mother.full_name), mother.pk))
    return [Cared(mother, tuple(by_mother.get(mother.pk, ()))) for mother in every]


def counts(found: Sequence[Cared]) -> Counts:
    """How these Mothers stand."""
    return Counts(
        all=len(found),
        living=sum(one.living for one in found),
        sponsored=sum(one.sponsored for one in found),
        missed=sum(one.missing_vnd > 0 for one in found),
        paid_vnd=sum(care_.paid_vnd for one in found for care_ in one.cares),
    )


def _cares(every: Sequence[Commitment], on: date) -> list[Care]:
    terms: dict[int, list[CommitmentTerms]] = {}
    turns: dict[int, list[CommitmentTurn]] = {}
    paid: dict[int, dict[Month, int]] = {}
    for one in CommitmentTerms.objects.filter(commitment__in=every).order_by("pk"):
        terms.setdefault(one.commitment_id, []).append(one)
    for turn in CommitmentTurn.objects.filter(commitment__in=every).select_related("by").order_by("pk"):
        turns.setdefault(turn.commitment_id, []).append(turn)
    for promised, month, amount in CarePayment.objects.filter(commitment__in=every).values_list(
        "commitment_id", "month", "amount_vnd"
    ):
        of = paid.setdefault(promised, {})
        of[Month.of(month)] = of.get(Month.of(month), 0) + amount
    return [_care(one, terms.get(one.pk, []), turns.get(one.pk, []), paid.get(one.pk, {}), on) for one in every]


def _care(
    commitment: Commitment,
    terms: Sequence[CommitmentTerms],
    turns: Sequence[CommitmentTurn],
    paid: dict[Month, int],
    on: date,
) -> Care:
    kept = [care.Terms(Month.of(one.since), one.amount_vnd, one.cycle_months) for one in terms]
    promise = care.folded(commitment.since, kept, [(turn.kind, turn.on) for turn in turns])
    in_force = [one for one in terms if Month.of(one.since) <= max(Month.of(on), Month.of(commitment.since))]
    newest = max(in_force, key=lambda one: (one.since, one.pk), default=None)
    return Care(commitment, promise, newest, tuple(care.periods(promise, paid, on)), tuple(turns), on)
