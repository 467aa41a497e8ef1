"""A list of disabled children: degree and kind of disability, the commune's certificate, and inclusive education.

Kinds by the Law on Persons with Disabilities 51/2010/QH12, Article 3.
"""

from __future__ import annotations

from ansinh.core.codes import DISABILITY_DEGREE
from ansinh.sheets._checks import by_person, by_value, changed, is_open, once
from ansinh.sheets._identity import identity_numbers
from ansinh.sheets._list_columns import (
    COMMUNE_COLUMNS,
    INTRO_EN,
    INTRO_VI,
    SCHOOLING_COLUMNS,
    of_the_roster,
    person_columns,
)
from ansinh.sheets._template import CellKind, Choice, Column, Draft, Template

_DISABILITY = ("Khuyết tật", "Disability")
_CERTIFICATE = ("Giấy xác nhận", "Certificate")
_KINDS = (
    Choice("movement", "Khuyết tật vận động", "Movement", ("Vận động",)),
    Choice("hearing_speech", "Khuyết tật nghe, nói", "Hearing and speech", ("Nghe, nói", "Nghe", "Nói", "Câm điếc")),
    Choice("sight", "Khuyết tật nhìn", "Sight", ("Nhìn", "Khiếm thị", "Mù")),
    Choice(
        "mental",
        "Khuyết tật thần kinh, tâm thần",
        "Mental and psychiatric",
        ("Thần kinh, tâm thần", "Thần kinh", "Tâm thần"),
    ),
    Choice("intellectual", "Khuyết tật trí tuệ", "Intellectual", ("Trí tuệ", "Chậm phát triển trí tuệ")),
    Choice("other", "Khuyết tật khác", "Other", ("Khác", "Tự kỷ", "Dạng khác")),
)


def disabled_by_degree(draft: Draft) -> None:
    """A degree of disability on the certificate says that the child is disabled, where the list does not say it itself."""
    for index, row in enumerate(draft.rows):
        degree = row.values.get("disability_degree")
        if degree is not None and row.values.get("disabled") is None and is_open(row, "disabled"):
            draft.rows[index] = changed(row, disabled=degree != DISABILITY_DEGREE.none)


TEMPLATE = Template(
    name="disability_list",
    vi="Danh sách trẻ em, học sinh khuyết tật",
    en="List of disabled children",
    sheet="Khuyết tật",
    columns=(
        *person_columns(),
        *SCHOOLING_COLUMNS,
        of_the_roster(
            "disabled",
            _DISABILITY,
            guide_vi="Có thể để trống nếu đã ghi mức độ: mức độ trên giấy xác nhận đã nói lên điều đó.",
            guide_en="May be empty where the degree is given: the degree on the certificate says so.",
            example="Có",
        ),
        Column(
            "disability_kind",
            "Dạng khuyết tật",
            "Kind of disability",
            CellKind.CHOICE,
            _DISABILITY,
            ("Dạng tật", "Loại khuyết tật", "Dạng KT", "Loại tật"),
            choices=_KINDS,
            guide_vi="Theo giấy xác nhận. Nhiều dạng thì ghi dạng chính.",
            guide_en="By the certificate. Of several kinds, the main one.",
            example="Khuyết tật vận động",
            width=22,
        ),
        of_the_roster("disability_degree", _DISABILITY, example="Khuyết tật nặng"),
        of_the_roster("inclusive", _DISABILITY, example="Có"),
        Column(
            "certificate_number",
            "Số giấy xác nhận khuyết tật",
            "Certificate number",
            CellKind.TEXT,
            _CERTIFICATE,
            ("Số giấy xác nhận", "Số GXN", "Số hiệu giấy xác nhận", "Giấy xác nhận khuyết tật số", "Số GXNKT"),
            example="099/GXN",
            width=18,
        ),
        Column(
            "certificate_date",
            "Ngày cấp giấy xác nhận",
            "Date of certificate",
            CellKind.DATE,
            _CERTIFICATE,
            ("Ngày cấp", "Ngày cấp GXN", "Ngày xác nhận"),
            guide_vi="Ngày/tháng/năm cấp.",
            guide_en="Day/month/year of issue.",
            example="20/08/2024",
            width=13,
        ),
    ),
    key_column="full_name",
    header_columns=COMMUNE_COLUMNS,
    checks=(
        identity_numbers,
        once(
            by_value("learner_code", "mã học sinh", "learner code"),
            by_value("identity_number", "số định danh", "identity number"),
            by_person("birth_date"),
        ),
        disabled_by_degree,
    ),
    intro_vi=("Mỗi em một dòng.", *INTRO_VI),
    intro_en=("One row for each child.", *INTRO_EN),
)
