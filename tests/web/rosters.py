"""Small rosters of made-up children, as workbooks a school might send."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

SCHOOL = {
    "Tên trường": "Trường Mầm non Thử Nghiệm",
    "Năm học": "2023-2024",
    "Loại hình": "Công lập",
    "Loại trường": "Trường bình thường",
    "Vùng nơi trường đặt": "Không thuộc vùng khó khăn",
    "Xã có thôn đặc biệt khó khăn": "Không",
}
ORDINARY = {
    "Mã học sinh": "",
    "Họ và tên": "",
    "Ngày sinh": "10/05/2018",
    "Giới tính": "Nữ",
    "Dân tộc": "Kinh",
    "Lớp": "Lá 1",
    "Khối": "",
    "Cấp học": "Mẫu giáo",
    "Hộ nghèo, cận nghèo (hộ của cha mẹ)": "Không thuộc hộ nghèo, cận nghèo",
    "Sống cùng ông bà": "Không sống cùng ông bà",
    "Khuyết tật": "Không",
    "Học hòa nhập": "Không",
    "Mồ côi": "Còn cha và mẹ",
    "Không có nguồn nuôi dưỡng": "Không",
    "Người có công": "Không thuộc diện",
    "Con hạ sĩ quan, binh sĩ tại ngũ": "Không",
    "Cha mẹ bị tai nạn lao động, bệnh nghề nghiệp": "Không",
    "Cha mẹ là công nhân khu công nghiệp": "Không",
    "Tình trạng học tập": "Đang học bình thường",
    "Nơi thường trú của em": "Không thuộc vùng khó khăn",
    "Nơi thường trú của cha, mẹ hoặc người giám hộ": "Không thuộc vùng khó khăn",
    "Khoảng cách từ nhà đến trường (km)": "1,2",
    "Địa hình cách trở": "Không",
    "Bán trú (ở lại trong tuần)": "Không",
    "Nhà trường bố trí chỗ ở": "Không",
    "Ở gần trường cùng người thân": "Không",
    "Học tiếng Việt trước khi vào lớp 1": "Không",
}
POVERTY = "Hộ nghèo, cận nghèo (hộ của cha mẹ)"
# One of each answer for the lunch of 2023-2024: yes, cannot say, no; and one cell that cannot be read.
THREE = (
    {"Mã học sinh": "M01", "Họ và tên": "Thạch Thị Ngọc Ánh", POVERTY: "Hộ nghèo"},
    {"Mã học sinh": "M02", "Họ và tên": "Trần Gia Hoà", POVERTY: ""},
    {"Mã học sinh": "M03", "Họ và tên": "Nguyễn Hoàng Bảo Ân", "Khuyết tật": "có lẽ"},
)


def workbook(children: Sequence[Mapping[str, str]] = THREE, school: Mapping[str, str] = SCHOOL) -> bytes:
    """An .xlsx of the children, each an ordinary child changed by what is given."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # Without a day of its own a workbook carries the second it was made in, and is another file a second later.
    book.set_properties({"created": datetime(2025, 9, 1)})  # noqa: DTZ001 (a workbook knows no time zones)
    facts = book.add_worksheet("Thông tin trường")
    for row, (label, value) in enumerate(school.items()):
        facts.write_row(row, 0, (label, value))
    sheet = book.add_worksheet("Danh sách")
    headings = list(dict.fromkeys([*ORDINARY, *(heading for child in children for heading in child)]))
    sheet.write_row(0, 0, headings)
    for row, child in enumerate(children, start=1):
        sheet.write_row(row, 0, [{**ORDINARY, **child}.get(heading, "") for heading in headings])
    book.close()
    return file.getvalue()


def many(count: int) -> bytes:
    """A workbook of `count` children in classes of thirty, every third from a poor household."""
    return workbook(
        [
            {
                "Mã học sinh": f"M{n:05d}",
                "Họ và tên": f"Nguyễn Thị {['Ánh', 'Ân', 'Bình', 'Đào', 'Ý'][n % 5]}",
                "Lớp": f"Lá {n // 30 + 1}",
                POVERTY: ("Hộ nghèo", "", "Không thuộc hộ nghèo, cận nghèo")[n % 3],
            }
            for n in range(count)
        ]
    )
