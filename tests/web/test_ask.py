"""The public questionnaire over HTTP: nothing kept, nothing asked in vain, every answer in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ansinh import law
from ansinh.core.dates import SchoolYear
from ansinh.core.tables import ETHNICITY
from ansinh.engines.reference import value
from ansinh.web.portal import asking, questions
from ansinh.web.portal.asking import KEYS, Talk, year_of

OCTOBER = datetime(2026, 10, 5, 5, tzinfo=UTC)
YEARS = range(asking.FIRST_YEAR, asking.LAST_YEAR + 1)


@pytest.fixture
def family(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser without an account, in October 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda: OCTOBER.date())
    return Client()


def page(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return unescape(response.content.decode())


def answers_on(text: str) -> list[tuple[str, str]]:
    return re.findall(r'class="choice[^"]*"(?: formnovalidate)? name="([\w-]+)" value="([\w-]+)"', text)


def address_after(text: str, key: str, code: str) -> str:
    """The address a tap on an answer leads to: the hidden fields of the form and the button."""
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([\w-]+)"', text)
    return f"{reverse('portal:ask')}?" + "&".join(f"{k}={v}" for k, v in [*hidden, (key, code)])


def test_the_first_page_leads_to_the_questions(family: Client) -> None:
    first = page(family, "/")
    assert re.search(r'class="actions"><a class="button first" href="/duoc-huong-gi/"', first)
    start = page(family, reverse("portal:ask-start"))
    assert '<option value="2026" selected>2026–2027</option>' in start
    assert re.search(r"<form method=\"get\" action=\"/duoc-huong-gi/hoi/\"", start)


def test_a_poor_kindergarten_family_comes_to_its_supports(family: Client) -> None:
    text = page(family, f"{reverse('portal:ask')}?nam=2026")
    told = {"cap": "mau-giao", "sinh": "2022-05", "ho": "ngheo", "dan-toc": "1", "hoc": "thuong", "cong-lap": "co"}
    steps = 0
    while 'class="choices' in text:
        choices = answers_on(text)
        key = choices[0][0]
        plain = "khong" if (key, "khong") in choices else choices[0][1]
        text = page(family, address_after(text, key, told.get(key, plain)))
        steps += 1
        assert steps < 20
    assert re.search(r"Cháu được hưởng \d khoản", text)
    assert "360.000 đ mỗi tháng" in text.replace("\xa0", " ")
    assert "100 % học phí" in text.replace("\xa0", " ")
    assert "150.000 đ mỗi tháng" in text.replace("\xa0", " ")
    assert "khoản 3 Điều 17 Nghị định 238/2025/NĐ-CP" in text
    assert "Giấy xác nhận hộ nghèo, nộp mỗi đầu học kỳ" in text
    assert "Căn cứ chưa được kiểm chứng." in text
    assert "Trong 45 ngày làm việc kể từ ngày khai giảng" in text
    assert "Trong 15 ngày làm việc kể từ khi trường thông báo, vào tháng 8" in text
    assert f'href="{reverse("portal:law-document", args=["nd-238-2025"])}"' in text


def test_what_is_not_known_is_said_with_the_question_that_settles_it(family: Client) -> None:
    text = page(family, f"{reverse('portal:ask-result')}?nam=2026&cap=mau-giao&sinh=2022-05")
    assert "Chưa đủ căn cứ" in text
    assert "Hộ gia đình của cháu là hộ nghèo hoặc cận nghèo không?" in text
    assert re.search(r'href="/duoc-huong-gi/hoi/\?nam=2026&cap=mau-giao&sinh=2022-05&doi=ho"', text)
    assert re.search(r"Còn nhiều nhất \d+ câu có thể làm thay đổi kết quả", text)


def test_an_answer_is_changed_in_its_place(family: Client) -> None:
    text = page(family, f"{reverse('portal:ask')}?nam=2026&cap=mau-giao&sinh=2022-05&doi=sinh")
    assert re.search(r'value="2022-05" selected', text)
    assert ("cap", "mau-giao") in re.findall(r'<input type="hidden" name="([\w-]+)" value="([\w-]+)"', text)
    assert "sinh" not in re.findall(r'<input type="hidden" name="([\w-]+)"', text)


def test_an_answer_that_no_longer_fits_is_dropped(family: Client) -> None:
    talk = Talk.read({"nam": "2026", "cap": "tieu-hoc", "lop": "11", "ho": "giau", "la": "x"}, OCTOBER.date())
    assert dict(talk.told) == {"level": "tieu-hoc"}
    assert Talk.read({"nam": "1800"}, OCTOBER.date()).year == SchoolYear(2026)
    assert Talk.read({"nam": "x" * 500}, OCTOBER.date()).year == SchoolYear(2026)
    assert 'class="choices' in page(family, f"{reverse('portal:ask')}?nam=2026&cap=<b>&ho=ngheo")


@pytest.mark.parametrize("name", ["ask-start", "ask", "ask-result"])
def test_nothing_is_kept_and_nothing_leaves(family: Client, name: str) -> None:
    response = family.get(reverse(f"portal:{name}") + "?nam=2026&cap=mau-giao&tieng=en")
    assert response.status_code == 200
    assert not response.cookies
    assert not family.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Content-Language"] == "en"
    text = response.content.decode()
    assert 'name="robots" content="noindex, nofollow"' in text
    assert "<script" not in text
    assert not re.search(r"<input(?! type=\"hidden\")", text), "nothing is typed in, so nothing personal can be"
    assert family.post(reverse(f"portal:{name}")).status_code == 405


def test_the_english_pages_have_no_vietnamese_left(family: Client) -> None:
    peoples = set(re.findall(r"[\w/-]+", " ".join(code.en for code in ETHNICITY.codes)))
    # As the English text of the law spells them.
    peoples |= {"Cờ", "Rơ", "Măm", "Tết"}
    for address in (
        reverse("portal:ask-start") + "?tieng=en",
        reverse("portal:ask") + "?nam=2026&tieng=en",
        reverse("portal:ask") + "?nam=2026&cap=tieu-hoc&tieng=en",
        reverse("portal:ask-result") + "?nam=2026&cap=mau-giao&sinh=2022-05&ho=ngheo&tieng=en",
    ):
        text = page(family, address)
        body = re.sub(r"<[^>]+>", " ", text.split("<main", 1)[1].split("</main>", 1)[0])
        # What stays Vietnamese is the names of peoples and the numbers of documents.
        stray = [
            w
            for w in re.findall(r"[\wĐđ/-]*[ăâđêôơưĂÂĐÊÔƠƯạ-ỹ][\wĐđ/-]*", body)
            if w not in peoples and not re.search(r"/20\d\d/|NĐ-CP|QĐ-TTg", w)
        ]
        assert not stray, (address, stray)
        assert "tieng=en" in text


def test_every_question_has_words_choices_and_a_key() -> None:
    for start in YEARS:
        plan = law.load().plan(SchoolYear(start))
        for one in questions.questions(plan, value):
            assert one.vi.endswith("?") and one.en.endswith("?"), one.name
            assert bool(one.hint_vi) == bool(one.hint_en), one.name
            assert one.name in KEYS, f"{one.name} has no key for addresses"
            for choice in one.choices({}):
                assert choice.vi and choice.en and re.fullmatch(r"[a-z0-9-]+", choice.code), (one.name, choice)
                assert set(choice.facts) <= set(one.facts), (one.name, choice)
    assert len(set(KEYS.values())) == len(KEYS)
    assert not {"nam", "doi", "tieng"} & set(KEYS.values())


@pytest.mark.parametrize("start", YEARS)
def test_every_fact_a_rule_reads_is_asked_for(start: int) -> None:
    without = questions.without_words(law.load().plan(SchoolYear(start)), value)
    assert not without, f"no question asks for {', '.join(without)}: give it words in web/portal/questions.py"


def test_a_fact_without_a_question_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "_plain", list)
    without = questions.without_words(law.load().plan(SchoolYear(2026)), value)
    assert {"public_school", "disabled"} <= set(without)


def test_the_school_year_turns_in_august() -> None:
    assert year_of(datetime(2026, 7, 31, tzinfo=UTC).date()) == SchoolYear(2025)
    assert year_of(datetime(2026, 8, 1, tzinfo=UTC).date()) == SchoolYear(2026)
    assert year_of(datetime(2040, 8, 1, tzinfo=UTC).date()) == SchoolYear(asking.LAST_YEAR)


def test_why_a_question_is_asked_names_the_benefits_and_clauses_still_open(family: Client) -> None:
    text = page(family, reverse("portal:ask") + "?nam=2026&cap=tieu-hoc&doi=noi-o")
    why = text.split("Vì sao hỏi câu này?", 1)[1].split("</details>", 1)[0]
    assert "Hỗ trợ chi phí học tập" in why
    assert "khoản 4 Điều 17 Nghị định 238/2025/NĐ-CP" in why
    # Clauses for other levels of school no longer hang on anything.
    assert "điểm a khoản 2 Điều 4 Nghị định 66/2025/NĐ-CP" in why
    assert "điểm b khoản 2 Điều 4" not in why


def test_a_sum_that_may_still_be_higher_is_not_said_as_the_last_word(family: Client) -> None:
    address = reverse("portal:ask-result") + "?nam=2024&cap=mau-giao&tai-nan=co&hoc=thuong&loai-truong=thuong&dan-toc=1"
    text = page(family, address).replace("\xa0", " ")
    assert "50 % học phí" in text
    assert "Mức này có thể cao hơn" in text
    whole = "&co-cong=khong&ho=khong&khuyet-tat=khong&khong-nguon=khong&nghia-vu=khong&ong-ba=khong&noi-o=khong&sinh=2021-03"
    text = page(family, address + whole).replace("\xa0", " ")
    assert "50 % học phí" in text
    assert "Mức này có thể cao hơn" not in text


def test_a_long_list_is_picked_from_and_not_knowing_wins_over_it(family: Client) -> None:
    text = page(family, reverse("portal:ask") + "?nam=2024&cap=mau-giao&doi=sinh")
    assert '<select name="sinh" aria-labelledby="cau-hoi" required>' in text
    # Nothing is chosen beforehand, and an answer left empty is asked for again.
    assert " selected>" not in text
    assert 'name="sinh"' in page(family, reverse("portal:ask") + "?nam=2024&cap=mau-giao&sinh=&doi=sinh")
    # The button comes after the list, so of the two answers an address then holds, the button's is read.
    told = Talk.read(QueryDict("nam=2024&cap=mau-giao&sinh=2021-03&sinh=chua-biet").dict(), OCTOBER.date()).told
    assert told["birth"] is None
