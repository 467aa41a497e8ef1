"""Lists as communes, schools and departments really send them: their own headings, what is said once, and slips."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.core.codes import DISABILITY_DEGREE, MERIT_RATE
from ansinh.core.tables import LEVEL, MERIT, POVERTY
from ansinh.sheets import Fault, Intake, Severity, templates
from tests.sheets.made import codes, csv, rows_of, values, xlsx


def read_list(name: str, *rows: list[Any]) -> Intake:
    return rows_of(xlsx(list(rows)), template=templates()[name])


def only(intake: Intake, code: str) -> Fault:
    (fault,) = [fault for fault in (*intake.faults, *intake.notes) if fault.code == code]
    return fault


# ---- identity numbers, in a roster

_HEADS = ["Họ và tên", "Lớp", "Ngày sinh", "Giới tính", "CCCD"]


def numbered(*cells: Any, birth: Any = "05/09/2016", sex: Any = "Nam", heading: str = "CCCD") -> Intake:
    rows = [[f"Trần Văn {chr(65 + n)}", "4A", birth, sex, cell] for n, cell in enumerate(cells)]
    return read_list("learner_roster", [*_HEADS[:4], heading], *rows)


@pytest.mark.parametrize("typed", ["099216001234", "099 216 001 234", "099.216.001.234", "'099216001234", 99216001234])
def test_an_identity_number_in_its_usual_forms(typed: object) -> None:
    intake = numbered(typed)
    assert values(intake, "identity_number") == ["099216001234"]
    assert intake.faults == ()


def test_a_lost_zero_is_put_back_only_where_the_row_bears_it_out() -> None:
    short = 99216001234  # As Excel leaves it: the number says a boy born in 2016.
    assert only(numbered(short), "identity_zero_restored").severity == Severity.NOTE
    assert values(numbered(str(short)), "identity_number") == ["099216001234"]
    assert values(numbered(1216001234), "identity_number") == [f"00{1216001234}"]
    for birth, sex in (("05/09/2015", "Nam"), ("05/09/2016", "Nữ"), (None, "Nam")):
        intake = numbered(short, birth=birth, sex=sex)
        assert values(intake, "identity_number") == [None]
        assert only(intake, "identity_short").column == "E"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("8,60012E+11", "scientific_number"),
        ("8.6E+11", "scientific_number"),
        ("099216001", "not_identity_number"),
        ("09921600123A", "not_identity_number"),
        (9921600123456, "not_identity_number"),
        (date(2016, 9, 5), "not_identity_number"),
        (0.5, "not_identity_number"),
    ],
)
def test_what_is_no_identity_number(typed: object, code: str) -> None:
    intake = numbered(typed)
    assert values(intake, "identity_number") == [None]
    assert only(intake, code).severity == Severity.CELL


def test_codes_that_a_machine_shortened_are_no_codes() -> None:
    intake = read_list("learner_roster", ["Họ và tên", "Mã học sinh", "Lớp"], ["Trần Văn A", "9,9E+09", "4A"])
    assert (values(intake, "learner_code"), only(intake, "scientific_number").column) == ([None], "B")


def test_a_number_that_contradicts_its_row_is_asked_about() -> None:
    intake = numbered("099216001234", birth="05/09/2015")
    assert values(intake, "identity_number") == ["099216001234"]
    assert "năm sinh trong dòng (số này ghi năm 2016)" in only(intake, "identity_disagrees").vi
    assert "giới tính" in only(numbered("099216001234", sex="Nữ"), "identity_disagrees").vi


def test_one_number_of_two_people_is_believed_of_neither() -> None:
    intake = numbered("099216001234", "099216001235", "099216001234")
    assert values(intake, "identity_number") == [None, "099216001235", None]
    assert [fault.row for fault in intake.faults if fault.code == "identity_twice"] == [2, 4]


def test_one_number_and_one_name_twice_is_one_child() -> None:
    child = ["Trần Văn A", "4A", "05/09/2016", "Nam", "099216001234"]
    intake = read_list("learner_roster", _HEADS, child, [*child[:2], None, *child[3:]])
    assert len(intake.rows) == 1
    assert only(intake, "row_twice").row == 3


def test_two_numbers_tell_children_of_one_name_and_birth_date_apart() -> None:
    child = ["Trần Văn A", "4A", "05/09/2016", "Nam"]
    intake = read_list("learner_roster", _HEADS, [*child, "099216001234"], [*child, "099216001235"])
    first, second = values(intake, "learner")
    assert second == f"{first}-2"
    assert only(intake, "same_name_and_birth").severity == Severity.NOTE


def test_messages_do_not_repeat_an_identity_number() -> None:
    for intake in (
        numbered("0992160012345"),
        numbered("099216001234", birth="05/09/2015"),
        numbered("99216001234", sex=0),
    ):
        said = repr((intake.faults, intake.notes))
        assert "921600" not in said and "•" in said


@pytest.mark.parametrize("heading", ["Mã định danh", "Mã định danh cá nhân"])
def test_a_heading_of_two_numbers_is_settled_by_what_stands_below(heading: str) -> None:
    intake = numbered("099216001234", 99216001235, heading=heading)
    assert values(intake, "identity_number") == ["099216001234", "099216001235"]
    assert values(intake, "learner_code") == [None, None]
    intake = numbered("9900012345", "9900012346", heading=heading)
    assert values(intake, "learner_code") == ["9900012345", "9900012346"]
    assert values(intake, "identity_number") == [None, None]


def test_parents_are_read() -> None:
    intake = read_list(
        "learner_roster", ["Họ và tên", "Lớp", "Họ tên bố", "Họ và tên mẹ"], ["Trần A", "4A", "TRẦN VĂN B", "Lê Thị C"]
    )
    assert (values(intake, "father"), values(intake, "mother")) == (["Trần Văn B"], ["Lê Thị C"])


def test_a_given_name_alone_is_no_name() -> None:
    intake = read_list("learner_roster", ["Tên", "Lớp", "Ngày sinh"], ["An", "4A", "05/09/2016"])
    assert codes(intake) == ["no_header"]


# ---- poor and near-poor households


def test_a_communes_own_list_of_households() -> None:
    intake = read_list(
        "household_poverty_list",
        ["ỦY BAN NHÂN DÂN XÃ MẪU HÒA"],
        ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026"],
        ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 15 tháng 12 năm 2025 của UBND xã)"],
        ["STT", "Mã hộ", "Họ tên chủ hộ", "Ấp", "Loại hộ", "Họ và tên thành viên", "Ngày sinh", "Số CCCD", "Quan hệ"],
        [1, "H1", "Trần Văn Mẫu", "Ấp Một", "Hộ nghèo", "Trần Văn Mẫu", "01/02/1980", "099080000001", "Chủ hộ"],
        [None, None, None, None, None, "Trần Thị Hai", "05/09/2016", None, "Con"],
        [2, "H2", "Lê Thị Mẫu", "Ấp Hai", "Cận nghèo", "Lê Thị Mẫu", "01/02/1985", None, "Chủ hộ"],
        [None, None, "Lê Thị Mẫu", None, None, "Lê Văn Ba", "05/09/2017", None, "Con"],
    )
    assert intake.faults == ()
    assert intake.header == {
        "commune": "XÃ MẪU HÒA",
        "year": 2026,
        "decision_number": "12/QĐ-UBND",
        "decision_date": date(2025, 12, 15),
    }
    assert values(intake, "household_code") == ["H1", "H1", "H2", "H2"]
    assert values(intake, "hamlet") == ["Ấp Một", "Ấp Một", "Ấp Hai", "Ấp Hai"]
    assert values(intake, "poverty") == [POVERTY.poor, POVERTY.poor, POVERTY.near_poor, POVERTY.near_poor]
    assert values(intake, "decision_number") == ["12/QĐ-UBND"] * 4
    note = only(intake, "carried_down")
    assert (note.row, note.severity) == (6, Severity.NOTE) and "2 dòng" in note.vi


def test_a_household_that_says_its_own_is_not_given_its_neighbours() -> None:
    heads = ["Mã hộ", "Chủ hộ", "Loại hộ", "Họ và tên", "Ngày sinh"]
    intake = read_list(
        "household_poverty_list",
        heads,
        ["H1", "Trần Văn Mẫu", "Hộ nghèo", "Trần Thị Hai", "05/09/2016"],
        [None, "Lê Thị Mẫu", None, "Lê Văn Ba", "05/09/2017"],
        [None, "Lê Thị Mẫu", "Cận nghèo", "Lê Văn Bốn", "05/09/2018"],
    )
    assert values(intake, "household_code") == ["H1", None, None]
    assert values(intake, "poverty") == [POVERTY.poor, None, POVERTY.near_poor]
    assert "carried_down" not in codes(intake)


def test_a_list_of_heads_alone_reads_them_as_members() -> None:
    intake = read_list(
        "household_poverty_list", ["Mã hộ", "Họ và tên chủ hộ", "Phân loại hộ"], ["H1", "TRẦN VĂN MẪU", "Hộ cận nghèo"]
    )
    (row,) = intake.rows
    assert (row.values["full_name"], row.values["head_name"]) == ("Trần Văn Mẫu", "Trần Văn Mẫu")
    assert row.cells["full_name"] == row.cells["head_name"]


def test_ticks_members_twice_and_contradictions() -> None:
    heads = ["Mã hộ", "Họ và tên", "Ngày sinh", "Hộ nghèo", "Hộ cận nghèo"]
    intake = read_list(
        "household_poverty_list",
        heads,
        ["H1", "Trần Thị Hai", "05/09/2016", "x", None],
        ["H1", "Trần Thị Hai", "05/09/2016", "x", None],
        ["H2", "Trần Thị Hai", "05/09/2016", "x", None],
        ["H2", "Trần Văn Ba", "05/09/2017", None, "x"],
    )
    assert values(intake, "poverty") == [POVERTY.poor, None, None]
    assert only(intake, "row_twice").row == 3
    assert sum(fault.code == "household_contradicts" for fault in intake.faults) == 2


# ---- disability and merit


def test_a_list_of_disabled_children() -> None:
    heads = [
        "Họ và tên trẻ",
        "Ngày sinh",
        "Tên trường",
        "Lớp",
        "Dạng tật",
        "Mức độ khuyết tật",
        "Hòa nhập",
        "Số GXN",
        "Ngày cấp",
    ]
    intake = read_list(
        "disability_list",
        ["UBND phường Mẫu"],
        heads,
        ["Trần Thị Hai", "05/09/2016", "TH Mẫu", "4A", "Vận động", "Nặng", "x", "01/GXN", "20/08/2024"],
        ["Lê Văn Ba", "05/09/2017", "TH Mẫu", "3A", "Khiếm thị", "Không", None, None, None],
        ["Lê Văn Bốn", "05/09/2018", "TH Mẫu", "2A", "Tự kỷ", None, "Không", None, "hôm qua"],
    )
    assert intake.header == {"commune": "phường Mẫu"}
    assert values(intake, "disability_kind") == ["movement", "sight", "other"]
    assert values(intake, "disability_degree") == [DISABILITY_DEGREE.severe, DISABILITY_DEGREE.none, None]
    assert values(intake, "disabled") == [True, False, None]
    assert values(intake, "inclusive") == [True, None, False]
    assert values(intake, "certificate_date") == [date(2024, 8, 20), None, None]
    assert codes(intake) == ["not_a_date"]


def test_a_list_of_merit() -> None:
    intake = read_list(
        "merit_list",
        [
            "Họ và tên",
            "Ngày sinh",
            "Diện người có công",
            "Mức ưu đãi giáo dục",
            "Họ tên người có công",
            "Quan hệ",
            "Số QĐ",
        ],
        ["Trần Thị Hai", "05/09/2016", "Con thương binh", "Dưới 61%", "TRẦN VĂN MẪU", "Con đẻ", "7/QĐ-SNV"],
        ["Trần Thị Hai", "05/09/2016", "Con thương binh", "Dưới 61%", "TRẦN VĂN MẪU", "Con đẻ", "7/QĐ-SNV"],
    )
    (row,) = intake.rows
    assert (row.values["merit"], row.values["merit_rate"]) == (MERIT.child, MERIT_RATE.reduced)
    assert (row.values["merit_person"], row.values["merit_relation"]) == ("Trần Văn Mẫu", "child")
    assert row.values["decision_number"] == "7/QĐ-SNV"
    assert codes(intake) == ["row_twice"]


# ---- schools and staff


def test_a_list_of_schools() -> None:
    heads = ["Mã trường", "Tên trường", "Cấp học", "Loại hình", "Loại trường", "Khu công nghiệp", "Từ ngày", "Đến ngày"]
    intake = read_list(
        "school_list",
        heads,
        ["99000001", "TH và THCS Mẫu", "TH&THCS", "Công lập", "Bình thường", "Không", "01/09/2010", None],
        ["99000002", "Mầm non Mẫu", "Mầm non", "Tư thục", "Bình thường", "x", None, None],
        ["99000002", "Mầm non Mẫu Hai", "Mầm non", "Tư thục", None, None, None, None],
        [None, "Trường không mã", "THPT", "Công lập", "PTDTNT", None, None, None],
        ["99000003", "THPT Mẫu", "THPT", "Công lập", "PTDTNT", None, "01/09/2020", "01/09/2019"],
        ["99000004", "Trung tâm GDNN-GDTX Mẫu", "Đại học", "Công lập", None, None, None, None],
    )
    assert values(intake, "school_code") == ["99000001", "99000002", "99000004"]
    assert values(intake, "level") == [LEVEL.primary, LEVEL.kindergarten, None]
    assert values(intake, "public_school") == [True, False, True]
    assert values(intake, "industrial_zone") == [False, True, None]
    assert sorted(codes(intake)) == ["ends_before_it_begins", "key_missing", "not_in_list", "row_twice"]
    assert only(intake, "key_missing").heading == "Mã trường"


def test_the_sector_databases_own_export_of_schools() -> None:
    heads = "MA_TRUONG,TEN_TRUONG_HOC,CAP_HOC,DIA_CHI,MA_XA_PHUONG"
    data = f"{heads}\n99000001,Trường TH Mẫu,TH,Ấp Mẫu,99001\n".encode()
    (row,) = rows_of(data, "truong.csv", templates()["school_list"]).rows
    assert (row.values["school_code"], row.values["commune_code"], row.values["address"]) == (
        "99000001",
        "99001",
        "Ấp Mẫu",
    )


def test_a_list_of_staff_of_one_school() -> None:
    intake = read_list(
        "staff_list",
        ["TRƯỜNG TIỂU HỌC MẪU"],
        ["Mã trường: 99000001"],
        ["Mã GV", "Họ tên", "Ngày sinh", "Chức vụ", "Hệ số lương", "HSPC", "Loại hợp đồng"],
        ["GV1", "Trần Văn Mẫu", "01/02/1980", "Hiệu trưởng", 4.98, "0,45", "Biên chế"],
        ["GV2", "Lê Thị Mẫu", "01/02/1990", "Giáo viên", "2.34", 0, "HĐ 111"],
        [None, "Lê Thị Mẫu", "01/02/1990", "Giáo viên", "2,345", None, None],
    )
    assert values(intake, "school_code") == ["99000001"] * 2
    assert values(intake, "school_name") == ["TRƯỜNG TIỂU HỌC MẪU"] * 2
    assert values(intake, "coefficient_hundredths") == [498, 234]
    assert values(intake, "allowance_hundredths") == [45, 0]
    assert values(intake, "contract") == ["official", "decree_111"]
    assert sorted(codes(intake)) == ["not_a_coefficient", "row_twice"]


@pytest.mark.parametrize("typed", ["2,345", 2.345, "hai", -1, 2500, True, "25"])
def test_what_is_no_coefficient(typed: object) -> None:
    intake = read_list("staff_list", ["Họ và tên", "Chức vụ", "Hệ số lương"], ["Trần Văn Mẫu", "Giáo viên", typed])
    assert values(intake, "coefficient_hundredths") == [None]
    assert codes(intake) == ["not_a_coefficient"]


@pytest.mark.parametrize("typed", ["26", "1926", "01/2026", "năm nay"])
def test_what_is_no_year(typed: str) -> None:
    heads = ["Mã hộ", "Họ và tên", "Loại hộ"]
    intake = read_list("household_poverty_list", [f"Năm: {typed}"], heads, ["H1", "Trần Văn Mẫu", "Hộ nghèo"])
    assert "year" not in intake.header
    assert codes(intake) == ["not_a_year"]


def test_lists_come_in_every_format() -> None:
    data = csv([["Mã hộ", "Họ và tên", "Loại hộ"], ["H1", "Trần Văn Mẫu", "Hộ nghèo"]], ";")
    assert values(rows_of(data, "ho.csv", templates()["household_poverty_list"]), "poverty") == [POVERTY.poor]
