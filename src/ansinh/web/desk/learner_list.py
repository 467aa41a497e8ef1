"""The list of children: of a year and a place, filtered, in an order, with the columns chosen; the address bar holds it all.

Lists of a million lines are asked for a page at a time. Beyond MOST lines nobody counts them, and a list so long stands in
the order of names alone, which an index holds; as a file it can still be had whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import ETHNICITY, FACTS, KINH, POVERTY, Kind
from ansinh.core.words import class_order, text_order
from ansinh.web.columns import column, held, said
from ansinh.web.desk.cohort import Choices, choices, chosen
from ansinh.web.desk.export import Value
from ansinh.web.desk.paging import Counted
from ansinh.web.registry.models import SCHOOL_LEVELS, Area, Enrolment, School
from ansinh.web.registry.queries import facts_of
from ansinh.web.registry.scope import Scope

MOST = 20_000
ON_A_PAGE = 50
_AT_ONCE = 800  # Lines whose facts are read together when a list becomes a file.

OF_PERSON = ("birth_date", "sex", "code", "father", "mother")
OF_LINE = ("class_name", "level", "grade")
OF_PLACE = ("school", "commune")
# What may be shown beside the name. An identity number is not among them: it is shown nowhere.
COLUMNS = (*dict.fromkeys((*OF_LINE, *OF_PLACE, *OF_PERSON, *FACTS)),)
USUAL = ("birth_date", "class_name", "school", "code")
_CLASS_LIST = ("class_sort", "name_sort", "pk")
# Column → the fields of its order.
SORTS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("name_sort", "pk"),
    "class_name": _CLASS_LIST,
    "grade": ("grade", *_CLASS_LIST),
    "birth_date": ("person__birth_date", "name_sort", "pk"),
    "code": ("person__code", "name_sort", "pk"),
}


@dataclass(frozen=True, eq=False)
class Option:
    """One choice of a filter: how the address bar names it, its words, and the lines it leaves."""

    slug: str
    words: str | Promise
    lines: Q


@dataclass(frozen=True, eq=False)
class Filter:
    """A filter by `name` in the address bar; `fact`: the sensitive fact that the lines it leaves give away."""

    name: str
    label: str | Promise
    options: tuple[Option, ...]
    fact: str = ""

    def option(self, slug: str) -> Option:
        """Http404 for one that is not offered."""
        found = next((option for option in self.options if option.slug == slug), None)
        if found is None:
            raise Http404
        return found


_UNKNOWN = _("Chưa có thông tin")
_MINORITY = Q(ethnicity__isnull=False) & ~Q(ethnicity__in=(KINH, ETHNICITY.nguoi_nuoc_ngoai))


def filters() -> tuple[Filter, ...]:
    """Every filter besides year, place and class, in the language of the page."""
    return (
        Filter(
            "cap",
            _("Cấp học"),
            tuple(Option(code.name.replace("_", "-"), said(code), Q(level=code.value)) for code in SCHOOL_LEVELS),
        ),
        Filter(
            "ngheo",
            _("Hộ nghèo, cận nghèo"),
            (
                Option("ca-hai", _("Hộ nghèo hoặc cận nghèo"), Q(poverty__gt=POVERTY.none)),
                Option("ngheo", said(POVERTY.of(POVERTY.poor)), Q(poverty=POVERTY.poor)),
                Option("can-ngheo", said(POVERTY.of(POVERTY.near_poor)), Q(poverty=POVERTY.near_poor)),
                Option("khong", said(POVERTY.of(POVERTY.none)), Q(poverty=POVERTY.none)),
                Option("chua-ro", _UNKNOWN, Q(poverty__isnull=True)),
            ),
            "poverty",
        ),
        Filter(
            "dan-toc",
            _("Dân tộc"),
            (
                Option("thieu-so", _("Dân tộc thiểu số"), _MINORITY),
                Option("kinh", _("Kinh"), Q(ethnicity=KINH)),
                Option("chua-ro", _UNKNOWN, Q(ethnicity__isnull=True)),
            ),
            "ethnicity",
        ),
        Filter(
            "khuyet-tat",
            _("Khuyết tật"),
            (
                Option("co", _("Có khuyết tật"), Q(disabled=True)),
                Option("khong", _("Không khuyết tật"), Q(disabled=False)),
                Option("chua-ro", _UNKNOWN, Q(disabled__isnull=True)),
            ),
            "disabled",
        ),
        Filter(
            "thieu",
            _("Còn thiếu"),
            (
                Option(
                    "dien",
                    _("Hộ nghèo, dân tộc hoặc khuyết tật chưa rõ"),
                    Q(poverty__isnull=True) | Q(ethnicity__isnull=True) | Q(disabled__isnull=True),
                ),
                Option("ngay-sinh", _("Chưa có ngày sinh"), Q(person__birth_date__isnull=True)),
                Option("dinh-danh", _("Chưa có số định danh"), Q(person__digest="")),
            ),
        ),
        Filter("da-roi", _("Trong danh sách trường"), (Option("roi", _("Chỉ em đã rời trường"), Q(left=True)),)),
    )


@dataclass(frozen=True)
class Wanted:
    """What the address bar asks for, of what is the person's; `options`: filter → the choice made."""

    given: Choices
    year: SchoolYear
    school: School | None
    area: Area | None
    class_name: str
    options: Mapping[Filter, Option]
    columns: tuple[str, ...]
    sort: str
    state: Mapping[str, Sequence[str]]
    all_lines: QuerySet[Enrolment]

    @classmethod
    def of(cls, scope: Scope, asked: QueryDict) -> Wanted | None:
        """None where no list stands; Http404 for a place that is not the person's, and for what is not offered."""
        given = choices(scope)
        if not given.years:
            return None
        year, school, area = chosen(given, asked.get("nam", ""), asked.get("noi", ""))
        options = {one: one.option(asked.get(one.name, "")) for one in filters() if asked.get(one.name)}
        columns = tuple(asked.getlist("cot"))
        # The form sends the usual columns too: they need no place in the address.
        usual = {*columns, "school"} == {*USUAL} or not columns
        sort = asked.get("xep", "")
        if set(columns) - set(COLUMNS) or (sort and sort.removeprefix("-") not in SORTS):
            raise Http404
        names = ("nam", "noi", "lop", *(one.name for one in options), *([] if usual else ["cot"]), "xep")
        state = {name: asked.getlist(name) for name in names if any(asked.getlist(name))}
        return cls(
            given,
            year,
            school,
            area,
            asked.get("lop", "")[:60],
            options,
            cls._usual(given, school) if usual else columns,
            sort,
            state,
            scope.enrolments(),
        )

    @staticmethod
    def _usual(given: Choices, school: School | None) -> tuple[str, ...]:
        one = school is not None or len(given.schools) == 1
        return tuple(name for name in USUAL if name != "school" or not one)

    def address(self, **changed: str) -> str:
        """The address bar of this list without the page, some of it changed; an empty text takes a part away."""
        parts = {**self.state, **{name: [text] for name, text in changed.items()}}
        return urlencode([(name, text) for name, texts in parts.items() for text in texts if text])

    @cached_property
    def listed(self) -> QuerySet[Enrolment]:
        """All on the lists of the year and the place, whether or not filtered away."""
        lines = self.all_lines.filter(year=self.year.start)
        if self.school is not None:
            return lines.filter(school=self.school)
        return lines.filter(school__area=self.area) if self.area is not None else lines

    @cached_property
    def lines(self) -> QuerySet[Enrolment]:
        """The lines left by the filters, in no order. Who left a school is not shown unless asked for."""
        lines = self.listed
        if self.class_name:
            lines = lines.filter(class_name=self.class_name)
        for option in self.options.values():
            lines = lines.filter(option.lines)
        return lines if any(one.name == "da-roi" for one in self.options) else lines.filter(left=False)

    @cached_property
    def counted(self) -> int:
        """How many lines; MOST and one more stands for any number beyond."""
        return self.lines.order_by()[: MOST + 1].count()

    @property
    def many(self) -> bool:
        return self.counted > MOST

    @property
    def sorted_by(self) -> str:
        """The column of the order, after a minus when it runs backwards: a class list in one school, else by name."""
        if self.many:
            return self.sort if self.sort.removeprefix("-") == "full_name" else "full_name"
        return self.sort or ("class_name" if self.school or len(self.given.schools) == 1 else "full_name")

    @cached_property
    def in_order(self) -> QuerySet[Enrolment]:
        """The lines with who and where; whose value for the order is not known come last, whichever way it runs."""
        first, *rest = SORTS[self.sorted_by.removeprefix("-")]
        back = self.sorted_by.startswith("-")
        # No name is unknown: left alone, its order is the index's.
        last = None if first == "name_sort" else True
        lead = F(first).desc(nulls_last=last) if back else F(first).asc(nulls_last=last)
        return self.lines.select_related("person", "school__area").order_by(lead, *rest)

    def page(self, number: str | None) -> Any:
        """A page of lines; pages end where the counting does."""
        return Counted(self.in_order, ON_A_PAGE, min(self.counted, MOST)).get_page(number)

    @cached_property
    def classes(self) -> list[str]:
        """The classes to choose from, where there is one school to have them."""
        if self.school is None and len(self.given.schools) > 1:
            return []
        names = self.listed.exclude(class_name="").values_list("class_name", flat=True).order_by("class_name")
        return sorted(names.distinct(), key=class_order)

    @property
    def sensitive(self) -> tuple[str, ...]:
        """The sensitive facts that this list gives away, by a column or by who is left on it."""
        shown = [name for name in self.columns if name in FACTS and FACTS[name].sensitive]
        return tuple(dict.fromkeys([*shown, *(one.fact for one in self.options if one.fact)]))

    @property
    def what(self) -> str:
        """The list in a line, as the access log keeps it."""
        where = self.school or self.area
        parts = [f"danh sách học sinh năm học {self.year}", *([str(where)] if where else [])]
        facts = ", ".join(FACTS[name].vi for name in self.sensitive)
        return ", ".join(parts) + (f": {facts}" if facts else "")


@dataclass(frozen=True)
class Row:
    """A line of the list and the values of its columns, by column."""

    line: Enrolment
    values: Mapping[str, Any]

    def cells(self, columns: Iterable[str]) -> list[tuple[str, str, bool]]:
        """Column, words and whether they are a figure, as the screen shows them."""
        return [(name, _shown(self.values[name], name), _is_number(name)) for name in columns]

    def plain(self, columns: Iterable[str]) -> list[Value]:
        """The same for a file: figures as figures, and nothing where nothing is known."""
        return [self.line.person.full_name, *(_plain(self.values[name], name) for name in columns)]


def rows(lines: Sequence[Enrolment], columns: Sequence[str]) -> list[Row]:
    """The values of the columns for these lines: one question for all facts, however many lines."""
    known = facts_of(lines, [name for name in columns if name in FACTS and name not in (*OF_PERSON, *OF_LINE)])
    return [Row(line, {name: _value(line, name, known.get(line.pk, {})) for name in columns}) for line in lines]


def rows_of_all(wanted: Wanted) -> Iterator[Row]:
    """Every line of the list, some hundreds at a time."""
    lines = wanted.in_order.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(lines, _AT_ONCE)):
        yield from rows(some, wanted.columns)


def _value(line: Enrolment, name: str, facts: Mapping[str, Any]) -> Any:
    if name in OF_PERSON:
        return getattr(line.person, name)
    if name in OF_LINE:
        return getattr(line, name)
    if name in OF_PLACE:
        return line.school.name if name == "school" else line.school.area.name
    return facts.get(name)


def _shown(found: Any, name: str) -> str:
    return "–" if found in (None, "") and name not in FACTS else held(found, name)


def _is_number(name: str) -> bool:
    return name in FACTS and FACTS[name].kind is Kind.INT


def _plain(found: Any, name: str) -> Value:
    if found is None or found == "":
        return None
    return int(found) if _is_number(name) else held(found, name)


def headings(columns: Iterable[str]) -> list[str]:
    """The words over the columns of a file; a figure's say its unit."""
    words = [
        column(name) + (f" ({FACTS[name].unit})" if name in FACTS and FACTS[name].unit else "") for name in columns
    ]
    return [column("full_name"), *words]


def columns_offered() -> tuple[list[str], list[str]]:
    """The columns to choose from, ordinary and sensitive, each in Vietnamese order after those a list usually has."""
    rest = sorted((name for name in COLUMNS if name not in USUAL), key=lambda name: text_order(column(name)))
    sensitive = [name for name in rest if name in FACTS and FACTS[name].sensitive]
    return [*USUAL, *(name for name in rest if name not in sensitive)], sensitive
