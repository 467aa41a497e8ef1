"""The fast engine: rules compiled to column expressions through narwhals.

Polars (streaming) runs it every day; DuckDB runs the very same expressions as referee in the tests. One wide frame holds
every month: a clause that months share is computed once, dated tables are joined once per version, and only numbers that
change within the year are told apart. Only whole numbers, truth values and days are used, and no word outside core.nodes,
because engines differ silently beyond them (rounding, ties, NaN, wrap-around).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import narwhals.stable.v2 as nw
import polars as pl

from ansinh.core.dates import PREPARATORY, positions_in, twelve_mask
from ansinh.core.decide import (
    FIRST_BAR,
    FIRST_WHO,
    NO_GROUND,
    OVER_CAP,
    SUPERSEDED,
    UNKNOWN,
    Cell,
    Outcome,
    Total,
    outcome_of,
)
from ansinh.core.nodes import Const, Node, facts_in, rename_facts
from ansinh.core.resolve import Plan, Ready
from ansinh.core.tables import ENROLLED, FACTS, LEARNERS, ROLES, STATUS, TABLE_SPAN, Kind, People, Row
from ansinh.engines._chains import Chain, chain_of, shared_tails
from ansinh.engines._dated import Dated, collected, dated, roles_read
from ansinh.engines._expressions import dtype_of, every, expression, first_of
from ansinh.engines._facts import scanned
from ansinh.engines._kinds import kinds_of
from ansinh.engines._segments import Decided, Segment, amount_in, amount_of, quantity_of
from ansinh.engines._status import with_status
from ansinh.engines._totals import totals
from ansinh.engines.reference import Reference

DTYPES = {Kind.BOOL: pl.Boolean, Kind.INT: pl.Int64, Kind.CODE: pl.Int16, Kind.DATE: pl.Date}
NEVER = -(2**62)  # Below every quantity: marks a benefit that is not owed when the highest is sought.


@dataclass(frozen=True)
class Columns:
    """A population as frames: learners (learner, months, facts, keys) and the dated tables (key, since, until, learned, …).

    Any frame narwhals can read lazily will do (Polars, DuckDB). `people` is kept where cells must name missing facts.
    `keep` stores what several results read, on engines other than Polars. `stages` asks it to store each stage before the
    next is built on it: an engine that copies the text of a column into each place that reads it (DuckDB) would otherwise
    grow without bound.
    """

    learners: Any
    tables: Mapping[str, Any] = field(default_factory=dict)
    people: People | None = None
    keep: Callable[[Any], Any] | None = None
    stages: bool = True


def columns(people: People) -> Columns:
    """Rows into Polars frames with the agreed types; PeopleError when the people contradict themselves."""
    people.check()
    present = list(dict.fromkeys(["learner", "months", *(name for row in people.learners for name in row)]))
    schema = {name: _dtype(name) for name in present}
    learners = pl.DataFrame([{n: row.get(n) for n in present} for row in people.learners], schema=schema)
    return Columns(learners, {name: _table(name, rows) for name, rows in people.tables.items()}, people)


def facts_at(folder: str) -> Columns:
    """Facts kept as Parquet (see _facts). What they say of one another is not checked, as it is for People."""
    tables = scanned(Path(folder))
    learners = tables.pop(LEARNERS)
    return Columns(learners, {name: table.collect() for name, table in tables.items()})


def _dtype(name: str) -> Any:
    if name in FACTS:
        return DTYPES[FACTS[name].kind]
    return {"months": pl.Int32, ENROLLED: pl.Boolean}.get(name, pl.String)


def _table(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    if table == STATUS:
        facts = {name: _dtype(name) for name in dict.fromkeys(name for row in rows for name in row)}
    else:
        role = next(role for role in ROLES if role.table == table)
        facts = {column: DTYPES[FACTS[fact].kind] for column, fact in role.facts.items()}
    schema = facts | {"key": pl.String} | dict.fromkeys(TABLE_SPAN[1:], pl.Date)
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def frames(people: People | Columns, plan: Plan) -> Frames:
    """The fast engine on Polars streaming (see core.decide.Engine); takes people as rows or as columns."""
    return Frames(people if isinstance(people, Columns) else columns(people), plan)


class Frames:
    """A plan compiled over a population. Dated tables are cut and joined at once; the rules run when results are asked for."""

    def __init__(self, people: Columns, plan: Plan) -> None:
        self.plan, self.people = plan, people
        learners = nw.from_native(people.learners).lazy()
        frame, self._own = with_status(learners, people.tables, plan, self._store)
        self.schema = frame.collect_schema()
        self.masks = sorted(int(mask) for mask in collected(frame.select("months").unique())["months"])
        self.segments: list[Segment] = []
        self.shown: dict[tuple[int, int], tuple[str, str]] = {}
        self._conditions: dict[Node, str] = {}
        self._codes: dict[tuple[Any, ...], str] = {}
        # A left join in memory leaves the learners' own columns where they are; streaming copies them at every join.
        frame = self._store(self._join_and_cut(frame), engine="in-memory")
        self._unsure = _with_missing(frame)
        self.learners: pl.DataFrame | None = None
        self._computed = False
        self.frame = self._compile(frame)

    # Joining: one left join per role, only months that somebody studied.

    def _join_and_cut(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        decided = self._months_decided()
        names = {position: dict(self._own[position]) for position, _, _ in decided}
        read = {fact for _, rules, _ in decided for rule in rules for tree in _trees(rule) for fact in facts_in(tree)}
        frame = self._join_roles(frame, read, names)
        columns = set(frame.collect_schema().names())
        absent = sorted(read - columns - {fact for by in names.values() for fact in by})
        if absent:
            frame = frame.with_columns(nw.lit(None).cast(dtype_of(fact)).alias(fact) for fact in absent)
        for position, ready, overlaps in decided:
            rules = tuple(_renamed(rule, names[position]) for rule in ready)
            last = self.segments[-1] if self.segments else None
            same = last and last.rules == rules and last.overlaps == overlaps
            if last and same and last.positions != (PREPARATORY,):
                self.segments[-1] = Segment((*last.positions, position), rules, overlaps)
            else:
                self.segments.append(Segment((position,), rules, overlaps))
        self.segments += [twin for segment in self.segments for twin in _holiday_twin(segment)]
        used = {fact for s in self.segments for rule in s.rules for tree in _trees(rule) for fact in facts_in(tree)}
        return frame.select("learner", "months", *sorted(used))

    def _months_decided(self) -> list[tuple[int, tuple[Ready, ...], tuple[tuple[int, ...], ...]]]:
        """Months somebody studies, with all their rules; months only holidays cover, with the rules that pay twelve months."""
        studied = {position for mask in self.masks for position in positions_in(mask)}
        covered = {position for mask in self.masks for position in positions_in(twelve_mask(mask))}
        found = []
        for stretch in self.plan.stretches:
            twelve = tuple(rule for rule in stretch.rules if rule.twelve)
            for position in stretch.positions:
                if position in studied:
                    found.append((position, stretch.rules, stretch.overlaps))
                elif position in covered and twelve:
                    found.append((position, twelve, stretch.overlaps))
        return found

    def _join_roles(
        self, frame: nw.LazyFrame[Any], read: set[str], names: Mapping[int, dict[str, str]]
    ) -> nw.LazyFrame[Any]:
        firsts = [self.plan.year.month(position).first_day for position in names]
        cut: dict[str, Dated] = {}
        roles = roles_read(read, self.people.tables, self.schema.names())
        for role in roles:
            wanted = [fact for fact in role.facts.values() if fact in read]
            if role.table not in cut:
                asked = {c for r in roles if r.table == role.table for c, fact in r.facts.items() if fact in read}
                cut[role.table] = dated(self._table(role.table, asked), sorted(asked), firsts, self._store)
            of = cut[role.table]
            column = {fact: name for name, fact in role.facts.items()}
            keys = [by.get(role.key, role.key) for by in names.values()]
            held = {f"{f}@{v}": f"{column[f]}@{v}" for f in wanted for v in range(max(of.versions, default=-1) + 1)}
            for key, part in itertools.product(dict.fromkeys(keys), of.parts):
                given = part.collect_schema().names()
                end = key.removeprefix(role.key)  # Tells apart what a key that changed in mid-year points at.
                shown = [nw.col(name).alias(f"{fact}{end}") for fact, name in held.items() if name in given]
                frame = frame.join(part.select(nw.col("key").alias(key), *shown), on=key, how="left")
            for position, version, key in zip(names, of.versions, keys, strict=True):
                end = key.removeprefix(role.key)
                names[position].update({fact: f"{fact}@{version}{end}" for fact in wanted})
        return frame

    def _table(self, name: str, columns: set[str]) -> nw.LazyFrame[Any]:
        table = nw.from_native(self.people.tables[name]).lazy()
        if self.plan.known is not None:
            table = table.filter(nw.col("learned") <= self.plan.known)
        return self._store(table.select("key", "since", "until", "learned", *sorted(columns)))

    # Compiling: conditions first, each once; then codes, each once; then overlaps, segment by segment.

    def _compile(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        for segment in self.segments:
            for rule in segment.rules:
                for tree in (*rule.who, *rule.bars, *(tree for tree, _ in rule.grounds)):
                    self._conditions.setdefault(tree, f"h{len(self._conditions)}")
        frame = self._kinds(frame)
        chains: dict[str, Chain] = {}
        codes: dict[str, nw.Expr] = {}
        for rule in (rule for segment in self.segments for rule in segment.rules):
            key = _code_key(rule)
            if key in self._codes:
                continue
            name = self._codes[key] = f"k{len(self._codes)}"
            if self._sure(rule):
                chains[name] = self._chain(rule)
            else:
                codes[name] = self._code(rule)
        # The last clauses that rules have in common are decided once.
        tails = shared_tails(chains.values())
        frame = self._with(frame, {f"t{k}": chain_of(tail) for k, tail in enumerate(tails)})
        codes |= {name: chain_of(chain, tails) for name, chain in chains.items()}
        frame = self._with(frame, codes)
        amounts = self._name_columns()
        frame = self._kept(frame.select("kind", "months", "n", *codes, **amounts))
        settled: dict[tuple[Any, ...], dict[int, tuple[str, str]]] = {}
        for number, segment in enumerate(self.segments):
            for group in segment.overlaps:
                frame = self._settled(frame, number, segment, group, settled)
        return frame

    def _kinds(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """From learners to kinds of learners with their conditions; on engines other than Polars each is a kind of its own."""
        conditions = {name: expression(tree) for tree, name in self._conditions.items()}
        if not isinstance(frame.to_native(), pl.LazyFrame):
            return self._with(frame.with_columns(kind=nw.col("learner"), n=nw.lit(1).cast(nw.Int64)), conditions)
        unsure = {name for tree, name in self._conditions.items() if not self._unsure.isdisjoint(facts_in(tree))}
        amounts = (q for s in self.segments for rule in s.rules for _, q in rule.grounds)
        facts = sorted({fact for quantity in amounts for fact in facts_in(quantity)})
        kinds, self.learners = kinds_of(frame, conditions, unsure, facts)
        return kinds

    def _name_columns(self) -> dict[str, nw.Expr]:
        """Give each segment and benefit its columns of code and amount; the amounts that facts decide, to be computed.

        An amount that the code decides needs no column: it is written where it is read (`Decided.amount`).
        """
        amounts: dict[str, nw.Expr] = {}
        names: dict[tuple[Any, ...], str] = {}
        for number, segment in enumerate(self.segments):
            for rule in segment.rules:
                code = self._codes[_code_key(rule)]
                if rule.ceiling is not None:
                    self.shown[number, rule.benefit] = (code, "")
                    continue
                key = (code, tuple(quantity for _, quantity in rule.grounds))
                if key not in names:
                    names[key] = f"a{len(names)}"
                    amounts[names[key]] = quantity_of(rule, nw.col(code))
                self.shown[number, rule.benefit] = (code, names[key])
        return amounts

    def _settled(
        self,
        frame: nw.LazyFrame[Any],
        number: int,
        segment: Segment,
        group: tuple[int, ...],
        settled: dict[tuple[Any, ...], dict[int, tuple[str, str]]],
    ) -> nw.LazyFrame[Any]:
        """Settle one overlap of a segment; segments that agree in everything it reads share the columns of the first."""
        members = [rule for rule in segment.rules if rule.benefit in group]
        if len(members) < 2:
            return frame
        key = (group, *((self.shown[number, r.benefit], tuple(q for _, q in r.grounds)) for r in members))
        if key not in settled:
            shown = {f"c{number}_{r.benefit}": nw.col(self.shown[number, r.benefit][0]) for r in members}
            shown |= {f"q{number}_{r.benefit}": amount_in(self.shown, number, r) for r in members}
            frame = self._kept(_settle(frame.with_columns(**shown), number, segment, group))
            settled[key] = {r.benefit: (f"c{number}_{r.benefit}", f"q{number}_{r.benefit}") for r in members}
        self.shown |= {(number, benefit): names for benefit, names in settled[key].items()}
        return frame

    def _with(self, frame: nw.LazyFrame[Any], shown: Mapping[str, nw.Expr]) -> nw.LazyFrame[Any]:
        return self._kept(frame.with_columns(**shown)) if shown else frame

    def _kept(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        return self._store(frame) if self.people.keep and self.people.stages else frame

    def _store(
        self, frame: nw.LazyFrame[Any], engine: Literal["streaming", "in-memory"] = "streaming"
    ) -> nw.LazyFrame[Any]:
        """Computed now and kept, on the engine of the population."""
        native = frame.to_native()
        if isinstance(native, pl.LazyFrame):
            return nw.from_native(native.collect(engine=engine)).lazy()
        keep = self.people.keep
        return nw.from_native(keep(native)).lazy() if keep else frame

    def _sure(self, rule: Ready) -> bool:
        """Is nothing missing in what a rule reads? It then has only yes and no, and half the cases fall away."""
        return not any(fact in self._unsure for tree in _trees(rule) for fact in facts_in(tree))

    def _chain(self, rule: Ready) -> Chain:
        """The cases of a rule in which nothing is missing, as columns of conditions."""
        cases = [(self._conditions[tree], False, FIRST_WHO - k) for k, tree in enumerate(rule.who)]
        cases += [(self._conditions[tree], True, FIRST_BAR - k) for k, tree in enumerate(rule.bars)]
        cases += [(self._conditions[tree], True, k + 1) for k, (tree, _) in enumerate(rule.grounds)]
        return tuple(cases)

    def _code(self, rule: Ready) -> nw.Expr:
        """The reason code: the first clause that decides, in the order core.decide fixes."""
        who = [nw.col(self._conditions[tree]) for tree in rule.who]
        bars = [nw.col(self._conditions[tree]) for tree in rule.bars]
        grounds = [nw.col(self._conditions[tree]) for tree, _ in rule.grounds]
        cases: list[tuple[nw.Expr, int]] = [(~holds, FIRST_WHO - k) for k, holds in enumerate(who)]
        cases += [(holds, FIRST_BAR - k) for k, holds in enumerate(bars)]
        cases.append((every([~holds for holds in grounds]), NO_GROUND))
        settled = [*who, *(~holds for holds in bars)]
        unknown_quantity = UNKNOWN + len(who) + len(bars) + len(grounds)
        for k, holds in enumerate(grounds):
            met = every([*settled, holds])
            quantity = rule.grounds[k][1]
            if not isinstance(quantity, Const):
                cases.append((met & expression(quantity).is_null(), unknown_quantity))
            cases.append((met, k + 1))
        cases += [(holds.is_null(), UNKNOWN + k) for k, holds in enumerate([*who, *bars, *grounds])]
        return first_of(cases, otherwise=UNKNOWN)

    # Reading the results.

    def collect(self) -> pl.DataFrame:
        """Every decision written out: learner, months, and columns of codes and of amounts that facts or overlaps decide.

        `shown` names the columns of a segment and benefit; `amounts` writes out the amounts that a code decides.
        """
        return self._written(self.decided().frame.drop("n"))

    def amounts(self) -> pl.DataFrame:
        """Per learner, segment s and benefit b the code `cs_b` and the amount of one month `qs_b` (0 unless owed)."""
        wide = {}
        for number, segment in enumerate(self.segments):
            for rule in segment.rules:
                wide[f"c{number}_{rule.benefit}"] = nw.col(self.shown[number, rule.benefit][0])
                wide[f"q{number}_{rule.benefit}"] = amount_in(self.shown, number, rule)
        return self._written(self.decided().frame.select("kind", "months", **wide))

    def _written(self, kinds: nw.LazyFrame[Any]) -> pl.DataFrame:
        """What is known of kinds, for every learner."""
        if self.learners is None:
            return collected(kinds.rename({"kind": "learner"}))
        return (
            self.learners.lazy().join(kinds.to_native(), on="kind", how="left").drop("kind").collect(engine="streaming")
        )

    def totals(self) -> list[Total]:
        """One total per benefit; see core.decide.Total."""
        return totals(self.decided())

    def decided(self) -> Decided:
        """The decisions by kind of learner, with the names of their columns, computed at the first asking and kept.

        `learners` gives the kind of each learner; None where each is a kind of its own.
        """
        if not self._computed:
            self.frame, self._computed = self._store(self.frame), True
        shown, masks, benefits = self.shown, tuple(self.masks), len(self.plan.benefits)
        return Decided(self.frame, tuple(self.segments), shown, masks, benefits, self._kept)

    def cells(self) -> Iterator[Cell]:
        """Every decision, by learner, month and benefit; missing facts are named where an answer cannot be said."""
        reference = Reference(self.people.people, self.plan) if self.people.people else None
        rows = {str(row["learner"]): row for row in self.people.people.learners} if self.people.people else {}
        for wide in self.collect().sort("learner").iter_rows(named=True):
            named = None
            for cell in self._cells_of(wide):
                if outcome_of(cell.code) is Outcome.CANNOT_SAY and reference is not None:
                    if named is None:
                        named = {
                            (c.position, c.benefit): c.missing for c, _, _ in reference.learner(rows[cell.learner])
                        }
                    missing = named[cell.position, cell.benefit]
                    yield Cell(cell.learner, cell.position, cell.benefit, cell.code, cell.quantity, missing)
                else:
                    yield cell

    def _cells_of(self, wide: dict[str, Any]) -> list[Cell]:
        studied = wide["months"]
        holidays = twelve_mask(studied) & ~studied
        used: dict[int, int] = {}
        paid_months: dict[int, int] = {}
        found = []
        for number, segment in enumerate(self.segments):
            for position in positions_in(holidays if segment.holiday else studied):
                if position not in segment.positions:
                    continue
                for rule in segment.rules:
                    name, amount = self.shown[number, rule.benefit]
                    code = wide[name]
                    quantity = wide[amount] if amount else amount_of(rule, code)
                    if position != PREPARATORY and not rule.twelve:
                        code = after_cap(rule, code, paid_months, used)
                    paid = outcome_of(code) is Outcome.YES
                    found.append(Cell(wide["learner"], position, rule.benefit, code, quantity if paid else 0))
        return sorted(found)


def after_cap(rule: Ready, code: int, paid: dict[int, int], used: dict[int, int]) -> int:
    """The code of a month once earlier months took their places under the yearly cap (see _totals._room)."""
    outcome = outcome_of(code)
    if outcome is Outcome.NO:
        return code
    if used.get(rule.benefit, 0) < rule.cap:
        used[rule.benefit] = used.get(rule.benefit, 0) + 1
        paid[rule.benefit] = paid.get(rule.benefit, 0) + (outcome is Outcome.YES)
        return code
    if paid.get(rule.benefit, 0) >= rule.cap:
        return OVER_CAP
    return UNKNOWN + len(rule.who) + len(rule.bars) + len(rule.grounds) + 1 if outcome is Outcome.YES else code


def _holiday_twin(segment: Segment) -> list[Segment]:
    """The same months where they are not studied: only twelve-month rules answer, and overlap among themselves."""
    positions = tuple(p for p in segment.positions if p != PREPARATORY)
    rules = tuple(rule for rule in segment.rules if rule.twelve)
    return [Segment(positions, rules, segment.overlaps, holiday=True)] if positions and rules else []


def _trees(rule: Ready) -> list[Node]:
    return [*rule.who, *rule.bars, *(tree for pair in rule.grounds for tree in pair)]


def _renamed(rule: Ready, names: Mapping[str, str]) -> Ready:
    def put(tree: Node) -> Node:
        return rename_facts(tree, names)

    return Ready(
        rule.benefit,
        tuple(map(put, rule.who)),
        tuple(map(put, rule.bars)),
        tuple((put(tree), put(quantity)) for tree, quantity in rule.grounds),
        rule.cap,
        rule.preparatory,
        rule.twelve,
    )


def _code_key(rule: Ready) -> tuple[Any, ...]:
    """Rules with one key have one code column: the amounts may differ, unless whether they are known depends on facts."""
    return rule.who, rule.bars, tuple((tree, None if isinstance(q, Const) else q) for tree, q in rule.grounds)


def _with_missing(frame: nw.LazyFrame[Any]) -> set[str]:
    """Columns in which something is missing; all, on an engine that does not keep count."""
    native = frame.to_native()
    if not isinstance(native, pl.LazyFrame):
        return set(frame.collect_schema().names())
    row = native.select(pl.all().null_count()).collect().row(0, named=True)
    return {name for name, missing in row.items() if missing}


def _settle(frame: nw.LazyFrame[Any], number: int, segment: Segment, group: tuple[int, ...]) -> nw.LazyFrame[Any]:
    """Of benefits that may not be had together the highest stays (see reference.settle_overlaps)."""
    rules = {rule.benefit: rule for rule in segment.rules}
    members = [benefit for benefit in group if benefit in rules]
    if len(members) < 2:
        return frame
    owed = []
    for benefit in members:
        code = nw.col(f"c{number}_{benefit}")
        quantity = nw.col(f"q{number}_{benefit}")
        owed.append(nw.when((code > 0) & (code < SUPERSEDED)).then(quantity).otherwise(nw.lit(NEVER)))
    frame = frame.with_columns(**{f"o{place}": amount for place, amount in enumerate(owed)})
    best = nw.max_horizontal(*(f"o{place}" for place in range(len(members))))
    winner = first_of([(nw.col(f"o{place}") == best, place) for place in range(len(members) - 1)], len(members) - 1)
    frame = frame.with_columns(best=best, winner=winner)
    changed: dict[str, nw.Expr] = {}
    for place, benefit in enumerate(members):
        code = nw.col(f"c{number}_{benefit}")
        beaten = _beaten(rules[benefit].ceiling, place, code) & (nw.col("best") > NEVER)
        lost = first_of([(nw.col("winner") == w, SUPERSEDED + other) for w, other in enumerate(members)], 0).cast(
            nw.Int16
        )
        changed[f"c{number}_{benefit}"] = nw.when(beaten).then(lost).otherwise(code)
        changed[f"q{number}_{benefit}"] = nw.when(beaten).then(nw.lit(0)).otherwise(nw.col(f"q{number}_{benefit}"))
    return frame.with_columns(**changed).drop("best", "winner", *(f"o{place}" for place in range(len(members))))


def _beaten(ceiling: int | None, place: int, code: nw.Expr) -> nw.Expr:
    yes, doubt = (code > 0) & (code < SUPERSEDED), code >= UNKNOWN
    loses = yes & (nw.col("winner") != place)
    if ceiling is None:
        return loses
    low = (nw.col("best") > ceiling) | ((nw.col("best") == ceiling) & (nw.col("winner") < place))
    return loses | (doubt & low)
