"""Which questions can still change an answer: asked of a family, one at a time, and proven before they are asked.

A question tells some facts; each of its choices gives them values. A question is needed when there are two of its choices
and one completion of everything else that is not known under which the law answers differently. The engine that decides
and the three-valued evaluation come in from outside, so that the proof is made with the decision itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ansinh.core.dates import PREPARATORY, USUAL_STUDY_MONTHS, study_mask
from ansinh.core.decide import Cell, Engine, Outcome, outcome_of
from ansinh.core.nodes import Const, Fact, Missing, Node, Plain, Value, children, facts_in, walk
from ansinh.core.resolve import Plan, Ready
from ansinh.core.rules import Condition, Document
from ansinh.core.tables import People

Facts = Mapping[str, Plain]
Verdict = tuple[tuple[int, int, Outcome, int], ...]
Clause = tuple[Document, Condition]
Evaluation = Callable[[Node, Mapping[str, object]], Value]

# A general school's year, and the August before it, which only the pre-grade-1 course is paid for.
MONTHS = study_mask([PREPARATORY, *USUAL_STUDY_MONTHS])
# Completions looked at for one question and one group of benefits. A proof not found within is said to be open.
BOUND = 4_000
REMEMBERED = 5_000  # What is kept of one rule before it is forgotten and found anew.
FAMILY = "family"  # The one learner's identifier.


@dataclass(frozen=True)
class Choice:
    """One answer: a short code for addresses, the facts it tells, and its words."""

    code: str
    facts: Mapping[str, Plain]
    vi: str = ""
    en: str = ""


@dataclass(frozen=True)
class Question:
    """A question that tells `facts`. `choices` depend on what is known so far, only through the questions named in `after`.

    No choices means that the question does not arise (a grade, of a child in kindergarten).
    """

    name: str
    facts: tuple[str, ...]
    choices: Callable[[Facts], tuple[Choice, ...]]
    after: tuple[str, ...] = ()
    vi: str = ""
    en: str = ""
    hint_vi: str = ""
    hint_en: str = ""


@dataclass(frozen=True)
class Witness:
    """Two complete sets of facts that differ in the answer to one question alone, and are decided differently."""

    one: Facts
    other: Facts


@dataclass(frozen=True)
class Need:
    """A question that can still change an answer: for which benefits (places in the plan), with a witness for each.

    A benefit in `open` may depend on it too: the search ended at its bound before it could tell.
    """

    question: Question
    witnesses: Mapping[int, Witness]
    open: tuple[int, ...] = ()

    @property
    def benefits(self) -> tuple[int, ...]:
        return (*self.witnesses, *self.open)


@dataclass(frozen=True)
class _Reader:
    """A rule with the facts it reads, and what was already found for values of those facts: searches come by again and again."""

    rule: Ready
    reads: tuple[str, ...]
    found: dict[tuple[object, ...], frozenset[str]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class _Group:
    """Benefits that overlaps bind together: decided, and so asked about, as one."""

    benefits: tuple[int, ...]
    plan: Plan
    rules: tuple[Ready, ...]
    verdicts: dict[tuple[object, ...], Verdict] = field(default_factory=dict, compare=False)

    @cached_property
    def trees(self) -> tuple[Node, ...]:
        return tuple(dict.fromkeys(tree for rule in self.rules for tree in _trees(rule)))

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset(name for tree in self.trees for name in facts_in(tree))

    @cached_property
    def readers(self) -> tuple[_Reader, ...]:
        return tuple(
            _Reader(rule, tuple(dict.fromkeys(n for t in _trees(rule) for n in facts_in(t)))) for rule in self.rules
        )

    @cached_property
    def asks_what_is_missing(self) -> bool:
        return any(isinstance(part, Missing) for tree in self.trees for part in walk(tree))


@dataclass
class _Search:
    """One question's search for a witness in one group."""

    group: _Group
    question: Question
    left: int


@dataclass(frozen=True)
class Asking:
    """The questions of one plan. `told` maps a question's name to the code chosen, or to None for “I do not know”."""

    plan: Plan
    questions: Sequence[Question]
    engine: Engine
    evaluate: Evaluation
    bound: int = BOUND

    def facts(self, told: Mapping[str, str | None]) -> dict[str, Plain]:
        """The facts the answers tell. A code that is no choice (any more) tells nothing."""
        known: dict[str, Plain] = {}
        for question in self.questions:
            for choice in question.choices(known) if told.get(question.name) else ():
                if choice.code == told[question.name]:
                    known |= choice.facts
        return known

    def valid(self, told: Mapping[str, str | None]) -> dict[str, str | None]:
        """The answers that are choices of their questions, in the order they were given; the others dropped."""
        known = self.facts(told)
        names = {q.name: q for q in self.questions}
        return {
            name: code
            for name, code in told.items()
            if name in names and (code is None or any(c.code == code for c in names[name].choices(known)))
        }

    def needed(self, told: Mapping[str, str | None]) -> list[Need]:
        """The questions that can still change an answer, in the order to ask them; none when there is nothing left to ask.

        An answer never adds to this list, so its length is the most that will still be asked.
        """
        known = self.facts(told)
        found = []
        for question in self.questions:
            if question.name not in told and (need := self.need(question, told)):
                found.append(need)
        places = {question.name: place for place, question in enumerate(self.questions)}
        names = {need.question.name for need in found}
        return sorted(
            found,
            key=lambda need: (
                # The first question opens every talk; one that shapes the choices of others comes before them.
                places[need.question.name] > 0,
                bool(names & set(need.question.after)),
                self._left_open(need.question, known, told),
                places[need.question.name],
            ),
        )

    def need(self, question: Question, told: Mapping[str, str | None]) -> Need | None:
        """For which benefits one question can still change the answer, with the proof; None when for none."""
        known = self.facts(told)
        if len(question.choices(known)) == 0 and not self._waits(question, told):
            return None
        witnesses: dict[int, Witness] = {}
        unproven: list[int] = []
        for group in self._groups:
            if not group.facts & set(question.facts) & self._live(group, known):
                continue
            search = _Search(group, question, self.bound)
            witness = self._witness(search, known, self._open(question, known, told))
            if witness:
                witnesses |= dict.fromkeys(self._differ(group, witness), witness)
            elif search.left <= 0:
                unproven += group.benefits
        return Need(question, witnesses, tuple(unproven)) if witnesses or unproven else None

    def _waits(self, question: Question, told: Mapping[str, str | None]) -> bool:
        """Whether its choices hang on a question that is not answered yet."""
        return any(name not in told for name in question.after)

    def _open(self, question: Question, known: Facts, told: Mapping[str, str | None]) -> tuple[Question, ...]:
        """The other questions whose facts are not known: not asked yet, or answered with “I do not know”."""
        return tuple(q for q in self.questions if q is not question and told.get(q.name) is None)

    def _witness(self, search: _Search, known: Facts, others: tuple[Question, ...]) -> Witness | None:
        """Depth first over completions of the other questions, leaving those under which this one cannot matter."""
        search.left -= 1
        if search.left <= 0:
            return None
        live = self._live(search.group, known)
        if not live & set(search.question.facts):
            return None
        # A question that others wait for is completed before them, this one's own included.
        matter = [q for q in others if live & set(q.facts) or q.name in search.question.after]
        waited = {name for q in (*matter, search.question) for name in q.after}
        matter += [q for q in others if q.name in waited and q not in matter]
        ready = [
            q for q in matter if not any(o.name in q.after for o in matter) and self._choices(search.group, q, known)
        ]
        if not ready:
            return self._pair(search, known, others)
        # First what decides whether the question arises at all, and the question that opens every talk.
        first = {self.questions[0].name, *self._before(search.question)}
        branch = min(ready, key=lambda q: (q.name not in first, len(self._choices(search.group, q, known)), q.name))
        rest = tuple(q for q in others if q is not branch)
        children_ = [{**known, **c.facts} for c in self._choices(search.group, branch, known)]
        # Where the least is left open a witness is soonest found.
        for child in sorted(children_, key=lambda facts: len(self._live(search.group, facts))):
            if found := self._witness(search, child, rest):
                return found
        return None

    def _before(self, question: Question) -> set[str]:
        """The questions that shape the choices of a question, and those that shape theirs."""
        near = [q for q in self.questions if q.name in question.after]
        return set(question.after).union(*(self._before(q) for q in near))

    def _pair(self, search: _Search, known: Facts, others: tuple[Question, ...]) -> Witness | None:
        seen: list[tuple[dict[str, Plain], object]] = []
        for facts in self._sides(search, known, others):
            verdict = self._verdict(search.group, facts)
            for other, theirs in seen:
                if verdict != theirs:
                    return Witness(other, facts)
            seen.append((facts, verdict))
        return None

    def _sides(self, search: _Search, known: Facts, others: tuple[Question, ...]) -> Iterator[dict[str, Plain]]:
        """What is known with each choice, alone and made finer by the questions that wait for it and tell its own facts.

        That a child is disabled may change nothing until the degree is known: the degree is asked only after it.
        """
        question = search.question
        finer = [q for q in others if question.name in q.after and set(q.facts) <= set(question.facts)]
        for choice in self._choices(search.group, question, known):
            facts = {**known, **choice.facts}
            yield facts
            for other in finer:
                yield from ({**facts, **c.facts} for c in self._choices(search.group, other, facts))

    def _verdict(self, group: _Group, facts: Facts) -> Verdict:
        """Position, benefit, outcome and quantity of every cell of a group, by the engine."""
        key = tuple(facts.get(name) for name in sorted(group.facts))
        if key not in group.verdicts:
            if len(group.verdicts) >= REMEMBERED:
                group.verdicts.clear()
            cells = self._cells(group.plan, facts)
            group.verdicts[key] = tuple((c.position, c.benefit, outcome_of(c.code), c.quantity) for c in cells)
        return group.verdicts[key]

    def _cells(self, plan: Plan, facts: Facts) -> list[Cell]:
        return list(self.engine(family(facts), plan).cells())

    def _differ(self, group: _Group, witness: Witness) -> list[int]:
        """The benefits of a group whose answers differ between the two sides of a witness."""
        one, other = self._verdict(group, witness.one), self._verdict(group, witness.other)
        return sorted({a[1] for a, b in zip(one, other, strict=True) if a != b})

    def _choices(self, group: _Group, question: Question, known: Facts) -> list[Choice]:
        """The choices that the rules of a group can tell apart: one for each set of values of what reads their facts."""
        shaped_by = tuple(known.get(name) for name in self._shaping(question))
        key = (group.benefits, question.name, shaped_by)
        if key not in self._told_apart:
            told: dict[tuple[Value, ...], Choice] = {}
            for choice in question.choices(known):
                read = tuple(self.evaluate(tree, choice.facts) for tree in self._readers(group, question))
                told.setdefault(read, choice)
            self._told_apart[key] = list(told.values())
        return self._told_apart[key]

    def _shaping(self, question: Question) -> tuple[str, ...]:
        """The facts that the choices of a question depend on."""
        if question.name not in self._shapes:
            found = [name for other in self.questions if other.name in question.after for name in other.facts]
            self._shapes[question.name] = tuple(found)
        return self._shapes[question.name]

    def _readers(self, group: _Group, question: Question) -> tuple[Node, ...]:
        """The largest parts of a group's rules that read facts of this question and no others."""
        key = (group.benefits, question.name)
        if key not in self._kept:
            names = set(question.facts)
            # A fact that decides other questions' choices is read by them as well as by the rules.
            shapes = any(question.name in other.after for other in self.questions)
            found: dict[Node, None] = {Fact(name): None for name in question.facts} if shapes else {}
            for tree in group.trees:
                found |= dict.fromkeys(_largest(tree, names))
            self._kept[key] = tuple(found)
        return self._kept[key]

    @cached_property
    def _reads(self) -> dict[int, tuple[Node, tuple[str, ...], dict[tuple[object, ...], tuple[Value, frozenset[str]]]]]:
        """By the place of a tree in memory (a tree's own hash is reckoned anew each time); the tree is kept so that it stays."""
        return {}

    @cached_property
    def _told_apart(self) -> dict[tuple[tuple[int, ...], str, tuple[object, ...]], list[Choice]]:
        return {}

    @cached_property
    def _shapes(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _kept(self) -> dict[tuple[tuple[int, ...], str], tuple[Node, ...]]:
        return {}

    def _left_open(self, question: Question, known: Facts, told: Mapping[str, str | None]) -> int:
        """How much an answer leaves open on average, in thousandths: live questions, counted once for each group."""
        others = [set(q.facts) for q in self._open(question, known, told)]
        choices = question.choices(known)
        total = 0
        for choice in choices:
            facts = {**known, **choice.facts}
            for group in self._groups:
                live = self._live(group, facts)
                total += sum(1 for names in others if live & names)
        return 1000 * total // len(choices) if choices else 0

    def _live(self, group: _Group, facts: Facts) -> frozenset[str]:
        """The facts not known that may still matter to a group, by three-valued evaluation: those left out never can."""
        if group.asks_what_is_missing:
            return group.facts - facts.keys()
        found: frozenset[str] = frozenset()
        for reader in group.readers:
            key = tuple(facts.get(name) for name in reader.reads)
            if key not in reader.found:
                if len(reader.found) >= REMEMBERED:
                    reader.found.clear()
                reader.found[key] = frozenset(self._live_of(reader.rule, facts))
            found |= reader.found[key]
        return found

    def _read(self, tree: Node, facts: Facts) -> tuple[Value, frozenset[str]]:
        """The value of a tree and the facts that keep it open, remembered by the values of what it reads."""
        if id(tree) not in self._reads:
            self._reads[id(tree)] = tree, facts_in(tree), {}
        _, names, found = self._reads[id(tree)]
        key = tuple(facts.get(name) for name in names)
        if key not in found:
            if len(found) >= REMEMBERED:
                found.clear()
            found[key] = self.evaluate(tree, facts), frozenset(self._unsettled(tree, facts))
        return found[key]

    def _live_of(self, rule: Ready, facts: Facts) -> set[str]:
        who = [self._read(tree, facts)[0] for tree in rule.who]
        bars = [self._read(tree, facts)[0] for tree in rule.bars]
        if False in who or True in bars:
            return set()
        grounds = self._grounds(rule, facts)
        if not grounds:
            return set()
        trees = [*rule.who, *rule.bars, *grounds]
        return {name for tree in trees for name in self._read(tree, facts)[1]}

    def _grounds(self, rule: Ready, facts: Facts) -> list[Node]:
        """Conditions and quantities of the grounds that may still be the first to hold; none when all fail."""
        found: list[Node] = []
        open_: list[Node] = []
        for condition, quantity in rule.grounds:
            holds = self._read(condition, facts)[0]
            if holds is False:
                continue
            found += [condition, quantity]
            open_.append(quantity)
            if holds:
                # Whichever of these holds first, it gives the same: who is first does not matter.
                same = len(set(open_)) == 1 and isinstance(quantity, Const)
                return [quantity] if same else found
        return found

    def _unsettled(self, tree: Node, facts: Facts) -> Iterator[str]:
        if self.evaluate(tree, facts) is not None:
            return
        if isinstance(tree, Fact):
            yield tree.name
        for part in children(tree):
            yield from self._unsettled(part, facts)

    def settled(self, benefit: int, position: int, facts: Facts) -> bool:
        """Whether nothing unknown can change the answer of one benefit's rule in one month."""
        rules = [rule for rule in self.plan.stretch_at(position).rules if rule.benefit == benefit]
        return not any(self._live_of(rule, facts) for rule in rules)

    def clauses(self, question: Question, benefit: int, told: Mapping[str, str | None]) -> list[Clause]:
        """The clauses of one benefit that still hang on a question, given all other answers, each once."""
        known = self.facts({**told, question.name: None})
        found: dict[tuple[str, str, str], Clause] = {}
        for stretch in self.plan.stretches:
            for rule in (rule for rule in stretch.rules if rule.benefit == benefit):
                declared = self.plan.declared[stretch.positions[0], benefit]
                trees = (*rule.who, *rule.bars, *(condition for condition, _ in rule.grounds))
                for clause, tree in zip(declared.rule.conditions(), trees, strict=True):
                    if self._read(tree, known)[1] & set(question.facts):
                        key = (declared.document.id, clause.cite, clause.vi)
                        found.setdefault(key, (declared.document, clause))
        return list(found.values())

    def completed(self, told: Mapping[str, str | None]) -> dict[str, Plain]:
        """The facts told; with a value for those not asked, because none of theirs changes an answer, where the engine needs it.

        A reason should name only what a family said, so they are left out where the answers are the same without them.
        What the family does not know stays not known.
        """
        known = self.facts(told)
        asked = {need.question.name for need in self.needed(told)} | set(told)
        filled: dict[str, Plain] = dict(known)
        for question in self.questions:
            if question.name not in asked:
                for choice in question.choices(filled)[:1]:
                    filled = {**choice.facts, **filled}
        same = all(self._verdict(group, known) == self._verdict(group, filled) for group in self._groups)
        return known if same else filled

    @cached_property
    def _groups(self) -> tuple[_Group, ...]:
        bound: dict[int, set[int]] = {index: {index} for _, index in self.plan.declared}
        for stretch in self.plan.stretches:
            for overlap in stretch.overlaps:
                together = set().union(*(bound.get(index, {index}) for index in overlap))
                bound |= dict.fromkeys(together, together)
        groups = {tuple(sorted(together)) for together in bound.values()}
        return tuple(_group(self.plan, benefits) for benefits in sorted(groups))


def family(facts: Mapping[str, object]) -> People:
    """One learner who studies a general school's year, with facts laid flat."""
    return People([{"learner": FAMILY, "months": MONTHS, **facts}])


def _group(plan: Plan, benefits: tuple[int, ...]) -> _Group:
    stretches = tuple(
        replace(
            stretch,
            rules=tuple(rule for rule in stretch.rules if rule.benefit in benefits),
            overlaps=tuple(overlap for overlap in stretch.overlaps if set(overlap) <= set(benefits)),
        )
        for stretch in plan.stretches
    )
    rules = tuple(dict.fromkeys(rule for stretch in stretches for rule in stretch.rules))
    return _Group(benefits, replace(plan, stretches=stretches), rules)


def _trees(rule: Ready) -> Iterator[Node]:
    yield from rule.who
    yield from rule.bars
    for condition, quantity in rule.grounds:
        yield from (condition, quantity)


def _largest(tree: Node, names: set[str]) -> Iterator[Node]:
    read = set(facts_in(tree))
    if read and read <= names:
        yield tree
    elif read & names:
        for part in children(tree):
            yield from _largest(part, names)
