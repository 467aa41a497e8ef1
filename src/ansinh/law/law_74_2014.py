"""Law on Vocational Education 74/2014/QH13: who is tuition-free in vocational education (Article 62.2), from 1 July 2015.

Read in the official codification (source PDGDNN). The decrees on tuition carry its groups, and the rules stand there. Its day
of passing is from memory; it was followed by Law 124/2025/QH15 on 1 January 2026.
"""

from datetime import date

from ansinh.core.rules import Document, Mark

DOCUMENT = Document(
    id="luat-74-2014",
    number="74/2014/QH13",
    kind="law",
    title_vi="Giáo dục nghề nghiệp",
    title_en="Vocational education",
    issued=date(2014, 11, 27),
    since=date(2015, 7, 1),
    source="PDGDNN",
    mark=Mark.FULL_TEXT,
)
