"""The parts of the fused loop that no law changes: days, dated tables, overlaps, the yearly cap, the counts.

Plain Python on whole numbers. Called from the compiled loop they are compiled into it; called from its source as it stands
they run interpreted, which is how the tests try many laws without waiting for a compiler.
"""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from ansinh.core.dates import FULL_YEAR, TWELVE_MONTHS
from ansinh.core.decide import OVER_CAP, SUPERSEDED, UNKNOWN

NULL = -(2**63)  # A whole number or day that is not known.
NO, MAYBE, YES = 0, 1, 2  # Truth values: `and` is min, `or` is max, `not` is 2 minus (Kleene's logic).
NO_CEILING = 2**62

# Columns of `state`: what is held for one learner and one benefit while the months go by.
# FOUND and DUE are the newest answer of a rule; RAW and OWED that of the months not yet counted; CODE and QUANTITY the
# latter once overlaps are settled.
HAVE, FOUND, DUE, RAW, OWED, CODE, QUANTITY, USED, FILLED, PAID, DOUBT, ASKED, TOTAL = range(13)
STATE_COLUMNS = 13
# Columns of `info`: what a rule set says of one benefit.
PRESENT, CAP, TWELVE, CEILING, BEYOND, FREE = range(6)
INFO_COLUMNS = 6

# Reason codes as places in a tally: codes below 400 from 0, "cannot say" from 400 on.
_LOWEST, _DOUBTS = -99, 400
TALLY_PLACES = 600


@register_jitable
def place_of_code(code: int) -> int:
    """Where a reason code is counted."""
    return _DOUBTS + code - UNKNOWN if code >= UNKNOWN else code - _LOWEST


def code_at(place: int) -> int:
    """The reason code counted at a place; the inverse of `place_of_code`."""
    return place - _DOUBTS + UNKNOWN if place >= _DOUBTS else place + _LOWEST


@register_jitable
def _month_and_day(days: int) -> int:
    """Months since year 0, times 32, plus the day of the month (days since 1970).

    The civil calendar by whole-number arithmetic: years are begun in March, so that the leap day comes last.
    """
    shifted = days + 719468
    era = shifted // 146097
    day_of_era = shifted - era * 146097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    return ((year_of_era + era * 400) * 12 + month_from_march + 2) * 32 + day


@register_jitable
def months_born(days: int) -> int:
    """The month index from which ages are counted: of the first of a month on or after the birth (days since 1970)."""
    found = _month_and_day(days)
    return found // 32 + (1 if found % 32 > 1 else 0)


@register_jitable
def year_of(days: int) -> int:
    """The calendar year of a day (days since 1970)."""
    return _month_and_day(days) // 384


@register_jitable
def months_set(mask: int) -> int:
    """How many months are set in a mask."""
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@register_jitable
def covered_by(mask: int) -> int:
    """The months a twelve-month support covers (see core.dates.twelve_mask)."""
    return mask | TWELVE_MONTHS if months_set(mask & TWELVE_MONTHS) >= FULL_YEAR else mask


@register_jitable
def row_of(key: int, low: int, rows: int) -> int:
    """The row of a key in a packed table; the row past the last, where nothing is known, when there is none."""
    return key - low if low <= key < low + rows else rows


@register_jitable
def _settle(state: Any, info: Any, which: int, groups: Any, g: int, only_twelve: bool) -> None:
    """Of benefits that may not be had together the highest stays (see reference.settle_overlaps)."""
    winner, winning, best = -1, 0, 0
    for place in range(groups.shape[2]):
        b = groups[which, g, place]
        if b < 0:
            break
        taken = 0 < state[b, CODE] < SUPERSEDED and (not only_twelve or info[which, b, TWELVE] > 0)
        if taken and (winner < 0 or state[b, QUANTITY] > best):
            winner, winning, best = b, place, state[b, QUANTITY]
    if winner < 0:
        return
    for place in range(groups.shape[2]):
        b = groups[which, g, place]
        if b < 0:
            break
        if b == winner or (only_twelve and info[which, b, TWELVE] == 0):
            continue
        code, ceiling = state[b, CODE], info[which, b, CEILING]
        beaten = ceiling < best or (ceiling == best and place > winning)
        if 0 < code < SUPERSEDED or (code >= UNKNOWN and beaten):
            state[b, CODE] = SUPERSEDED + winner
            state[b, QUANTITY] = 0


@register_jitable
def pay(state: Any, info: Any, groups: Any, which: int, months: int, only_twelve: bool, tally: Any) -> None:
    """Settle the overlaps of one set of answers and count its months, under the yearly cap (see reference._under_cap).

    The first `cap` months that are owed or in question use up the places. Beyond them nothing is owed once `cap` places
    are FILLED by months paid; until then a later yes, or question, stays in doubt. FREE months are under no cap.
    state [benefit, column]; info [set, benefit, column]; groups [set, group, place], -1 past the last; tally [benefit, place].
    """
    if months == 0:
        return
    for b in range(len(state)):
        state[b, CODE] = state[b, RAW]
        state[b, QUANTITY] = state[b, OWED]
    for g in range(groups.shape[1]):
        if groups[which, g, 0] >= 0:
            _settle(state, info, which, groups, g, only_twelve)
    # One loop and no function of its own: a call would hand over four arrays for every benefit of every learner.
    for b in range(len(state)):
        if info[which, b, PRESENT] == 0 or (only_twelve and info[which, b, TWELVE] == 0):
            continue
        code = state[b, CODE]
        yes, doubt = 0 < code < SUPERSEDED, code >= UNKNOWN
        state[b, ASKED] += months
        if not yes and not doubt:
            tally[b, place_of_code(code)] += months
            continue
        fits, free = months, info[which, b, FREE] > 0
        if not free:
            fits = min(months, max(0, info[which, b, CAP] - state[b, USED]))
            state[b, USED] += fits
            if yes:
                state[b, FILLED] += fits
        held = free or state[b, FILLED] < info[which, b, CAP]
        if yes:
            beyond = months - fits if held else 0
            state[b, PAID] += fits
            state[b, TOTAL] += fits * state[b, QUANTITY]
            state[b, DOUBT] += beyond
            tally[b, place_of_code(code)] += fits
            tally[b, place_of_code(info[which, b, BEYOND])] += beyond
            tally[b, place_of_code(OVER_CAP)] += months - fits - beyond
        elif held:
            state[b, DOUBT] += months
            tally[b, place_of_code(code)] += months
        else:
            tally[b, place_of_code(OVER_CAP)] += months


@register_jitable
def differs(state: Any, info: Any, which: int) -> bool:
    """Whether the newest answers of a set of rules are other than those of the months not yet counted."""
    for b in range(len(state)):
        if info[which, b, PRESENT] and (state[b, FOUND] != state[b, RAW] or state[b, DUE] != state[b, OWED]):
            return True
    return False


@register_jitable
def take(state: Any) -> None:
    """The newest answers become those of the months to be counted next."""
    for b in range(len(state)):
        state[b, RAW] = state[b, FOUND]
        state[b, OWED] = state[b, DUE]


@register_jitable
def keep(state: Any, codes: Any, quantities: Any, learner: int, first: int, until: int) -> None:
    """Store the answers last settled for a learner's runs of months `first` to `until`: [learner, run, benefit]."""
    for s in range(first, until):
        for b in range(len(state)):
            codes[learner, s, b] = state[b, CODE]
            quantities[learner, s, b] = state[b, QUANTITY]


@register_jitable
def begin(state: Any) -> None:
    """A new learner: nothing decided, nothing counted."""
    for b in range(len(state)):
        state[b, HAVE] = -1
        for column in range(USED, STATE_COLUMNS):
            state[b, column] = 0


@register_jitable
def close(state: Any, out: Any) -> None:
    """Add a learner to the totals: out [benefit, (yes, no, cannot say, months, quantity)]."""
    for b in range(len(state)):
        if state[b, ASKED] == 0:
            continue
        if state[b, PAID] > 0:
            out[b, 0] += 1
            out[b, 3] += state[b, PAID]
            out[b, 4] += state[b, TOTAL]
        elif state[b, DOUBT] > 0:
            out[b, 2] += 1
        else:
            out[b, 1] += 1


def hold(keys: Any, spans: Any, values: Any, firsts: Any, best: Any, packed: Any) -> None:
    """Put rows of a dated table where each version of the year finds them: of several, the one learned last.

    keys [row]; spans: since, until and learned, each [row]; values [row, column]; firsts [version]: the first day of each;
    best [key, version]: the day the row held was learned (NULL at first); packed [key, version times columns].
    """
    since, until, learned = spans
    columns = values.shape[1]
    for row in range(len(keys)):
        key = keys[row]
        for version in range(len(firsts)):
            if since[row] <= firsts[version] < until[row] and learned[row] >= best[key, version]:
                best[key, version] = learned[row]
                for column in range(columns):
                    packed[key, version * columns + column] = values[row, column]
