"""Decision 131/QĐ-TTg: coastal and island communes of 2016 to 2020 (source PD13).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 131/QĐ-TTg: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 131/QĐ-TTg: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-131-2017",
    number="131/QĐ-TTg",
    kind="decision",
    title_vi="Danh sách các xã đặc biệt khó khăn vùng bãi ngang, ven biển và hải đảo giai đoạn 2016-2020",
    title_en="Extremely difficult coastal and island communes, 2016 to 2020",
    issued=date(2017, 1, 25),
    since=date(2017, 1, 25),
    source="PD13",
    mark=Mark.FULL_TEXT,
    doubts=(UNREAD,),
)
