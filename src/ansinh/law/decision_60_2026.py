"""Decision 60/QĐ-BDTTG: 824 communes of area III, 259 of II, 250 of I and 12,368 extremely difficult hamlets (source VNN60).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, Replaces

UNREAD = Doubt(
    "Quyết định 60/QĐ-BDTTG: đang lấy ngày báo đưa tin 04/02/2026; ngày ban hành, ngày áp dụng ở từng tỉnh và việc thay các danh sách 2021-2025 phải được kiểm tra.",
    "Decision 60/QĐ-BDTTG: the day of the press report, 4 February 2026, is used; its days of issue and application by province, and that it replaces the lists of 2021 to 2025, must be checked.",
)

DOCUMENT = Document(
    id="qd-60-2026",
    number="60/QĐ-BDTTG",
    kind="decision",
    title_vi="Danh sách xã, thôn vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2026-2030",
    title_en="Communes and hamlets of the ethnic-minority and mountainous region, 2026 to 2030",
    issued=date(2026, 2, 4),
    since=date(2026, 2, 4),
    source="VNN60",
    mark=Mark.SECONDARY,
    replaces=(
        Replaces("qd-861-2021"),
        Replaces("qd-612-2021"),
        Replaces("qd-698-2024"),
        Replaces("qd-497-2024"),
    ),
    doubts=(UNREAD,),
)
