"""The fused loop: a plan compiled to one pass over learners, months and benefits, in whole numbers.

The rules are written out as plain Python (see _loop_source) and compiled by numba. Each learner is read once; months with
the same facts under the same rules are decided once; households and places are found by number, not joined. Chunks of
learners stream through, so that a nation needs no more memory than a province. Threads share the work: while some decide,
Polars reads the next chunk. Reasons are not left out: every answer has its code, and `reasons` counts them.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import sys
import types
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from heapq import merge
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

try:
    import numba
    import numpy as np
    from numba import njit
except ImportError as lacking:
    raise ImportError(
        "Cỗ máy loop cần phần thêm: cài ansinh[fast]. / The loop engine needs an extra: install ansinh[fast]."
    ) from lacking

from ansinh.core.dates import MONTHS_IN_YEAR, PREPARATORY, positions_in, twelve_mask
from ansinh.core.decide import UNKNOWN, Cell, Outcome, Total, outcome_of
from ansinh.core.resolve import Plan, Ready
from ansinh.core.tables import FACTS, ROLES, STATUS, TABLE_SPAN, People
from ansinh.engines import _loop_kernel as kernel_room
from ansinh.engines._loop_source import CALENDAR, RuleSet, shape_of, source
from ansinh.engines._loop_tables import Packed, pack, whole
from ansinh.engines.frames import Columns, after_cap, columns
from ansinh.engines.reference import Reference

CHUNK = (
    1 << 18
)  # Learners decided at a time: large enough that Python is not felt, small enough to stay near the processor.


@dataclass(frozen=True)
class Run:
    """Months in a row that share one set of rules and one version of every dated table."""

    positions: tuple[int, ...]
    which: int


@dataclass(frozen=True)
class Decided:
    """Every decision, before the yearly cap.

    learners and months [learner]; codes and quantities [learner, run, benefit]. For plans with twelve-month rules, the
    runs come twice: then for the months a learner does not study.
    """

    learners: pl.Series
    months: Any
    codes: Any
    quantities: Any


def loop(people: People | Columns, plan: Plan) -> Loop:
    """The fused loop (see core.decide.Engine); takes people as rows or as columns, which may be files not yet read."""
    return Loop(people if isinstance(people, Columns) else columns(people), plan)


class Loop:
    """A plan over a population. Dated tables are packed at once; learners are read when cells or totals are asked for."""

    def __init__(self, people: Columns, plan: Plan, *, compiled: bool = True, chunk: int = CHUNK) -> None:
        self.plan, self.people, self.chunk = plan, people, chunk
        self.learners = _lazy(people.learners)
        self.apart: Reference | None = None
        if STATUS in people.tables:
            self._set_apart(_lazy(people.tables[STATUS]))
        names = self.learners.collect_schema().names()
        leaned = [role for role in ROLES if role.table in people.tables and role.key in names]
        self.shape = shape_of(plan, [name for name in FACTS if name in names], leaned)
        self.packed = self._pack(_compiled_hold() if compiled else kernel_room.hold)
        self.runs = self._cut()
        self.text = source(self.shape, len(plan.benefits))
        self.kernel = kernel_of(self.text, compiled)

    def _set_apart(self, status: pl.LazyFrame) -> None:
        """Learners whose own facts or keys change on a day are few, and decided by the reference; the loop takes the rest."""
        said = set(status.collect_schema().names()) - set(TABLE_SPAN)
        changes = pl.col("learner").is_in(status.select("key").unique().collect()["key"].implode())
        people = self.people.people
        if people:
            changing = {row["key"] for row in people.tables[STATUS]}
            few_people = replace(people, learners=[row for row in people.learners if row["learner"] in changing])
        else:
            tables = {name: _lazy(table).collect().to_dicts() for name, table in self.people.tables.items()}
            few_people = People(self.learners.filter(changes).collect().to_dicts(), tables)
        self.apart = Reference(few_people, self.plan)
        self.learners = self.learners.filter(~changes)
        # A key that only status rows carry is a column all the same: for everyone else it is empty.
        names = self.learners.collect_schema().names()
        self.learners = self.learners.with_columns(
            pl.lit(None, pl.String).alias(role.key) for role in ROLES if role.key in said and role.key not in names
        )

    def _pack(self, put: Callable[..., None]) -> list[Packed]:
        """One packed table per role; roles that read the same columns of the same table share it."""
        found: dict[tuple[str, tuple[str, ...]], Packed] = {}
        for role, wanted in self.shape.roles:
            if (role.table, wanted) not in found:
                table = _lazy(self.people.tables[role.table])
                found[role.table, wanted] = pack(table, role, wanted, self.plan, put)
        return [found[role.table, wanted] for role, wanted in self.shape.roles]

    def _cut(self) -> list[Run]:
        runs: list[Run] = []
        for position in range(MONTHS_IN_YEAR):
            which = self.shape.set_at[position]
            held = runs[-1].positions[-1] if runs else -1
            same = bool(runs) and runs[-1].which == which and not self.shape.monthly
            if same and all(packed.versions[position] == packed.versions[held] for packed in self.packed):
                runs[-1] = Run((*runs[-1].positions, position), which)
            else:
                runs.append(Run((position,), which))
        return runs

    @cached_property
    def _fixed(self) -> tuple[Any, Any, Any]:
        """What the loop knows beside the learners: calendar [run, …], info [set, benefit, …], groups [set, group, place]."""
        calendar = np.zeros((len(self.runs), len(CALENDAR) + len(self.packed)), np.int64)
        for k, run in enumerate(self.runs):
            one = self.shape.sets[run.which]
            first = run.positions[0]
            twelve = any(rule.twelve for rule in one.rules)
            bits = sum(1 << position for position in run.positions)
            known = (bits, run.which, self.plan.year.month(first).index, twelve)
            calendar[k] = (*known, *(packed.versions[first] for packed in self.packed))
        info = np.array([_info(one, len(self.plan.benefits)) for one in self.shape.sets], np.int64)
        kept = [[g for g in map(_present(one), one.overlaps) if len(g) > 1] for one in self.shape.sets]
        groups = np.full((len(kept), max(map(len, kept)), max(1, len(self.plan.benefits))), -1, np.int64)
        for s, one_kept in enumerate(kept):
            for g, group in enumerate(one_kept):
                groups[s, g, : len(group)] = group
        return calendar, info, groups

    # Reading learners, a chunk at a time.

    def _prepared(self) -> pl.LazyFrame:
        """Only the columns the plan reads, as whole numbers without gaps."""
        frame = self.learners
        for packed, (role, _) in zip(self.packed, self.shape.roles, strict=True):
            frame = packed.beside(frame, role.key)
        keys = [packed.row(role.key) for packed, (role, _) in zip(self.packed, self.shape.roles, strict=True)]
        own = [whole(fact, fact).alias(fact) for fact in self.shape.own]
        return frame.select(pl.col("months").cast(pl.Int32), *keys, *own)

    def _run(self, chunk: pl.DataFrame, codes: Any, quantities: Any) -> tuple[Any, Any]:
        """Decide a chunk; out [benefit, (yes, no, cannot say, months, quantity)] and tally [benefit, place of code]."""
        benefits = len(self.plan.benefits)
        out = np.zeros((benefits, 5), np.int64)
        tally = np.zeros((benefits, kernel_room.TALLY_PLACES), np.int64)
        columns_read = [chunk[name].to_numpy() for name in chunk.columns]
        months, rest = columns_read[0], columns_read[1:]
        keys, own = rest[: len(self.packed)], rest[len(self.packed) :]
        lows = np.array([packed.low for packed in self.packed], np.int64)
        tabs = tuple(packed.data for packed in self.packed)
        self.kernel(tuple(own), tuple(keys), lows, tabs, months, *self._fixed, out, tally, codes, quantities)
        return out, tally

    @cached_property
    def _summed(self) -> tuple[Any, Any]:
        """Totals and tally of all learners, chunks decided on every core while the next are read."""
        benefits = len(self.plan.benefits)
        out = np.zeros((benefits, 5), np.int64)
        tally = np.zeros((benefits, kernel_room.TALLY_PLACES), np.int64)
        workers = os.cpu_count() or 1
        nothing = np.zeros((0, 0, 0), np.int16), np.zeros((0, 0, 0), np.int64)
        waiting: deque[Future[tuple[Any, Any]]] = deque()

        def take() -> None:
            one, counted = waiting.popleft().result()
            np.add(out, one, out=out)
            np.add(tally, counted, out=tally)

        with ThreadPoolExecutor(workers) as pool:
            for chunk in self._chunks():
                waiting.append(pool.submit(self._run, chunk, *nothing))
                if len(waiting) > workers:
                    take()
            while waiting:
                take()
        return out, tally

    def _chunks(self) -> Iterator[pl.DataFrame]:
        yield from self._prepared().collect_batches(chunk_size=self.chunk, maintain_order=False, engine="streaming")

    # Reading the results.

    def totals(self) -> list[Total]:
        """One total per benefit; see core.decide.Total."""
        apart = self.apart.totals() if self.apart else [Total()] * len(self.plan.benefits)
        return [
            Total(*(int(mine) + theirs for mine, theirs in zip(row, astuple(other), strict=True)))
            for row, other in zip(self._summed[0], apart, strict=True)
        ]

    def reasons(self) -> list[Counter[int]]:
        """Per benefit, how many learner-months were decided by each reason code, the yearly cap applied."""
        found = [
            Counter({kernel_room.code_at(int(place)): int(row[place]) for place in np.flatnonzero(row)})
            for row in self._summed[1]
        ]
        for cell in self.apart.cells() if self.apart else ():
            found[cell.benefit][cell.code] += 1
        return found

    def decided(self) -> Decided:
        """Every decision, held in memory, learners in their order; without those set apart (see `apart`)."""
        chunk = self._prepared().collect(engine="streaming")
        shape = (chunk.height, len(self.runs) * (2 if self.shape.twelve else 1), len(self.plan.benefits))
        codes, quantities = np.zeros(shape, np.int16), np.zeros(shape, np.int64)
        if chunk.height:
            self._run(chunk, codes, quantities)
        learners = self.learners.select("learner").collect()["learner"]
        return Decided(learners, chunk["months"].to_numpy(), codes, quantities)

    def cells(self) -> Iterator[Cell]:
        """Every decision, by learner, month and benefit; missing facts are named where an answer cannot be said."""
        apart = self.apart.cells() if self.apart else iter(())
        return merge(self._own_cells(), apart, key=lambda cell: str(cell.learner))

    def _own_cells(self) -> Iterator[Cell]:
        people = self.people.people
        reference = Reference(people, self.plan) if people else None
        rows = {str(row["learner"]): row for row in people.learners} if people else {}
        found = self.decided()
        names = found.learners.to_list()
        for i in sorted(range(len(names)), key=lambda i: str(names[i])):
            cells = self._cells_of(names[i], int(found.months[i]), found.codes[i], found.quantities[i])
            doubtful = reference is not None and any(outcome_of(cell.code) is Outcome.CANNOT_SAY for cell in cells)
            if reference is None or not doubtful:
                yield from cells
                continue
            named = {(c.position, c.benefit): c.missing for c, _, _ in reference.learner(rows[str(names[i])])}
            for cell in cells:
                doubt = outcome_of(cell.code) is Outcome.CANNOT_SAY
                missing = named[cell.position, cell.benefit] if doubt else ()
                yield Cell(cell.learner, cell.position, cell.benefit, cell.code, cell.quantity, missing)

    def _cells_of(self, learner: str, studied: int, codes: Any, quantities: Any) -> list[Cell]:
        used: dict[int, int] = {}
        filled: dict[int, int] = {}
        found = []
        for position in positions_in(studied | twelve_mask(studied)):
            here = bool(studied >> position & 1)
            number = next(k for k, run in enumerate(self.runs) if position in run.positions)
            row = number if here else number + len(self.runs)
            for rule in self.shape.sets[self.runs[number].which].rules:
                if not here and not rule.twelve:
                    continue
                code, quantity = int(codes[row, rule.benefit]), int(quantities[row, rule.benefit])
                if position != PREPARATORY and not rule.twelve:
                    code = after_cap(rule, code, filled, used)
                paid = outcome_of(code) is Outcome.YES
                found.append(Cell(learner, position, rule.benefit, code, quantity if paid else 0))
        return sorted(found)


def _beyond(rule: Ready) -> int:
    """The reason code of a month owed but for an earlier month in question that may use up the cap."""
    return UNKNOWN + len(rule.who) + len(rule.bars) + len(rule.grounds) + 1


def _info(one: RuleSet, benefits: int) -> list[list[int]]:
    rows = [[0] * kernel_room.INFO_COLUMNS for _ in range(benefits)]
    for rule in one.rules:
        free = int(rule.twelve or one.preparatory)
        ceiling = kernel_room.NO_CEILING if rule.ceiling is None else rule.ceiling
        rows[rule.benefit] = [1, rule.cap, int(rule.twelve), ceiling, _beyond(rule), free]
    return rows


def _present(one: RuleSet) -> Callable[[tuple[int, ...]], list[int]]:
    held = {rule.benefit for rule in one.rules}
    return lambda group: [benefit for benefit in group if benefit in held]


def _lazy(frame: Any) -> pl.LazyFrame:
    """Any frame narwhals reads, as a lazy Polars frame; what is not Polars is brought over whole."""
    if isinstance(frame, pl.DataFrame | pl.LazyFrame):
        return frame.lazy()
    return pl.from_arrow(nw.from_native(frame).lazy().collect(backend="pyarrow").to_native()).lazy()  # type: ignore[union-attr]


def kernel_of(text: str, compiled: bool) -> Callable[..., None]:
    """The loop's source made a function: compiled, or plain Python of the same meaning.

    Compiling takes seconds, so what was compiled is kept in the user's cache folder, named by what it was made from.
    """
    parts = (text, inspect.getsource(kernel_room), numba.__version__, sys.version)
    name = "ansinh_loop_" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
    if name not in sys.modules:
        kept = _kept(name, text) if compiled else None
        module = types.ModuleType(name)
        exec(compile(text, str(kept or "<fused loop>"), "exec"), vars(module))  # noqa: S102 — our own text, from checked rules.
        if not compiled:
            plain: Callable[..., None] = vars(module)["kernel"]
            return plain
        fast = njit(nogil=True, error_model="numpy", cache=kept is not None)
        vars(module)["kernel"] = fast(vars(module)["kernel"])
        sys.modules[name] = module  # What was compiled is found again by the name of its module.
    made: Callable[..., None] = vars(sys.modules[name])["kernel"]
    return made


def _kept(name: str, text: str) -> Path | None:
    """The file that stands for a source in the cache; None where nothing can be kept."""
    folder = Path(os.environ.get("ANSINH_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "ansinh")
    path = folder.expanduser() / "loop" / f"{name}.py"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            draft = path.with_suffix(f".{os.getpid()}")
            draft.write_text(text, encoding="utf-8")
            draft.replace(path)
    except OSError:
        return None
    return path


def _compiled_hold() -> Callable[..., None]:
    put: Callable[..., None] = njit(nogil=True, cache=True)(kernel_room.hold)
    return put
