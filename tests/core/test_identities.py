"""One person or two: the rule case by case, its promises as properties, and matching beside a slow twin."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansinh.core.identities import Answer, Identity, Match, Reason, compare, keys, match, one_edit_apart

SAME, DOUBTFUL, DIFFERENT = Answer.SAME, Answer.DOUBTFUL, Answer.DIFFERENT
DAY = date(2016, 9, 5)
FATHER, MOTHER = "Nguyễn Văn Bình", "Trần Thị Cúc"
AN = Identity("Nguyễn Văn An", DAY, sex="m", school="99000001", father=FATHER, mother=MOTHER)


def name_reason(one: str, other: str) -> Reason:
    """What comparing found about the names alone."""
    reasons = compare(Identity(one, DAY), Identity(other, DAY)).reasons
    found = [reason for reason in reasons if "NAME" in reason.name or reason is Reason.OTHER_GIVEN]
    return found[0]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Lê Thị Hoà", "Lê Thị Hòa", Reason.SAME_NAME),
        ("Lê Thị Thuý", "lê  thị THÚY", Reason.SAME_NAME),
        ("Lý Quỳnh Vy", "Lí Quình Vi", Reason.SAME_NAME),
        ("Đỗ Mỹ", unicodedata.normalize("NFD", "Đỗ Mỹ"), Reason.SAME_NAME),
        ("Ðặng An", "Đặng An", Reason.SAME_NAME),
        ("H'Hen Niê", "H Hen Niê", Reason.SAME_NAME),
        ("Nguyễn\u00a0Văn\u200b An", "Nguyễn Văn An", Reason.SAME_NAME),
        ("An Nguyễn Văn", "Nguyễn Văn An", Reason.NAME_ORDER),
        ("An Văn Nguyễn", "Nguyễn Văn An", Reason.NAME_ORDER),
        ("Nguyen Van An", "Nguyễn Văn Ân", Reason.NAME_PLAIN),
        ("VAN AN NGUYEN", "Nguyễn Văn An", Reason.NAME_PLAIN),
        ("Nguyễn An", "Nguyễn Văn An", Reason.NAME_MARKER),
        ("Nguyen Ngoc An", "Nguyễn Thị Ngọc Ân", Reason.NAME_MARKER),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hòa", Reason.NAME_ACCENTS),
        ("Nguyễn Hoa", "Nguyễn Thị Hòa", Reason.NAME_PART),
        ("Nguyễn Ngọc An", "Nguyễn An", Reason.NAME_PART),
        ("Tôn Nữ Hoàng Anh", "Nữ Hoàng Anh", Reason.NAME_PART),
        ("Nguyễn Trần Bảo An", "Nguyễn Bảo An", Reason.NAME_PART),
        ("Huỳnh Lê An", "Lê An", Reason.NAME_PART),
        ("Nguyễn Văn An", "Nguyễn Văn Am", Reason.NAME_LETTER),
        ("Nguyễn Văn An", "Ngyuễn Văn An", Reason.NAME_LETTER),
        ("Nguyễn VănAn", "Nguyễn Văn An", Reason.NAME_LETTER),
        ("Lý An", "Lì An", Reason.NAME_ACCENTS),
        ("Trần Thuý", "Trần Thúi", Reason.NAME_ACCENTS),
        ("Nguyễn Thị An", "Nguyễn Văn An", Reason.OTHER_NAME),
        ("Nguyễn Gia Bảo", "Nguyễn Gia Huy", Reason.OTHER_GIVEN),
        ("Nguyễn Minh", "Nguyễn Minh Khôi", Reason.OTHER_GIVEN),
        ("Nguyễn Bảo Anh", "Nguyễn Minh Anh", Reason.OTHER_NAME),
        ("?", "?", Reason.OTHER_NAME),
    ],
)
def test_names(one: str, other: str, reason: Reason) -> None:
    assert name_reason(one, other) is name_reason(other, one) is reason


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (date(2016, 9, 5), date(2016, 5, 9), Reason.BIRTH_SWAPPED),
        (date(2016, 9, 5), date(2015, 9, 5), Reason.BIRTH_YEAR),
        (date(2016, 9, 5), date(2016, 9, 15), Reason.BIRTH_DAY),
        (date(2016, 9, 5), date(2014, 9, 5), Reason.OTHER_BIRTH),
        (date(2016, 9, 5), date(2015, 5, 9), Reason.OTHER_BIRTH),
        (date(2016, 9, 5), None, Reason.NO_BIRTH),
        (None, None, Reason.NO_BIRTH),
    ],
)
def test_birth_dates(one: date | None, other: date | None, reason: Reason) -> None:
    assert reason in compare(Identity("An", one), Identity("An", other)).reasons
    assert reason in compare(Identity("An", other), Identity("An", one)).reasons


CASES = {
    "the same row again": (AN, AN, SAME),
    "another spelling": (replace(AN, name="Lý Hoà"), replace(AN, name="LÍ HÒA"), SAME),
    "the school alone vouches": (
        replace(AN, father=None, mother=None),
        replace(AN, father=None, mother=None),
        SAME,
    ),
    "moved, the parents vouch": (AN, replace(AN, school="99000002"), SAME),
    "moved, one parent known": (AN, replace(AN, school="99000002", father=None), SAME),
    "moved, a slip in a parent's name": (AN, replace(AN, school="99000002", mother="Trần Thị Cức"), DOUBTFUL),
    "same school, a slip in a parent's name": (AN, replace(AN, mother="Trần Thị Cúcc"), SAME),
    "moved, nobody vouches": (AN, replace(AN, school="99000002", father=None, mother=None), DOUBTFUL),
    "moved, other parents": (AN, replace(AN, school="99000002", father="Lê A", mother="Lê B"), DIFFERENT),
    "namesakes of one day in one school": (AN, replace(AN, father="Lê Tám", mother="Võ Thị Sáu"), DOUBTFUL),
    "namesakes of one school": (
        replace(AN, father=None, mother=None),
        replace(AN, father=None, mother=None, birth=date(2015, 3, 8)),
        DIFFERENT,
    ),
    "one school and parents, another month": (AN, replace(AN, birth=date(2016, 3, 5)), DOUBTFUL),
    "one parent is another": (AN, replace(AN, father="Lê Tám"), DOUBTFUL),
    "the other sex": (AN, replace(AN, sex="f"), DOUBTFUL),
    "no birth date, one school": (AN, replace(AN, birth=None), DOUBTFUL),
    "no birth date, other parents": (
        AN,
        replace(AN, birth=None, father="Lê Tám", mother="Võ Thị Sáu"),
        DIFFERENT,
    ),
    "two slips: letter and day": (AN, replace(AN, name="Nguyễn Văn Am", birth=date(2016, 9, 6)), DIFFERENT),
    "two slips: letter and sex": (AN, replace(AN, name="Nguyễn Văn Am", sex="f"), DIFFERENT),
    "a slip, but nobody vouches": (
        replace(AN, father=None, mother=None, school=None),
        replace(AN, father=None, mother=None, school=None, name="Nguyễn Văn Am"),
        DIFFERENT,
    ),
    "twins": (AN, replace(AN, name="Nguyễn Văn Bình"), DIFFERENT),
    "twins of two middle names": (
        replace(AN, name="Nguyễn Bảo Anh"),
        replace(AN, name="Nguyễn Minh Anh"),
        DIFFERENT,
    ),
    "twins one letter apart": (replace(AN, name="Nguyễn Linh"), replace(AN, name="Nguyễn Minh"), DOUBTFUL),
    "twins one accent apart": (replace(AN, name="Mai Anh"), replace(AN, name="Mai Ánh"), DOUBTFUL),
    "twins one letter apart, boy and girl": (
        replace(AN, name="Nguyễn Linh", sex="f"),
        replace(AN, name="Nguyễn Minh"),
        DIFFERENT,
    ),
    "equal codes": (replace(AN, code="1"), replace(AN, code="1"), SAME),
    "equal codes, another name": (
        replace(AN, code="1"),
        Identity("Lê Tám", DAY, code="1"),
        SAME,
    ),
    "equal codes, another birth date": (replace(AN, code="1"), Identity("Nguyễn Văn An", code="1"), SAME),
    "equal codes, name and birth date are others'": (
        replace(AN, code="1"),
        Identity("Lê Tám", date(2014, 1, 2), code="1"),
        DOUBTFUL,
    ),
    "equal codes, another name, no birth date": (replace(AN, code="1"), Identity("Lê Tám", code="1"), DOUBTFUL),
    "equal identity numbers": (replace(AN, number="x"), Identity("Nguyen An", date(2016, 5, 9), number="x"), SAME),
    "equal codes, other numbers, all else agrees": (
        replace(AN, code="1", number="x"),
        replace(AN, code="1", number="y"),
        SAME,
    ),
    "equal codes, other numbers, another birth date": (
        replace(AN, code="1", number="x"),
        replace(AN, code="1", number="y", birth=date(2016, 5, 9)),
        DOUBTFUL,
    ),
    "other codes, all else agrees": (replace(AN, code="1"), replace(AN, code="2"), DOUBTFUL),
    "other codes, no parents, one school": (
        replace(AN, code="1", father=None, mother=None),
        replace(AN, code="2", father=None, mother=None),
        DOUBTFUL,
    ),
    "other codes, other parents": (
        replace(AN, code="1"),
        replace(AN, code="2", father="Lê Tám", mother="Võ Thị Sáu"),
        DIFFERENT,
    ),
    "other codes, a slip": (replace(AN, code="1"), replace(AN, code="2", name="Nguyễn Văn Am"), DIFFERENT),
    "nothing but a name": (Identity("Nguyễn Văn An"), Identity("Nguyễn Văn An"), DIFFERENT),
    "parents not written down": (
        replace(AN, father="-", mother="?"),
        replace(AN, father="", mother="không rõ"),
        SAME,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_verdicts(case: str) -> None:
    one, other, answer = CASES[case]
    assert compare(one, other).answer is answer, compare(one, other)


def test_every_reason_can_be_given_and_has_words_of_its_own() -> None:
    given_out = {reason for one, other, _ in CASES.values() for reason in compare(one, other).reasons}
    given_out |= {name_reason("Nguyễn An", other) for other in ("Nguyễn Ngọc An", "An Nguyễn", "Nguyễn Ân")}
    given_out |= {Reason.BIRTH_YEAR, Reason.TWO_PEOPLE, Reason.TAKEN}  # Held by the tests that name them.
    assert given_out == set(Reason)
    assert len({reason.vi for reason in Reason}) == len({reason.en for reason in Reason}) == len(Reason)
    assert Reason.SAME_NAME.code == "same_name"


# --- made-up people, from few enough words that near pairs come up often

FAMILY = ("Nguyễn", "Trần", "Lý", "Tôn Nữ", "Huỳnh Lê", "Niê")
MIDDLE = ("Văn", "Thị", "Ngọc", "Bảo", "Thị Ngọc", "Thuý", "")
GIVEN = ("An", "Anh", "Ánh", "Hoa", "Hoà", "Hòa", "Vy", "Linh", "Minh", "Khôi", "H'Hen")
names = st.builds(
    lambda *parts: " ".join(filter(None, parts)),
    st.sampled_from(FAMILY),
    st.sampled_from(MIDDLE),
    st.sampled_from(GIVEN),
)
births = st.sampled_from(
    [DAY, date(2016, 5, 9), date(2015, 9, 5), date(2016, 9, 15), date(2016, 3, 5), date(2012, 1, 1)]
)
few = st.sampled_from([None, "1", "2"])
identities = st.builds(
    Identity,
    names,
    st.none() | births,
    code=few,
    number=st.sampled_from([None, None, "x", "y"]),
    sex=st.sampled_from([None, "m", "f"]),
    school=few,
    father=st.none() | st.sampled_from([FATHER, "Nguyen Van Binh", "Lê Tám", "-"]),
    mother=st.none() | st.sampled_from([MOTHER, "Trần Thị Cức", "Cúc Trần", "Võ Thị Sáu"]),
)
# Someone with enough facts for one slip to be seen: a school or both parents.
known = st.builds(
    lambda who, school: replace(who, school=school, father=FATHER, mother=MOTHER, birth=who.birth or DAY),
    identities,
    st.sampled_from(["1", "2"]),
)


def bare(text: str) -> str:
    """Without accents, by another road than the code's own."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").replace("Đ", "D")


def tone_moved(text: str) -> str:
    return text.replace("oà", "òa") if "oà" in text else text.replace("òa", "oà").replace("uý", "úy")


def letter_doubled(text: str) -> str:
    return text[:-1] + text[-1] * 2


def middle_left_out(text: str) -> str:
    words = text.split()
    return " ".join((words[0], *words[2:])) if len(words) > 2 else text


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str.upper,
    tone_moved,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.replace("Vy", "Vi").replace("Lý", "Lí"),
    lambda name: f"  {name.replace(' ', '   ')} ",
)
SLIPS: tuple[Callable[[Identity], Identity], ...] = (
    lambda who: replace(who, name=bare(who.name)),
    lambda who: replace(who, name=bare(who.name).upper()),
    lambda who: replace(who, name=" ".join((who.name.split()[-1], *who.name.split()[:-1]))),
    lambda who: replace(who, name=letter_doubled(who.name)),
    lambda who: replace(who, name="X" + who.name),
    lambda who: replace(who, name=middle_left_out(who.name)),
    lambda who: replace(who, name=" ".join((who.name.split()[0], "Lâm", *who.name.split()[1:]))),
    lambda who: replace(who, name=who.name.replace(" ", "", 1)),
    lambda who: replace(who, birth=swapped(who.birth)),
    lambda who: replace(who, birth=who.birth and who.birth.replace(year=who.birth.year + 1)),
    lambda who: replace(who, birth=who.birth and who.birth.replace(day=28)),
    lambda who: replace(who, birth=None),
    lambda who: replace(who, sex={"m": "f", "f": "m", None: None}[who.sex]),
)


def swapped(day: date | None) -> date | None:
    return day and date(day.year, day.day, day.month) if day and day.day <= 12 else day


@given(identities, identities)
def test_comparing_is_symmetric(a: Identity, b: Identity) -> None:
    assert compare(a, b) == compare(b, a)


@given(identities)
def test_a_record_is_itself(who: Identity) -> None:
    """Never another person unless there is nothing to know it by; the same when a number, or school or parents, say so."""
    answer = compare(who, who).answer
    assert (answer is DIFFERENT) == (not keys(who))
    vouched = who.school or who.mother or (who.father and who.father != "-")
    assert (answer is SAME) == bool(who.code or who.number or (who.birth and vouched))


@given(identities, identities)
@example(replace(AN, name="Lý An"), replace(AN, name="Lí An", school=None))
@example(replace(AN, school=None, father="Lý An"), replace(AN, school="2", father="Lí An"))
def test_who_may_be_one_person_shares_a_key(a: Identity, b: Identity) -> None:
    if compare(a, b).answer is not DIFFERENT:
        assert set(keys(a)) & set(keys(b))


@given(known, st.sampled_from(SLIPS), st.booleans())
def test_one_planted_slip_is_found(who: Identity, slip: Callable[[Identity], Identity], moved: bool) -> None:
    """At the same school, or at another with both parents known: the same or doubtful, and they meet by a key."""
    slipped = replace(slip(who), code=None, number=None, school="3" if moved else who.school)
    assert compare(who, slipped).answer is not DIFFERENT, compare(who, slipped)
    assert set(keys(who)) & set(keys(slipped))
    if slipped.name != who.name or slipped.birth != who.birth or slipped.sex != who.sex:
        alike = compare(replace(who, code=None, number=None), replace(slipped, birth=who.birth, sex=who.sex))
        assert compare(who, slipped).answer is DOUBTFUL or Reason.SAME_NAME in alike.reasons


@given(known, st.sampled_from(SPELLINGS), st.booleans())
def test_another_spelling_is_the_same_person(who: Identity, spelling: Callable[[str], str], moved: bool) -> None:
    written = replace(who, name=spelling(who.name), code=None, number=None, school="3" if moved else who.school)
    assert compare(who, written).answer is SAME, compare(who, written)


@given(identities, identities)
def test_the_same_without_a_number_takes_strong_evidence(a: Identity, b: Identity) -> None:
    a, b = replace(a, code=None, number=None), replace(b, code=None, number=None)
    if compare(a, b).answer is SAME:
        assert bare(a.name.casefold()).replace("y", "i") == bare(b.name.casefold()).replace("y", "i")
        assert a.birth == b.birth is not None
        assert a.school == b.school is not None or (a.father and b.father) or (a.mother and b.mother)
        assert not (a.sex and b.sex and a.sex != b.sex)
        assert {a.mother, b.mother} != {MOTHER, "Võ Thị Sáu"}
        assert not (
            "Lê Tám" in (a.father, b.father) and a.father != b.father and {a.father, b.father}.isdisjoint({None, "-"})
        )


@given(known, st.sampled_from(GIVEN), st.sampled_from(GIVEN))
def test_twins_are_never_the_same(who: Identity, one: str, other: str) -> None:
    """Birth date, school and parents in common; the rule for their given names stands in the module's first lines."""
    who = replace(who, code=None, number=None)
    first, second = replace(who, name=f"Trần {one}"), replace(who, name=f"Trần {other}")
    answer = compare(first, second).answer
    plain_one, plain_other = bare(one.casefold()), bare(other.casefold())
    if plain_one == plain_other:
        assert (answer is SAME) == (tone_moved(one) == other or one == other)
        assert answer is not DIFFERENT
    else:
        near = plain_one in edits(plain_other) and "'" not in one + other
        assert answer is (DOUBTFUL if near else DIFFERENT)


@given(identities)
def test_keys_are_few_and_short(who: Identity) -> None:
    found = keys(who)
    assert len(found) <= 6
    assert all(len(key) == 9 and key.isascii() for key in found)
    assert len({key[0] for key in found}) == len(found)


def edits(word: str) -> set[str]:
    """Every word one edit away, by trying them all."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in parts if tail}
    found |= {head + letter + tail for head, tail in parts for letter in letters}
    found |= {head + letter + tail[1:] for head, tail in parts if tail for letter in letters}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    return found - {word}


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
@example("minh", "mihn")
@example("an", "na")
@example("abcd", "badc")
def test_one_edit(a: str, b: str) -> None:
    assert one_edit_apart(a, b) == one_edit_apart(b, a) == (b in edits(a))


# --- matching


def slow_match(
    incoming: Sequence[Identity], candidates: Sequence[Identity]
) -> list[tuple[Answer, dict[int, set[Reason]]]]:
    """Matching by its words: every row against every candidate, and then who is claimed by whom."""
    verdicts = [[compare(row, candidate) for candidate in candidates] for row in incoming]
    found: list[tuple[Answer, dict[int, set[Reason]]]] = []
    for number, row in enumerate(verdicts):
        mine = [place for place, verdict in enumerate(row) if verdict.answer is SAME]
        rivals = {
            place: any(other[place].answer is SAME for rank, other in enumerate(verdicts) if rank != number)
            for place in range(len(candidates))
        }
        if len(mine) == 1 and not rivals[mine[0]]:
            found.append((SAME, {mine[0]: set(row[mine[0]].reasons)}))
            continue
        open_ = {place: set(verdict.reasons) for place, verdict in enumerate(row) if verdict.answer is not DIFFERENT}
        for place, reasons in open_.items():
            if len(mine) > 1 and place in mine:
                reasons.add(Reason.TWO_PEOPLE)
            if rivals[place]:
                reasons.add(Reason.TAKEN)
        found.append((DOUBTFUL if open_ else DIFFERENT, open_))
    return found


def plainly(matches: Sequence[Match]) -> list[tuple[Answer, dict[int, set[Reason]]]]:
    return [(one.answer, {c.position: set(c.verdict.reasons) for c in one.candidates}) for one in matches]


crowds = st.lists(identities, max_size=8)


@given(crowds, crowds)
def test_matching_agrees_with_its_slow_twin(incoming: list[Identity], candidates: list[Identity]) -> None:
    found = match(incoming, candidates)
    assert plainly(found) == slow_match(incoming, candidates)
    assert [one.position for one in found] == list(range(len(incoming)))
    for one in found:
        assert all(candidate.verdict.answer is one.answer for candidate in one.candidates)
    taken = [one.candidates[0].position for one in found if one.answer is SAME]
    assert len(taken) == len(set(taken))


@given(crowds, crowds, st.randoms())
def test_the_order_of_rows_and_candidates_does_not_matter(incoming, candidates, chance) -> None:  # type: ignore[no-untyped-def]
    rows, people = list(range(len(incoming))), list(range(len(candidates)))
    chance.shuffle(rows)
    chance.shuffle(people)
    straight = plainly(match(incoming, candidates))
    mixed = plainly(match([incoming[row] for row in rows], [candidates[place] for place in people]))
    for rank, row in enumerate(rows):
        answer, found = mixed[rank]
        assert (answer, {people[place]: reasons for place, reasons in found.items()}) == straight[row]


def test_two_rows_do_not_take_one_person() -> None:
    both = match([AN, replace(AN, name="NGUYỄN VĂN AN")], [AN])
    assert [one.answer for one in both] == [DOUBTFUL, DOUBTFUL]
    assert all(Reason.TAKEN in one.candidates[0].verdict.reasons for one in both)


def test_a_row_that_is_two_people_is_doubtful() -> None:
    [one] = match([AN], [AN, replace(AN, name="nguyễn văn an")])
    assert one.answer is DOUBTFUL
    assert [Reason.TWO_PEOPLE in candidate.verdict.reasons for candidate in one.candidates] == [True, True]


def test_twins_on_record_are_found_without_a_doubt() -> None:
    twins = [replace(AN, name="Nguyễn Linh"), replace(AN, name="Nguyễn Minh")]
    found = match(twins, twins[::-1])
    assert [(one.answer, one.candidates[0].position) for one in found] == [(SAME, 1), (SAME, 0)]


def test_a_new_twin_beside_one_on_record_is_left_to_a_person() -> None:
    twins = [replace(AN, name="Nguyễn Linh"), replace(AN, name="Nguyễn Minh")]
    old, new = match(twins, twins[:1])
    assert (old.answer, new.answer) == (SAME, DOUBTFUL)
    assert Reason.TAKEN in new.candidates[0].verdict.reasons


def test_a_class_of_new_children_is_new() -> None:
    class_ = [replace(AN, name=f"Trần {given}", birth=DAY + timedelta(days=40 * n)) for n, given in enumerate(GIVEN)]
    assert [one.answer for one in match(class_, [AN])] == [DIFFERENT] * len(class_)
