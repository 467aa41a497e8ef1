"""Decision 82/2006/QĐ-TTg: scholarship of ethnic boarding and pre-university pupils. Cited only: Joint Circular 109/2009 carries it out.

Number and day of issue as named in a secondary page (source LN109); its text was not read.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

DOCUMENT = Document(
    id="qd-82-2006",
    number="82/2006/QĐ-TTg",
    kind="decision",
    title_vi="Điều chỉnh học bổng chính sách và trợ cấp xã hội đối với học sinh dân tộc nội trú, dự bị đại học dân tộc",
    title_en="Scholarship of ethnic boarding and pre-university pupils",
    issued=date(2006, 4, 14),
    since=date(2006, 4, 14),
    source="LN109",
    mark=Mark.SECONDARY,
    doubts=(
        Doubt(
            "Chưa đọc được Quyết định 82/2006/QĐ-TTg: tên gọi và ngày hiệu lực (đang lấy ngày ban hành) phải được đối chiếu.",
            "The text of Decision 82/2006 was not read: its title and first day (the day of issue is used) must be checked.",
        ),
    ),
)
