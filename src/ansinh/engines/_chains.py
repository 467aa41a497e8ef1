"""Chains of clauses as data, so that what rules have in common is computed once. Part of the fast engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import narwhals.stable.v2 as nw

from ansinh.core.decide import NO_GROUND
from ansinh.engines._expressions import first_of

# Cases in order: the column of a condition, whether it must hold or fail, and the reason code it then gives.
Chain = tuple[tuple[str, bool, int], ...]
SHORTEST = 3  # A shared tail of fewer cases is not worth a column.


def shared_tails(chains: Iterable[Chain]) -> tuple[Chain, ...]:
    """For each chain the longest tail it shares with another; each tail once."""
    kept = list(dict.fromkeys(chains))
    counts = Counter(chain[start:] for chain in kept for start in range(len(chain) - SHORTEST + 1))
    found = (_tail(chain, {tail for tail, count in counts.items() if count > 1}) for chain in kept)
    return tuple(dict.fromkeys(tail for tail in found if tail))


def _tail(chain: Chain, tails: Collection[Chain]) -> Chain:
    return next((chain[start:] for start in range(len(chain)) if chain[start:] in tails), ())


def chain_of(chain: Chain, tails: tuple[Chain, ...] = ()) -> nw.Expr:
    """The code of the first case that applies, NO_GROUND where none does; a tail among `tails` is read from its column."""
    tail = _tail(chain, tails)
    cases = chain[: len(chain) - len(tail)]
    rest = nw.col(f"t{tails.index(tail)}") if tail else NO_GROUND
    return first_of([(nw.col(name) if holds else ~nw.col(name), code) for name, holds, code in cases], rest)
