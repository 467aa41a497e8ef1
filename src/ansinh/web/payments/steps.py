"""What may be done next with a run, and by whom: read off the tables the verbs themselves are held by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ansinh.web.payments import actions
from ansinh.web.payments.due import GIVEN_UP
from ansinh.web.payments.models import HANDS, MOVES, Run, State
from ansinh.web.registry.models import User
from ansinh.web.registry.scope import Scope

# The hand a run comes into a state by; the other states take no hand of their own.
_HAND = {State.CHECKED: "checked_by", State.APPROVED: "approved_by", State.SENT: "sent_by"}
_VERB: Mapping[State, Callable[..., None]] = {
    State.CHECKED: actions.check,
    State.APPROVED: actions.approve,
    State.SENT: actions.send,
    State.CLOSED: actions.close,
    State.RETURNED: actions.give_back,
    State.CANCELLED: actions.cancel,
    State.TAKEN_BACK: actions.take_back,
}
ROLE, HAND = "role", "hand"


@dataclass(frozen=True)
class NextStep:
    """A state a run may come into now. bar: why this person may not bring it there (`role`: another role does; `hand`: they
    have done another of the four already); empty when they may. roles: whose it is. taken: the part they have had."""

    state: str
    bar: str
    roles: tuple[str, ...]
    taken: str = ""
    reasoned: bool = False


def steps(run: Run, by: User) -> list[NextStep]:
    """What may follow, whoever asks; that the run is within their scope has been asked before."""
    return [_step(run, state, by) for state in MOVES.get(State(run.state), ()) if state in _VERB]


def _step(run: Run, state: State, by: User) -> NextStep:
    taken = next((hand for hand in HANDS if getattr(run, f"{hand}_id") == by.pk), "") if state in _HAND else ""
    bar = ROLE if by.role not in actions.MAY[state] else HAND if taken else ""
    return NextStep(state.value, bar, actions.MAY[state], taken, state in GIVEN_UP)


def take(run: Run, state: str, *, by: User, at: datetime, reason: str) -> None:
    """Bring a run into a state by the verb that does so. PaymentError, or PermissionDenied, when it cannot be."""
    named = {"reason": reason} if State(state) in GIVEN_UP else {}
    _VERB[State(state)](run=run, by=by, at=at, **named)


def waiting(runs: QuerySet[Run], by: User) -> dict[str, int]:
    """State → how many runs wait in it for this person to do what comes next; `returned` those they are to draw up anew."""
    asked = {"returned": Count("pk", filter=Q(pk__in=to_draw_up_anew(Run.objects.all(), by).values("pk")))}
    for now, onward in MOVES.items():
        mine = Q()
        for state in onward:
            # What a specialist or leader gives back, and who drew up cancels, does not wait for them.
            if state in GIVEN_UP or by.role not in actions.MAY[state]:
                continue
            hands = Q(*(Q(**{f"{hand}__isnull": True}) | ~Q(**{hand: by}) for hand in HANDS))
            mine |= Q(state=now) & (hands if state in _HAND else Q())
        if mine:
            asked[now.value] = Count("pk", filter=mine)
    return runs.order_by().aggregate(**asked)


def to_draw_up_anew(runs: QuerySet[Run], by: User) -> QuerySet[Run]:
    """The runs of this person that were given back, and that no other run of the school and the months has replaced."""
    same = {name: OuterRef(name) for name in ("school", "year", "since", "until")}
    other = Run.objects.filter(**same, pk__gt=OuterRef("pk")).exclude(state=State.CANCELLED)
    return runs.filter(state=State.RETURNED, drawn_up_by=by).exclude(Exists(other))


def counts(runs: QuerySet[Run]) -> dict[str, int]:
    """State → how many runs stand in it, in the order a run passes them."""
    found = dict(runs.order_by("state").values_list("state").annotate(Count("pk")))
    return {state.value: found[state] for state in State if state in found}


def within(scope: Scope) -> QuerySet[Run]:
    """The runs of the schools within, newest first; their frozen facts stay in the database until asked."""
    runs = Run.objects.all() if scope.whole else Run.objects.filter(school__in=scope.schools())
    return runs.select_related("school__area", *HANDS).defer("snapshot").order_by("-pk")


def standing(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Those that were not given up."""
    return runs.exclude(state__in=GIVEN_UP)
