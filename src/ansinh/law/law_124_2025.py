"""Law on Vocational Education 124/2025/QH15, in force 1 January 2026; follows Law 74/2014/QH13.

Only its number, in Decree 95/2026 (source DX95), and its first day were read: what it says of learners' support is unknown.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, Replaces

UNREAD = Doubt(
    "Chưa đọc được Luật 124/2025/QH15: ngày thông qua và chính sách đối với người học phải được kiểm tra.",
    "Law 124/2025 was not read: its day of passing and its policies for learners must be checked.",
)

DOCUMENT = Document(
    id="luat-124-2025",
    number="124/2025/QH15",
    kind="law",
    title_vi="Giáo dục nghề nghiệp",
    title_en="Vocational education",
    issued=date(2025, 12, 10),
    since=date(2026, 1, 1),
    source="DX95",
    mark=Mark.UNCONFIRMED,
    replaces=(Replaces("luat-74-2014"),),
    doubts=(UNREAD,),
)
