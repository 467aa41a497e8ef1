"""The `ansinh` command, verb by verb: what it prints, its JSON, its exit codes, and what it does not import."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from ansinh import cli, law
from tests.cli import roster as made_up
from tests.province.make import SAMPLE

APPS = (cli.app, cli.law_app, cli.ledger_app)


def run(*args: str | Path, **env: str) -> Result:
    words = {"LANG": "C.UTF-8", "ANSINH_LANG": "", "ANSINH_LAW_PATH": "", **env}
    return CliRunner().invoke(cli.app, [str(arg) for arg in args], env=words)


def as_json(*args: str | Path, code: int = 0, **env: str) -> Any:
    result = run(*args, "--json", **env)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(made_up.roster())
    return path


def lunch(found: Any) -> dict[str, Any]:
    return next(benefit for benefit in found["benefits"] if benefit["name"] == "lunch")


def test_help_is_in_both_languages_and_names_the_exit_codes() -> None:
    shown = " ".join(run("--help").stdout.split())
    assert "Mã thoát / Exit codes: 0 xong / done" in shown
    verbs = [command.callback for app in APPS for command in app.registered_commands]
    for verb in verbs:
        assert verb is not None and verb.__doc__ is not None
        vi, _, en = verb.__doc__.splitlines()[0].partition(" / ")
        assert vi and en, f"{verb.__name__} speaks one language"
        assert "JSON:" in verb.__doc__, f"{verb.__name__} does not say what its JSON holds"


def test_every_verb_offers_json() -> None:
    verbs = [command.callback for app in APPS for command in app.registered_commands]
    assert verbs and all(verb is not None and "as_json" in verb.__annotations__ for verb in verbs)


def test_read_a_clean_file(roster: Path) -> None:
    found = as_json("read", roster)
    assert (found["rows"], found["faults"], found["refused"]) == (3, [], False)
    assert len(found["sha256"]) == 64
    assert run("read", SAMPLE).stdout == "roster-sample.xlsx: 60 dòng đọc được, 0 lỗi, 0 lưu ý\n"


def test_read_names_sheet_row_column_and_the_cells_own_text(tmp_path: Path) -> None:
    path = tmp_path / "loi.xlsx"
    path.write_bytes(made_up.roster({"VD9": {"full_name": "Lê Văn Thử", "birth_date": "31/02/2019"}}))
    fault = as_json("read", path, code=1)["faults"][0]
    assert (fault["sheet"], fault["row"], fault["value"]) == (made_up.TEMPLATE.sheet, 2, "31/02/2019")
    assert fault["vi"] and fault["en"]
    shown = run("read", path)
    assert shown.exit_code == 1 and "31/02/2019" in shown.stdout


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"%PDF-1.7 not a workbook")
    for verb in (("read", path), ("decide", path), ("explain", path, "--learner", "x")):
        assert run(*verb).exit_code == 3
        assert as_json(*verb, code=3)["refused"] is True


def test_decide_counts_each_answer_and_names_what_is_missing(roster: Path) -> None:
    found = as_json("decide", roster)
    assert found["school_year"] == "2023-2024"
    assert lunch(found) == {
        "name": "lunch", "vi": "Hỗ trợ ăn trưa", "en": "Lunch support", "unit": "VND",
        "yes": 1, "no": 1, "cannot_say": 1, "months": 9, "quantity": 1_440_000,
    }  # fmt: skip
    assert {"fact": "poverty", "learners": 1} in [{k: m[k] for k in ("fact", "learners")} for m in found["missing"]]
    shown = run("decide", roster)
    assert shown.exit_code == 0
    assert "1.440.000 đồng" in shown.stdout and "Hộ nghèo, cận nghèo (hộ của cha mẹ)" in shown.stdout


def test_filling_the_missing_cell_changes_that_child_alone(tmp_path: Path, roster: Path) -> None:
    before = lunch(as_json("decide", roster))
    full = tmp_path / "du.xlsx"
    children = {**made_up.CHILDREN, made_up.UNKNOWN: {"full_name": "Trần Thị Mẫu", "poverty": "Hộ cận nghèo"}}
    full.write_bytes(made_up.roster(children))
    after = lunch(as_json("decide", full))
    assert (before["yes"], before["cannot_say"], before["no"]) == (1, 1, 1)
    assert (after["yes"], after["cannot_say"], after["no"]) == (2, 0, 1)


def test_the_year_asked_for_goes_before_the_files_own_and_says_so(roster: Path) -> None:
    result = run("decide", roster, "--school-year", "2019-2020")
    assert result.exit_code == 0 and "tệp ghi năm học 2023-2024" in result.stderr
    assert as_json("decide", roster, "--school-year", "2019-2020")["school_year"] == "2019-2020"


def test_a_file_without_a_year_asks_for_one(tmp_path: Path) -> None:
    path = tmp_path / "thieu-nam.xlsx"
    school = {name: value for name, value in made_up.SCHOOL.items() if name != "school_year"}
    path.write_bytes(made_up.roster(school=school))
    assert as_json("decide", path, code=2)["error"]["code"] == "school_year"
    assert run("decide", path, "--school-year", "2023-2024").exit_code == 0


@pytest.mark.parametrize(
    "args",
    [
        ("--school-year", "2023-2025"),
        ("--known", "05/09/2023"),
        ("--engine", "abacus"),
        ("--out", "list.pdf"),
        ("--template", "no_such"),
    ],
)
def test_wrong_use_ends_with_two(roster: Path, args: tuple[str, str]) -> None:
    assert run("decide", roster, *args).exit_code == 2


def test_decide_as_known_before_any_decree_finds_no_law(roster: Path) -> None:
    assert as_json("decide", roster, "--known", "1990-01-01")["benefits"] == []


def test_decide_writes_the_list_in_each_form(roster: Path, tmp_path: Path) -> None:
    for form in ("xlsx", "docx", "csv", "parquet"):
        out = tmp_path / f"list.{form}"
        assert as_json("decide", roster, "--out", out, "--on", "2024-05-20")["out"] == str(out)
        first = out.read_bytes()
        run("decide", roster, "--out", out, "--on", "2024-05-20")
        assert out.read_bytes() == first, f"{form}: the same roster gave other bytes"
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx")["Được hưởng"]
    assert any(cell.value == "Nguyễn Văn Ví Dụ" for cell in sheet["C"])
    rows = list(csv.reader(io.StringIO((tmp_path / "list.csv").read_bytes().decode("utf-8-sig"))))
    assert any("'=cmd|calc" in row for row in rows)


def test_explain_tells_the_clause_the_amount_and_the_cell(roster: Path) -> None:
    shown = run("explain", roster, "--learner", made_up.POOR, "--month", "2023-10", "--benefit", "lunch")
    assert shown.exit_code == 0
    assert "Hỗ trợ ăn trưa, tháng 10/2023: được hưởng 160.000 đồng" in shown.stdout
    assert "→ [đúng] điểm c khoản 1 Điều 7" in shown.stdout
    assert "tệp danh-sach.xlsx, trang “Danh sách”, dòng 2, cột" in shown.stdout
    english = run("--lang", "en", "explain", roster, "--learner", made_up.UNKNOWN, "--benefit", "lunch").stdout
    assert "cannot say yet" in english and "Missing: Poverty status of the parents' household." in english


def test_explain_equals_decide_to_the_dong_for_every_learner(roster: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    run("decide", roster, "--out", out)
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert rows
    explained = {
        (learner, month): as_json("explain", roster, "--learner", learner, "--month", month)["answers"]
        for learner, month in dict.fromkeys((row["learner"], row["month"]) for row in rows)
    }
    for row in rows:
        answer = next(one for one in explained[row["learner"], row["month"]] if one["benefit"] == row["benefit"])
        assert (answer["outcome"], answer["quantity"]) == (row["outcome"], int(row["quantity"]))
        assert answer["cite"] == row["cite"] and answer["chain"]


def test_explain_of_nobody_and_of_a_month_outside(roster: Path) -> None:
    assert as_json("explain", roster, "--learner", "nobody", code=1)["error"]["code"] == "learner"
    assert run("explain", roster, "--learner", made_up.POOR, "--month", "2020-01").exit_code == 2
    assert run("explain", roster, "--learner", made_up.POOR, "--benefit", "gold").exit_code == 2


def test_law_verbs_show_what_is_loaded() -> None:
    loaded = law.load()
    assert [entry["id"] for entry in as_json("law", "list")] == [d.id for d in loaded.documents]
    first = next(document for document in loaded.documents if document.rules)
    assert as_json("law", "show", first.id)["rules"][0]["cite"] == first.rules[0].cite
    assert first.number in run("law", "show", first.number).stdout
    assert as_json("law", "show", "no-such", code=1)["error"]["code"] == "document"
    for document in loaded.documents:  # Where an article is not known nothing stands for it, no empty brackets either.
        assert not re.search(r"\(\)|· :", run("law", "show", document.id).stdout), document.id
    numbers = {entry["name"]: entry["value"] for entry in as_json("law", "numbers", "--on", "2024-07-01")}
    assert numbers["base_salary_vnd"] == 2_340_000
    assert "2.340.000" in run("law", "numbers", "--on", "2024-07-01").stdout
    assert as_json("law", "check")[0]["documents"] == len(loaded.documents)
    assert isinstance(as_json("law", "doubts"), list)
    for verb in ("list", "check", "doubts"):
        assert run("law", verb).exit_code == 0


@pytest.mark.parametrize("text", ["DOCUMENT = 1\n", "raise RuntimeError('broken')\n", "def (:\n"])
def test_a_pack_that_does_not_load_ends_with_four(tmp_path: Path, text: str) -> None:
    (tmp_path / "resolution.py").write_text(text, encoding="utf-8")
    error = as_json("law", "check", code=4, ANSINH_LAW_PATH=str(tmp_path))["error"]
    assert error["code"] == "law"
    law.load.cache_clear()


def test_a_pack_of_a_province_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "resolution.py").write_text(
        "from datetime import date\n"
        "from ansinh.core.rules import Document, Mark\n"
        "DOCUMENT = Document(id='nq-thu', number='1/2025/NQ-HĐND', kind='resolution', title_vi='Thử', title_en='Trial',\n"
        "    issued=date(2025, 1, 1), since=date(2025, 1, 1), source='made up', mark=Mark.FULL_TEXT)\n",
        encoding="utf-8",
    )
    assert "nq-thu" in [entry["id"] for entry in as_json("law", "list", ANSINH_LAW_PATH=str(tmp_path))]
    assert run("law", "list", ANSINH_LAW_PATH=str(tmp_path / "none")).exit_code == 4


def test_template_writes_a_blank_workbook(tmp_path: Path) -> None:
    out = tmp_path / "mau.xlsx"
    found = as_json("template", "learner_roster", "--out", out)
    assert found["bytes"] == out.stat().st_size > 0
    assert made_up.TEMPLATE.sheet in openpyxl.load_workbook(out).sheetnames
    assert run("template", "no_such").exit_code == 2


def test_demo_starts_manage_py_as_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert as_json("demo", code=1)["error"]["code"] == "manage.py"
    (tmp_path / "manage.py").write_text("import sys\nsys.exit(7 if sys.argv[1:] == ['demo'] else 1)\n")
    assert run("demo").exit_code == 7
    (tmp_path / "manage.py").write_text(
        "import sys\nsys.exit(7 if sys.argv[1:] == ['demo', '--size', 'full'] else 1)\n"
    )
    assert run("demo", "--size", "full").exit_code == 7


@pytest.mark.parametrize(
    ("env", "option", "word"),
    [
        ({"LANG": "en_US.UTF-8"}, [], "Document"),
        ({"LANG": "en_US.UTF-8", "ANSINH_LANG": "vi"}, [], "Văn bản"),
        ({"LANG": "fr_FR.UTF-8"}, [], "Văn bản"),
        ({"ANSINH_LANG": "en"}, ["--lang", "vi"], "Văn bản"),
    ],
)
def test_language(env: dict[str, str], option: list[str], word: str) -> None:
    assert word in run(*option, "law", "list", **env).stdout


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603


def test_help_imports_nothing_heavy() -> None:
    heavy = [
        "polars",
        "narwhals",
        "django",
        "docx",
        "docxtpl",
        "xlsxwriter",
        "python_calamine",
        "ansinh.sheets",
        "ansinh.law",
    ]
    result = python(
        "import sys\nfrom ansinh import cli\n"
        "try: cli.app(['--help'])\nexcept SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    assert result.stderr.strip() == "[]", result.stderr


def test_no_verb_imports_django(roster: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "l.xlsx")
    verbs = [
        ["read", str(roster)],
        ["decide", str(roster), "--out", out],
        ["explain", str(roster), "--learner", made_up.POOR],
        ["law", "list"],
        ["template", "learner_roster", "--out", str(tmp_path / "t.xlsx")],
    ]
    result = python(
        "import sys\nsys.modules['django'] = None  # Importing it now raises.\nfrom ansinh import cli\n"
        f"for verb in {verbs!r}:\n"
        "    try: cli.app(verb)\n"
        "    except SystemExit as end: assert not end.code, (verb, end.code)\n"
    )
    assert result.returncode == 0, result.stderr
