"""Are two records one person? The rule, its reasons in words, and the keys under which likely pairs meet.

A number decides first: an equal learner code or identity number is the SAME person, unless neither name nor birth date
bears it out (someone typed another's number): then it is DOUBTFUL.

Without an equal number, two things must agree before a pair is looked at: name and birth date; or the school and one of
those; or the names of both parents. Then slips are counted: a name one letter, accent or middle name apart; another birth
date, or none; the other sex; other parents. No slip is at least DOUBTFUL, one slip is DOUBTFUL when the school or both
parents vouch for the pair, two slips are DIFFERENT people. SAME needs more: the name in every accent, the birth date, the
school or the parents, and nothing against it. Two numbers that differ outweigh all but complete agreement.

Twins share birth date, school and parents, so their given names tell them apart: given names further apart than one slip are
DIFFERENT, one slip apart (Linh and Minh, Anh and Ánh) DOUBTFUL; never SAME. Two children of one name and birth date in one
school whose parents differ are DOUBTFUL.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from zlib import crc32

from ansinh.core.words import folded, person_key

# Middle names that nearly everyone of one sex has; systems and clerks leave them out.
_MARKERS = frozenset({"thi", "van"})


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known to tell one person from another. `number` is the digest of the identity number, never the number."""

    name: str
    birth: date | None = None
    code: str | None = None
    number: str | None = None
    sex: str | None = None
    school: str | None = None
    father: str | None = None
    mother: str | None = None


class Answer(Enum):
    SAME = "same"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"


class Reason(Enum):
    """What was found in comparing, in words for the person who decides."""

    SAME_CODE = "Trùng mã học sinh", "Same learner code"
    OTHER_CODE = "Khác mã học sinh", "Another learner code"
    SAME_NUMBER = "Trùng số định danh", "Same identity number"
    OTHER_NUMBER = "Khác số định danh", "Another identity number"
    SAME_NAME = "Trùng họ tên", "Same name"
    NAME_ORDER = "Họ tên viết theo thứ tự khác", "The parts of the name stand in another order"
    NAME_PLAIN = "Họ tên giống nhau, một bên viết không dấu", "Same name, written without accents on one side"
    NAME_MARKER = "Họ tên giống nhau, một bên thiếu chữ Thị hoặc Văn", "Same name, Thị or Văn missing on one side"
    NAME_ACCENTS = "Họ tên chỉ khác dấu, hoặc i với y", "The names differ in accents only, or in i and y"
    NAME_PART = "Họ tên một bên thiếu tên đệm hoặc một phần họ ghép", "A middle name or part of the surname is missing"
    NAME_LETTER = "Họ tên khác nhau một chữ cái", "The names are one letter apart"
    OTHER_GIVEN = "Khác tên gọi: có thể là sinh đôi", "Another given name: perhaps twins"
    OTHER_NAME = "Khác họ tên", "Another name"
    SAME_BIRTH = "Trùng ngày sinh", "Same birth date"
    BIRTH_SWAPPED = "Ngày và tháng sinh đổi chỗ cho nhau", "Day and month of birth change places"
    BIRTH_YEAR = "Năm sinh lệch một năm", "The year of birth is one off"
    BIRTH_DAY = "Chỉ khác ngày trong tháng sinh", "Only the day of the month of birth differs"
    OTHER_BIRTH = "Khác ngày sinh", "Another birth date"
    NO_BIRTH = "Một bên không có ngày sinh", "A birth date is missing"
    SAME_SCHOOL = "Cùng trường", "Same school"
    OTHER_SCHOOL = "Khác trường", "Another school"
    SAME_PARENTS = "Cùng cha mẹ", "Same parents"
    ONE_PARENT = "Chỉ trùng cha hoặc mẹ, người kia khác", "One parent agrees, the other does not"
    OTHER_PARENTS = "Khác cha mẹ", "Other parents"
    OTHER_SEX = "Khác giới tính", "The other sex"
    TWO_PEOPLE = "Trùng với hai người trở lên trong sổ", "Agrees with two or more people on record"
    TAKEN = "Dòng khác trong tệp cũng trùng với người này", "Another row of the file agrees with this person too"

    def __init__(self, vi: str, en: str) -> None:
        self.vi = vi
        self.en = en

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Verdict:
    answer: Answer
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on record, by position among the candidates, whom an incoming row may be."""

    position: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one incoming row: SAME has one candidate, DOUBTFUL one or more, DIFFERENT (a new person) none."""

    position: int
    answer: Answer
    candidates: tuple[Candidate, ...]


# The same name but for its spelling, and a name one slip away.
_ALIKE = (Reason.SAME_NAME, Reason.NAME_ORDER, Reason.NAME_PLAIN, Reason.NAME_MARKER)
_NEAR = (Reason.NAME_ACCENTS, Reason.NAME_PART, Reason.NAME_LETTER)


# The words of a name in their order: as spelled, and without accents.
_Words = tuple[tuple[str, ...], tuple[str, ...]]


@lru_cache(maxsize=1 << 15)
def _parts(typed: str) -> _Words:
    """A word as typed; two words when there is a hyphen or an apostrophe in it. Without accents, every y is an i too."""
    return tuple(person_key(typed).split()), tuple(folded(typed).replace("y", "i").split())


@lru_cache(maxsize=1 << 15)
def _words(name: str) -> _Words:
    parts = [_parts(typed) for typed in name.split()]
    return tuple([word for part in parts for word in part[0]]), tuple([word for part in parts for word in part[1]])


def _bare(words: Iterable[str]) -> list[str]:
    """The words sorted, so that their order no longer matters; without Thị and Văn, when two others remain."""
    ordered = sorted(words)
    bare = [word for word in ordered if word not in _MARKERS]
    return bare if len(bare) > 1 else ordered


def _name_reason(one: str | None, other: str | None) -> Reason | None:
    """How two names agree; None when a name is missing, or holds no letter (a dash, a question mark)."""
    if one and one == other and one[0].isalpha():
        return Reason.SAME_NAME
    (spelled_a, a), (spelled_b, b) = _words(one or ""), _words(other or "")
    if not a or not b:
        return None
    if spelled_a == spelled_b:
        return Reason.SAME_NAME
    # Names without any accent are as often typed so as born so: they are the same letters, and never more than doubtful.
    plain = "".join(spelled_a).isascii() or "".join(spelled_b).isascii()
    if len(a) == len(b):
        if sorted(a) == sorted(b):
            if sorted(spelled_a) == sorted(spelled_b):
                return Reason.NAME_ORDER
            return Reason.NAME_PLAIN if plain else Reason.NAME_ACCENTS
    elif _bare(a) == _bare(b) and (plain or _unmarked(spelled_a, a) == _unmarked(spelled_b, b)):
        return Reason.NAME_MARKER
    return _slip(a, b)


def _unmarked(spelled: tuple[str, ...], words: tuple[str, ...]) -> list[str]:
    return sorted(own for own, word in zip(spelled, words, strict=True) if word not in _MARKERS)


def _slip(a: tuple[str, ...], b: tuple[str, ...]) -> Reason:
    """The one slip between two names in whatever order, or what kind of other name it is."""
    more, less = list(a), []
    for word in b:
        if word in more:
            more.remove(word)
        else:
            less.append(word)
    same_given = a[-1] in (b[-1], b[0]) or a[0] == b[-1]
    if not more or not less:
        if len(more or less) <= 2 and min(len(a), len(b)) > 1 and same_given:
            return Reason.NAME_PART
    elif "".join(more) == "".join(less) or (len(more) == len(less) == 1 and one_edit_apart(more[0], less[0])):
        return Reason.NAME_LETTER
    return Reason.OTHER_NAME if same_given else Reason.OTHER_GIVEN


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter put in, left out, replaced, or two neighbours exchanged make one word of the other."""
    if len(a) > len(b):
        a, b = b, a
    if a == b or len(b) - len(a) > 1:
        return False
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    if a[start + 1 :] == b[start + 1 :]:
        return True
    return a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]


def _birth_reason(a: date | None, b: date | None) -> Reason:
    if a is None or b is None:
        return Reason.NO_BIRTH
    if a == b:
        return Reason.SAME_BIRTH
    if a.year == b.year:
        if a.month == b.day and a.day == b.month:
            return Reason.BIRTH_SWAPPED
        return Reason.BIRTH_DAY if a.month == b.month else Reason.OTHER_BIRTH
    if a.month == b.month and a.day == b.day and abs(a.year - b.year) == 1:
        return Reason.BIRTH_YEAR
    return Reason.OTHER_BIRTH


def _number_reasons(a: Identity, b: Identity) -> tuple[Reason, ...]:
    found: tuple[Reason, ...] = ()
    if a.code and b.code:
        found = (Reason.SAME_CODE if a.code == b.code else Reason.OTHER_CODE,)
    if a.number and b.number:
        found += (Reason.SAME_NUMBER if a.number == b.number else Reason.OTHER_NUMBER,)
    return found


def compare(a: Identity, b: Identity) -> Verdict:
    """Whether two records are one person, with everything that was found. `compare(a, b) == compare(b, a)`."""
    numbers = _number_reasons(a, b)
    name = _name_reason(a.name, b.name) or Reason.OTHER_NAME
    birth = _birth_reason(a.birth, b.birth)
    reasons = (*numbers, name, birth)
    school = bool(a.school) and a.school == b.school
    if school:
        reasons += (Reason.SAME_SCHOOL,)
    elif a.school and b.school:
        reasons += (Reason.OTHER_SCHOOL,)
    father, mother = _name_reason(a.father, b.father), _name_reason(a.mother, b.mother)
    parents = _both(father, mother)
    if parents is not None:
        reasons += (parents,)
    other_sex = bool(a.sex and b.sex) and a.sex != b.sex
    if other_sex:
        reasons += (Reason.OTHER_SEX,)
    if Reason.SAME_CODE in numbers or Reason.SAME_NUMBER in numbers:
        return Verdict(_by_number(numbers, name, birth), reasons)
    slips = (name in _NEAR) + (birth is not Reason.SAME_BIRTH) + other_sex + (parents is Reason.OTHER_PARENTS)
    vouched = school or parents is Reason.SAME_PARENTS
    both_alike = father in _ALIKE and mother in _ALIKE
    if slips > vouched or not _looked_at(name, birth, school=school, parents=parents, both_alike=both_alike):
        return Verdict(Answer.DIFFERENT, reasons)
    if numbers:
        return Verdict(Answer.DOUBTFUL if vouched and not slips else Answer.DIFFERENT, reasons)
    known = school or (vouched and {father, mother} <= {None, *_ALIKE})
    certain = name is Reason.SAME_NAME and not slips and parents is not Reason.ONE_PARENT
    return Verdict(Answer.SAME if certain and known else Answer.DOUBTFUL, reasons)


def _both(father: Reason | None, mother: Reason | None) -> Reason | None:
    """What the parents say together; a slip in a parent's name is no disagreement."""
    known = [one in _ALIKE or one in _NEAR for one in (father, mother) if one is not None]
    if not known:
        return None
    if all(known):
        return Reason.SAME_PARENTS
    return Reason.ONE_PARENT if any(known) else Reason.OTHER_PARENTS


def _by_number(numbers: tuple[Reason, ...], name: Reason, birth: Reason) -> Answer:
    """An equal number, unless name and birth date both speak against it, or another number and either of them does."""
    other_name = name not in _ALIKE and name not in _NEAR
    other_birth = birth is Reason.OTHER_BIRTH or birth is Reason.NO_BIRTH
    if Reason.OTHER_CODE in numbers or Reason.OTHER_NUMBER in numbers:
        return Answer.DOUBTFUL if other_name or birth is not Reason.SAME_BIRTH else Answer.SAME
    return Answer.DOUBTFUL if other_name and other_birth else Answer.SAME


def _looked_at(name: Reason, birth: Reason, *, school: bool, parents: Reason | None, both_alike: bool) -> bool:
    """Whether enough agrees to look at the pair at all. Each way to yes has its key in `keys`."""
    if name not in _ALIKE:
        return name in _NEAR and (both_alike or (school and birth is Reason.SAME_BIRTH))
    if birth is Reason.SAME_BIRTH or both_alike:
        return True
    # Namesakes are common in one school: another birth date is a slip of the pen only when a parent says so.
    return school and (birth is not Reason.OTHER_BIRTH or parents is Reason.SAME_PARENTS)


def keys(identity: Identity) -> tuple[str, ...]:
    """The keys of one record, at most six of 9 ASCII characters: records that share none are DIFFERENT.

    The first character says what agrees: c learner code, i identity number, n name and birth date, b school and birth
    date, s school and name, p both parents. A record with none of these has no key, and is found by nobody.
    """
    name = _letters(identity.name)
    day = identity.birth.toordinal() if identity.birth else 0
    school = identity.school
    found = []
    if identity.code:
        found.append(_key("c", identity.code))
    if identity.number:
        found.append(_key("i", identity.number))
    if name and day:
        found.append(_key("n", f"{day} {name}"))
    if school and day:
        found.append(_key("b", f"{day} {school}"))
    if school and name:
        found.append(_key("s", f"{school} {name}"))
    if identity.father and identity.mother:
        father, mother = _letters(identity.father), _letters(identity.mother)
        if father and mother:
            found.append(_key("p", f"{father}, {mother}"))
    return tuple(found)


def _letters(name: str) -> str:
    return " ".join(_bare([word for typed in name.split() for word in _parts(typed)[1]]))


def _key(kind: str, text: str) -> str:
    # 32 bits are enough: a chance meeting is one needless pair, which `compare` parts again.
    return f"{kind}{crc32(text.encode()):08x}"


def match(incoming: Sequence[Identity], candidates: Sequence[Identity]) -> list[Match]:
    """Who each incoming row is, in the rows' order. Rows and candidates may stand in any order.

    No person goes to two rows, and no row to two people, without a doubt: then every claim is DOUBTFUL, with TAKEN or
    TWO_PEOPLE among its reasons. A row with one uncontested SAME keeps that alone: its doubtful candidates are others.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for position, candidate in enumerate(candidates):
        for key in keys(candidate):
            holders[key].append(position)
    found: list[list[Candidate]] = []
    for row in incoming:
        positions = sorted({position for key in keys(row) for position in holders.get(key, ())})
        compared = [Candidate(position, compare(row, candidates[position])) for position in positions]
        found.append([one for one in compared if one.verdict.answer is not Answer.DIFFERENT])
    taken = Counter(one.position for row in found for one in row if one.verdict.answer is Answer.SAME)
    return [_resolved(position, row, taken) for position, row in enumerate(found)]


def _resolved(position: int, row: list[Candidate], taken: Counter[int]) -> Match:
    same = [one for one in row if one.verdict.answer is Answer.SAME]
    if len(same) == 1 and taken[same[0].position] == 1:
        return Match(position, Answer.SAME, tuple(same))
    if not row:
        return Match(position, Answer.DIFFERENT, ())
    return Match(position, Answer.DOUBTFUL, tuple(_doubted(row, len(same), taken)))


def _doubted(row: list[Candidate], same: int, taken: Counter[int]) -> Iterator[Candidate]:
    """The candidates of a row that a person must decide about, each with what stands against taking it."""
    for one in row:
        is_same = one.verdict.answer is Answer.SAME
        reasons = one.verdict.reasons
        if is_same and same > 1:
            reasons += (Reason.TWO_PEOPLE,)
        if taken[one.position] > is_same:
            reasons += (Reason.TAKEN,)
        yield Candidate(one.position, Verdict(Answer.DOUBTFUL, reasons))
