"""The verbs over two clocks on the command line: compare, missed, the law's changes and index, and people as a snapshot."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import pytest

from tests.cli import roster as made_up
from tests.cli.test_cli import as_json, lunch, roster, run
from tests.province.freeze import FOLDER

__all__ = ["roster"]
SNAPSHOT = ("--school-year", "2024-2025", "--known", "2025-06-30")


def test_decide_and_explain_take_a_snapshot_folder() -> None:
    found = as_json("decide", FOLDER, *SNAPSHOT)
    assert (found["learners"], found["school_year"], found["known"]) == (240, "2024-2025", "2025-06-30")
    why = as_json("explain", FOLDER, *SNAPSHOT, "--learner", "P0002", "--benefit", "lunch")
    assert why["answers"][0]["quantity"] == 160_000


def test_a_snapshot_without_a_year_or_that_cannot_be_read(tmp_path: Path) -> None:
    assert as_json("decide", FOLDER, code=2)["error"]["code"] == "school_year"
    assert as_json("decide", tmp_path, "--school-year", "2024-2025", code=3)["error"]["code"] == "snapshot"


def test_compare_of_a_roster_before_and_after_the_day_it_came(roster: Path) -> None:
    """Before the roster's day no household is known: what is then owed to the poor child is arrears now."""
    found = as_json("compare", roster, "--learned", "2023-10-05", "--then", "2023-10-01", "--now", "2023-12-31")
    assert lunch(found)["arrears"] == 1_440_000 and lunch(found)["gained"] == [made_up.POOR]
    line = next(one for one in found["lines"] if one["benefit"] == "lunch" and one["learner"] == made_up.POOR)
    assert (line["change"], line["quantity"], line["total"]) == ("arrears", 160_000, 1_440_000)
    assert line["before"]["outcome"] == "CANNOT_SAY" and "poverty" in line["before"]["missing"]
    assert line["after"]["basis"][0] == "điểm c khoản 1 Điều 7 Nghị định 105/2020/NĐ-CP"


def test_compare_of_an_earlier_and_a_later_roster(tmp_path: Path, roster: Path) -> None:
    later = tmp_path / "sau.xlsx"
    children = {**made_up.CHILDREN, made_up.POOR: {"full_name": "Nguyễn Văn Ví Dụ"}}
    later.write_bytes(
        made_up.roster({**children, made_up.UNKNOWN: {"full_name": "Trần Thị Mẫu", "poverty": "Hộ nghèo"}})
    )
    out = tmp_path / "so-sanh.csv"
    found = as_json("compare", roster, later, "--out", out)
    assert (lunch(found)["gained"], lunch(found)["lost"]) == ([made_up.UNKNOWN], [made_up.POOR])
    assert (lunch(found)["arrears"], lunch(found)["clawback"]) == (1_440_000, -1_440_000)
    rows = list(csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == len(found["lines"]) + 1
    shown = run("compare", roster, later)
    assert "thu hồi" in shown.stdout and "truy lĩnh" in shown.stdout
    assert "clawback" in run("--lang", "en", "compare", roster, later).stdout


def test_compare_needs_two_sides_and_a_form_it_can_write(roster: Path) -> None:
    assert as_json("compare", roster, code=2)["error"]["code"] == "then"
    assert run("compare", roster, "--then", "2023-10-01", "--out", "x.pdf").exit_code == 2


def test_missed_names_the_children_writes_the_letters_and_the_faults(roster: Path, tmp_path: Path) -> None:
    paid = tmp_path / "chi.csv"
    paid.write_text(
        "Mã học sinh,Chế độ,Tháng\nVD0009,Hỗ trợ ăn trưa,10/2023\nVD0001,Tiền xe,10/2023\n", encoding="utf-8"
    )
    letters, out = tmp_path / "thu.docx", tmp_path / "sot.xlsx"
    found = as_json("missed", roster, paid, "--letters", letters, "--out", out, "--benefit", "lunch", code=1)
    assert [(line["learner"], line["months"], bool(line["paper"])) for line in found["lines"]] == [
        (made_up.POOR, ["2023-09", "2023-10"], False),
        (made_up.UNKNOWN, ["2023-09", "2023-10"], True),
    ]
    assert (found["until"], found["strangers"], found["children"]) == ("2023-10", ["VD0009"], 2)
    assert [fault["code"] for fault in found["list_faults"]] == ["benefit_unknown"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(letters)).paragraphs)
    assert text.count("Kính gửi: Ông/Bà") == 2 and "Nguyễn Văn Ví Dụ" in text and out.stat().st_size > 0
    shown = run("missed", roster, paid, "--benefit", "lunch")
    assert shown.exit_code == 1 and "2 trong 3 người học bị bỏ sót" in shown.stdout and "Tiền xe" in shown.stderr


def test_missed_refuses_a_benefit_nobody_knows_and_a_list_that_is_none(roster: Path, tmp_path: Path) -> None:
    assert run("missed", roster, "--benefit", "gold").exit_code == 2
    broken = tmp_path / "chi.xlsx"
    broken.write_bytes(b"%PDF-1.7")
    assert run("missed", roster, broken).exit_code == 3


def test_law_changes_and_index() -> None:
    found = as_json("law", "changes", "--from", "2024-06-01", "--to", "2024-07-31")
    assert ("number", "base_salary_vnd", "2024-07") in [
        (one["happened"], one["name"], one["month"]) for one in found["changes"]
    ]
    assert "2.340.000" in run("law", "changes", "--from", "2024-06-01", "--to", "2024-07-31").stdout
    assert "Luật không đổi" in run("law", "changes", "--from", "2024-07-01", "--to", "2024-07-02").stdout
    assert run("law", "changes", "--from", "2024-07-01", "--to", "2024-06-02").exit_code == 2
    today = {
        entry["benefit"]: entry["document"] for entry in as_json("law", "index", "--by", "day", "--on", "2024-10-01")
    }
    assert today["lunch"] == "nd-105-2020"
    assert {rule["document"] for one in as_json("law", "index") for rule in one["rules"]} >= {"nd-277-2025"}
    assert [one["id"] for one in as_json("law", "index", "--by", "document")] == [
        one["id"] for one in as_json("law", "list")
    ]


@pytest.mark.parametrize("by", ["document", "benefit", "day"])
def test_the_index_prints(by: str) -> None:
    assert run("law", "index", "--by", by).exit_code == 0
