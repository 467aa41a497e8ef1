"""The questions a family is asked, in plain words, and what each answer tells.

Answers are no finer than the law of the year needs: a distance is asked in the bands the law tells apart, an ethnic group in
the groups it tells apart, a birth by its year alone unless a rule reckons age by birthdays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from ansinh.core.ask import Choice, Evaluation, Facts, Question
from ansinh.core.nodes import AgeYears, Compare, Const, Fact, Node, OneOf, YearOf, walk
from ansinh.core.resolve import Plan
from ansinh.core.tables import AREA, ETHNICITY, FACTS, KINH, LEVEL, MERIT, ORPHAN, POVERTY, SCHOOL_KIND, STUDY_STATUS
from ansinh.web.portal.circumstances import circumstances

GRADES = {
    LEVEL.primary: range(1, 6),
    LEVEL.lower_secondary: range(6, 10),
    LEVEL.adult_lower_secondary: range(6, 10),
    LEVEL.upper_secondary: range(10, 13),
    LEVEL.adult_upper_secondary: range(10, 13),
}
# Years old in the calendar year the school year opens: the usual ages of a level, and some years either side.
AGES = {
    LEVEL.nursery: range(4),
    LEVEL.kindergarten: range(2, 8),
    LEVEL.primary: range(5, 16),
    LEVEL.lower_secondary: range(10, 20),
    LEVEL.upper_secondary: range(14, 24),
}
OTHER_AGES = range(10, 36)


def _fixed(*choices: Choice) -> Callable[[Facts], tuple[Choice, ...]]:
    return lambda known: choices


def _yes_no(name: str, vi: str, en: str, hint_vi: str = "", hint_en: str = "") -> Question:
    choices = _fixed(Choice("co", {name: True}, "Có", "Yes"), Choice("khong", {name: False}, "Không", "No"))
    return Question(name, (name,), choices, (), vi, en, hint_vi, hint_en)


def _level() -> Question:
    rows = (
        ("nha-tre", LEVEL.nursery, "Nhà trẻ", "Nursery"),
        ("mau-giao", LEVEL.kindergarten, "Mẫu giáo", "Kindergarten"),
        ("tieu-hoc", LEVEL.primary, "Tiểu học (lớp 1 đến lớp 5)", "Primary (grades 1 to 5)"),
        ("thcs", LEVEL.lower_secondary, "Trung học cơ sở (lớp 6 đến lớp 9)", "Lower secondary (grades 6 to 9)"),
        ("thpt", LEVEL.upper_secondary, "Trung học phổ thông (lớp 10 đến lớp 12)", "Upper secondary (grades 10 to 12)"),
        (
            "gdtx-thcs",
            LEVEL.adult_lower_secondary,
            "Giáo dục thường xuyên, cấp trung học cơ sở",
            "Adult education, lower secondary",
        ),
        (
            "gdtx-thpt",
            LEVEL.adult_upper_secondary,
            "Giáo dục thường xuyên, cấp trung học phổ thông",
            "Adult education, upper secondary",
        ),
        ("nghe", LEVEL.vocational, "Trường nghề (trung cấp, cao đẳng)", "Vocational school"),
        ("dai-hoc", LEVEL.university, "Đại học", "University"),
        ("du-bi", LEVEL.pre_university, "Dự bị đại học", "Pre-university course"),
    )
    choices = _fixed(*(Choice(code, {"level": level}, vi, en) for code, level, vi, en in rows))
    return Question("level", ("level",), choices, (), "Cháu đang học cấp nào?", "At which level does the child study?")


def _grade() -> Question:
    def choices(known: Facts) -> tuple[Choice, ...]:
        level = known.get("level")
        grades = GRADES.get(level, ()) if isinstance(level, int) else ()
        return tuple(Choice(str(n), {"grade": n}, f"Lớp {n}", f"Grade {n}") for n in grades)

    return Question("grade", ("grade",), choices, ("level",), "Cháu học lớp mấy?", "Which grade is the child in?")


def _birth(start: int, by_birthday: bool) -> Question:
    """By year; where a rule reckons age by birthdays, by month and year: the 2nd stands for every later day of a month."""

    def choices(known: Facts) -> tuple[Choice, ...]:
        level = known.get("level")
        ages = AGES.get(level, OTHER_AGES) if isinstance(level, int) else range(36)
        years = [start - age for age in ages]
        if not by_birthday:
            return tuple(Choice(str(y), {"birth_date": date(y, 7, 2)}, f"Năm {y}", f"{y}") for y in years)
        return tuple(
            Choice(f"{y}-{m:02d}", {"birth_date": date(y, m, 2)}, f"Tháng {m}/{y}", f"{m}/{y}")
            for y in years
            for m in range(12, 0, -1)
        )

    vi, en = (
        ("Cháu sinh tháng nào, năm nào?", "In which month and year was the child born?")
        if by_birthday
        else ("Cháu sinh năm nào?", "In which year was the child born?")
    )
    return Question("birth", ("birth_date",), choices, ("level",), vi, en)


PLACE_COLUMNS = ("area", "dbkk_hamlet", "dbkk_coast", "has_dbkk_hamlet")
# What a family calls a place → area class, this hamlet, the coast, some hamlet of the commune. None is asked for by itself.
PLACES: tuple[tuple[str, tuple[int | None, bool, bool, bool], str, str], ...] = (
    ("thon", (None, True, False, True), "Thôn (ấp, bản) đặc biệt khó khăn", "An extremely difficult hamlet"),
    ("kv3", (AREA.three, False, False, False), "Xã khu vực III (đặc biệt khó khăn)", "An area III commune"),
    (
        "bai-ngang",
        (AREA.none, False, True, False),
        "Xã đặc biệt khó khăn vùng bãi ngang, ven biển, hải đảo",
        "An extremely difficult coastal or island commune",
    ),
    ("kv2", (AREA.two, False, False, False), "Xã khu vực II, không phải thôn ĐBKK", "Area II, not such a hamlet"),
    ("kv1", (AREA.one, False, False, False), "Xã khu vực I, không phải thôn ĐBKK", "Area I, not such a hamlet"),
    (
        "co-thon",
        (AREA.none, False, False, True),
        "Xã ngoài ba khu vực trên, có thôn khác là thôn ĐBKK",
        "A commune outside these areas in which another hamlet is extremely difficult",
    ),
    ("khong", (AREA.none, False, False, False), "Không thuộc loại nào ở trên", "None of these"),
)
PLACE_HINT = (
    "ĐBKK là đặc biệt khó khăn. Ủy ban nhân dân xã và nhà trường biết xã, thôn thuộc loại nào.",
    "The commune People's Committee and the school know how a commune or hamlet is classed.",
)


def _place(prefix: str, vi: str, en: str, like: str = "") -> Question:
    """The class of a place; `like` offers “the same as” another place whose class is known."""
    names = tuple(f"{prefix}_{column}" for column in PLACE_COLUMNS)

    def choices(known: Facts) -> tuple[Choice, ...]:
        found = [Choice(code, _told(names, values), vi, en) for code, values, vi, en in PLACES]
        same = [known.get(f"{like}_{column}") for column in PLACE_COLUMNS] if like else []
        if any(value is not None for value in same):
            told = _told(names, same)
            found.insert(0, Choice("cung", told, "Cùng nơi thường trú của cháu", "The same place as the child's home"))
        return tuple(found)

    return Question(prefix, names, choices, (like,) if like else (), vi, en, *PLACE_HINT)


def _told(names: Iterable[str], values: Iterable[bool | int | date | None]) -> dict[str, bool | int | date]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _area(prefix: str, vi: str, en: str) -> Question:
    """The area class of the commune of an extremely difficult hamlet: asked only where it still matters."""
    name = f"{prefix}_area"

    def choices(known: Facts) -> tuple[Choice, ...]:
        if not known.get(f"{prefix}_dbkk_hamlet") or (name in known):
            return ()
        return tuple(
            Choice(code, {name: area}, vi, en)
            for code, area, vi, en in (
                ("3", AREA.three, "Khu vực III", "Area III"),
                ("2", AREA.two, "Khu vực II", "Area II"),
                ("1", AREA.one, "Khu vực I", "Area I"),
                ("0", AREA.none, "Không thuộc khu vực nào", "None of these"),
            )
        )

    return Question(f"{prefix}_area", (name,), choices, (prefix,), vi, en, *PLACE_HINT)


def _grandparents() -> Question:
    rows = (
        ("khong", {"lives_with_grandparents": False}, "Không sống cùng ông bà", "No"),
        ("ngheo", POVERTY.poor, "Có, và hộ của ông bà là hộ nghèo", "Yes, and theirs is a poor household"),
        ("can-ngheo", POVERTY.near_poor, "Có, và hộ của ông bà là hộ cận nghèo", "Yes, and theirs is near-poor"),
        ("co", POVERTY.none, "Có, và hộ của ông bà không nghèo, không cận nghèo", "Yes, and theirs is neither"),
    )
    choices = [
        Choice(
            code,
            told if isinstance(told, Mapping) else {"lives_with_grandparents": True, "grandparents_poverty": told},
            vi,
            en,
        )
        for code, told, vi, en in rows
    ]
    return Question(
        "grandparents",
        ("lives_with_grandparents", "grandparents_poverty"),
        _fixed(*choices),
        (),
        "Cháu có sống cùng ông bà không?",
        "Does the child live with grandparents?",
    )


def _codes(
    name: str, words: tuple[str, str], *rows: tuple[str, int, str, str], hint: tuple[str, str] = ("", "")
) -> Question:
    choices = _fixed(*(Choice(code, {name: value}, vi, en) for code, value, vi, en in rows))
    return Question(name, (name,), choices, (), *words, *hint)


def _poverty() -> Question:
    return _codes(
        "poverty",
        ("Hộ gia đình của cháu là hộ nghèo hoặc cận nghèo không?", "Is the child's household poor or near-poor?"),
        ("ngheo", POVERTY.poor, "Hộ nghèo", "Poor"),
        ("can-ngheo", POVERTY.near_poor, "Hộ cận nghèo", "Near-poor"),
        ("khong", POVERTY.none, "Không phải cả hai", "Neither"),
        hint=(
            "Hộ nghèo, cận nghèo có giấy chứng nhận của Ủy ban nhân dân xã cho năm nay.",
            "Such a household has this year's certificate from the commune People's Committee.",
        ),
    )


def _school_kind() -> Question:
    return _codes(
        "school_kind",
        ("Trường của cháu thuộc loại nào?", "What kind of school is it?"),
        ("thuong", SCHOOL_KIND.ordinary, "Trường bình thường", "An ordinary school"),
        ("ban-tru", SCHOOL_KIND.semi_boarding, "Trường phổ thông dân tộc bán trú", "An ethnic semi-boarding school"),
        ("noi-tru", SCHOOL_KIND.boarding, "Trường phổ thông dân tộc nội trú", "An ethnic boarding school"),
        (
            "bien-gioi",
            SCHOOL_KIND.border_boarding,
            "Trường phổ thông nội trú ở xã biên giới đất liền",
            "A boarding school of a land-border commune",
        ),
        (
            "thuong-binh",
            SCHOOL_KIND.invalid_vocational,
            "Cơ sở dạy nghề cho thương binh, người khuyết tật",
            "A vocational institution for war invalids and the disabled",
        ),
    )


def _orphan() -> Question:
    return _codes(
        "orphan",
        ("Cháu có mồ côi không?", "Has the child lost a parent?"),
        ("khong", ORPHAN.none, "Không", "No"),
        ("mot", ORPHAN.one, "Mồ côi cha hoặc mẹ", "One parent"),
        ("hai", ORPHAN.both, "Mồ côi cả cha và mẹ", "Both parents"),
    )


def _merit() -> Question:
    return _codes(
        "merit",
        (
            "Gia đình cháu có người có công với cách mạng không?",
            "Is there a person with revolutionary merit in the family?",
        ),
        (
            "con",
            MERIT.child,
            "Có: cháu là con của liệt sĩ, Anh hùng, thương binh, bệnh binh hoặc người có công khác",
            "Yes: the child of a martyr, Hero, war invalid, sick soldier or another person with merit",
        ),
        ("minh", MERIT.person, "Có: chính người học là người có công", "Yes: the learner is that person"),
        ("khong", MERIT.none, "Không", "No"),
    )


def _study_status() -> Question:
    return _codes(
        "study_status",
        ("Năm học này cháu học thế nào?", "How does the child study this school year?"),
        ("thuong", STUDY_STATUS.normal, "Đang học bình thường", "As usual"),
        (
            "om",
            STUDY_STATUS.repeating_illness,
            "Học lại một lần vì ốm đau, tai nạn hoặc lý do bất khả kháng",
            "Repeats once, after illness, an accident or force majeure",
        ),
        ("hoc-lai", STUDY_STATUS.repeating, "Lưu ban, học lại vì lý do khác", "Repeats for another reason"),
        (
            "nghi",
            STUDY_STATUS.suspended,
            "Đang bị đình chỉ, bảo lưu hoặc buộc thôi học",
            "Suspended, on reservation or expelled",
        ),
    )


def _distance(metres: list[int]) -> Question:
    """Bands between the distances the law names."""

    def words(low: int, high: int | None) -> tuple[str, str]:
        a, b = _km(low), _km(high) if high is not None else ""
        if high is None:
            return f"Từ {a} trở lên", f"{a} or more"
        return (f"Từ {a} đến dưới {b}", f"{a} to under {b}") if low else (f"Dưới {b}", f"Under {b}")

    edges = [0, *metres]
    bands = zip(edges, [*edges[1:], None], strict=True)
    choices = [Choice(str(low), {"distance_m": low}, *words(low, high)) for low, high in bands]
    return Question(
        "distance",
        ("distance_m",),
        _fixed(*choices),
        (),
        "Từ nhà đến trường bao xa?",
        "How far is it from home to school?",
        "Tính theo đường đi, không theo đường chim bay.",
        "By the way travelled, not as the crow flies.",
    )


def _km(metres: int) -> str:
    whole, part = divmod(metres, 1000)
    return f"{whole},{part:03d}".rstrip("0") + " km" if part else f"{whole} km"


def _ethnicity(plan: Plan, evaluate: Evaluation) -> Question:
    """Groups of peoples the law of the year tells apart, the largest said as “another ethnic minority”."""
    readers = [tree for tree in trees_of(plan) if isinstance(tree, Compare | OneOf) and Fact("ethnicity") in walk(tree)]
    groups: dict[tuple[object, ...], list[int]] = {}
    for code in ETHNICITY.codes:
        key = tuple(evaluate(tree, {"ethnicity": code.value}) for tree in readers)
        groups.setdefault(key, []).append(code.value)
    rest = max(groups.values(), key=len)
    choices = []
    for members in groups.values():
        names = ", ".join(ETHNICITY.of(value).vi for value in members), ", ".join(ETHNICITY.of(v).en for v in members)
        words = ("Dân tộc khác", "Another ethnic group") if members is rest and len(groups) > 1 else names
        if KINH in members:
            words = ("Kinh", "Kinh") if len(members) == 1 else names
        choices.append(Choice(str(members[0]), {"ethnicity": members[0]}, *words))
    choices.sort(key=lambda choice: (choice.facts["ethnicity"] != KINH, choice.facts["ethnicity"] != rest[0]))
    return Question(
        "ethnicity",
        ("ethnicity",),
        _fixed(*choices),
        (),
        "Cháu là người dân tộc nào?",
        "Which ethnic group is the child of?",
    )


def _plain() -> list[Question]:
    """Yes or no."""
    return [
        _yes_no("public_school", "Trường của cháu là trường công lập?", "Is it a public school?"),
        _yes_no(
            "disabled",
            "Cháu có khuyết tật không?",
            "Is the child disabled?",
            "Có giấy xác nhận khuyết tật, hoặc quyết định trợ cấp xã hội vì khuyết tật.",
            "With a disability certificate, or a social-assistance decision for disability.",
        ),
        _yes_no(
            "inclusive",
            "Cháu có học hòa nhập không?",
            "Is the child in inclusive education?",
            "Học hòa nhập là trẻ khuyết tật học chung lớp với các bạn, trong trường bình thường.",
            "A disabled child learning in an ordinary class of an ordinary school.",
        ),
        _yes_no(
            "no_support",
            "Cháu có thuộc diện trẻ em không có nguồn nuôi dưỡng không?",
            "Is the child one with no source of support?",
            "Ví dụ: bị bỏ rơi chưa có người nuôi; mồ côi cả cha và mẹ; mồ côi một bên và bên kia mất tích, đang ở tù…",
            "For example: abandoned and not adopted; both parents lost; one lost and the other missing or in prison…",
        ),
        _yes_no(
            "conscript_child",
            "Cha hoặc mẹ cháu đang đi nghĩa vụ trong quân đội, công an không?",
            "Is a parent serving as a conscript in the army or police?",
        ),
        _yes_no(
            "work_accident_parent",
            "Cha hoặc mẹ cháu có hưởng trợ cấp tai nạn lao động, bệnh nghề nghiệp hằng tháng không?",
            "Does a parent have a monthly allowance for a work accident or occupational disease?",
        ),
        _yes_no(
            "industrial_worker_parent",
            "Cha, mẹ hoặc người chăm sóc cháu có là công nhân khu công nghiệp không?",
            "Does a parent or caregiver work in an industrial park?",
        ),
        _yes_no(
            "difficult_terrain",
            "Đường đến trường có cách trở không?",
            "Is the way to school difficult?",
            "Phải qua sông, suối không có cầu; qua đèo, núi cao; qua vùng sạt lở đất, đá.",
            "Across a river or stream without a bridge, over high passes, through landslides.",
        ),
        _yes_no(
            "semi_boarder",
            "Cháu có ở lại trường hoặc gần trường trong tuần không?",
            "Does the child stay at or near school during the week?",
            "Vì nhà xa, không thể đi học và về nhà trong ngày.",
            "Because home is too far to go and return in a day.",
        ),
        _yes_no("housed_by_school", "Nhà trường có bố trí chỗ ở cho cháu không?", "Does the school house the child?"),
        _yes_no(
            "lodges_with_relative",
            "Gia đình có chọn cho cháu ở gần trường cùng người thân không?",
            "Does the child, by the family's choice, live near school with a relative?",
        ),
        _yes_no(
            "pre_grade1_course",
            "Tháng 8 vừa qua cháu có học tiếng Việt trước khi vào lớp 1 không?",
            "Did the child take the Vietnamese course in August, before grade 1?",
        ),
    ]


# A no here settles the finer fact too: who is not disabled has no degree of disability.
RULED_OUT = {"disabled": {"disability_degree": 0}, "merit": {"merit_rate": 0}}


def _ruling_out(question: Question) -> Question:
    more = RULED_OUT.get(question.name, {})
    if not more:
        return question
    choices = tuple(c if c.code != "khong" else replace(c, facts={**c.facts, **more}) for c in question.choices({}))
    return replace(question, facts=(*question.facts, *more), choices=_fixed(*choices))


def questions(plan: Plan, evaluate: Evaluation) -> tuple[Question, ...]:
    """Every question there are words for, the first that is asked of all put first."""
    trees = list(trees_of(plan))
    by_birthday = any(_reads_days(tree) for tree in trees)
    home = _place(
        "home", "Nơi cháu đăng ký thường trú thuộc loại nào?", "How is the child's permanent residence classed?"
    )
    parents = (
        "Cha, mẹ hoặc người giám hộ đăng ký thường trú ở nơi thuộc loại nào?",
        "How is the permanent residence of a parent or guardian classed?",
    )
    school = _place("school", "Nơi trường đặt thuộc loại nào?", "How is the school's place classed?", "home")
    commune = ("thuộc khu vực nào?", "In which area is the commune of {}?")
    return (
        _level(),
        _grade(),
        _birth(plan.year.start, by_birthday),
        _school_kind(),
        _ethnicity(plan, evaluate),
        home,
        _area("home", f"Xã nơi cháu thường trú {commune[0]}", commune[1].format("the child's home")),
        school,
        _area("school", f"Xã nơi trường đặt {commune[0]}", commune[1].format("the school")),
        _place("parent_home", *parents, "home"),
        _area("parent_home", f"Xã nơi cha, mẹ thường trú {commune[0]}", commune[1].format("the parents' home")),
        _poverty(),
        _distance(sorted(set(_distances(trees)))),
        _ruling_out(_merit()),
        _study_status(),
        _orphan(),
        _grandparents(),
        *(_ruling_out(question) for question in _plain()),
        *circumstances(),
    )


def without_words(plan: Plan, evaluate: Evaluation) -> list[str]:
    """Facts a rule of the plan reads and no question asks for."""
    asked = {name for question in questions(plan, evaluate) for name in question.facts}
    read = {part.name for tree in trees_of(plan) for part in [tree] if isinstance(part, Fact)}
    return [name for name in FACTS if name in read - asked]


def trees_of(plan: Plan) -> Iterable[Node]:
    """Every node of every rule of a school year."""
    for rule in {rule for stretch in plan.stretches for rule in stretch.rules}:
        for tree in (*rule.who, *rule.bars, *(part for ground in rule.grounds for part in ground)):
            yield from walk(tree)


def _reads_days(tree: Node) -> bool:
    """Whether a node reads more of a birth date than its year."""
    birth = Fact("birth_date")
    if isinstance(tree, AgeYears):
        return True
    if isinstance(tree, YearOf):
        return False
    return isinstance(tree, Compare | OneOf) and birth in (getattr(tree, "left", None), getattr(tree, "right", None))


def _distances(trees: Iterable[Node]) -> Iterable[int]:
    """The metres from which a rule holds."""
    for tree in trees:
        if isinstance(tree, Compare) and tree.left == Fact("distance_m") and isinstance(tree.right, Const):
            metres = int(tree.right.value) if isinstance(tree.right.value, int) else 0
            yield metres + 1 if tree.op in ("gt", "le") else metres
