"""Banks of Vietnam by the six digits (BIN) under which NAPAS routes a transfer to an account.

Unconfirmed: the codes were compared across open lists of VietQR's (among them neopayvn/neopay-library, defined/bank.js), not
with a list of NAPAS or of the State Bank itself. A bank that was renamed keeps its code; its older names are kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Bank:
    """A bank: its code, the name it goes by, its name in the law's words, and other names people write."""

    bin: str
    short: str
    name: str
    others: tuple[str, ...] = ()


# code | short name | name | other names, divided by semicolons
_TABLE = """\
970400 | SaigonBank | Ngân hàng TMCP Sài Gòn Công Thương | SGB
970403 | Sacombank | Ngân hàng TMCP Sài Gòn Thương Tín | STB
970405 | Agribank | Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam | VBARD; NHNo
970406 | Vikki Bank | Ngân hàng TNHH MTV Số Vikki | DongA Bank; Đông Á; DAB
970407 | Techcombank | Ngân hàng TMCP Kỹ thương Việt Nam | TCB
970408 | GPBank | Ngân hàng TNHH MTV Dầu khí Toàn cầu | GPB
970409 | Bac A Bank | Ngân hàng TMCP Bắc Á | BacABank; NASB; Bắc Á
970410 | Standard Chartered | Ngân hàng TNHH MTV Standard Chartered Việt Nam | SCVN
970412 | PVcomBank | Ngân hàng TMCP Đại Chúng Việt Nam | PVCB
970414 | MBV | Ngân hàng TNHH MTV Việt Nam Hiện Đại | OceanBank; Đại Dương
970415 | VietinBank | Ngân hàng TMCP Công thương Việt Nam | ICB; CTG
970416 | ACB | Ngân hàng TMCP Á Châu | Á Châu
970418 | BIDV | Ngân hàng TMCP Đầu tư và Phát triển Việt Nam |
970419 | NCB | Ngân hàng TMCP Quốc Dân |
970421 | VRB | Ngân hàng Liên doanh Việt - Nga |
970422 | MB | Ngân hàng TMCP Quân đội | MB Bank; MBBank
970423 | TPBank | Ngân hàng TMCP Tiên Phong | TPB
970424 | Shinhan Bank | Ngân hàng TNHH MTV Shinhan Việt Nam | ShinhanBank; SHBVN
970425 | ABBANK | Ngân hàng TMCP An Bình | ABB
970426 | MSB | Ngân hàng TMCP Hàng Hải Việt Nam | Maritime Bank
970427 | VietABank | Ngân hàng TMCP Việt Á | VAB
970428 | Nam A Bank | Ngân hàng TMCP Nam Á | NamABank; NAB
970429 | SCB | Ngân hàng TMCP Sài Gòn |
970430 | PGBank | Ngân hàng TMCP Thịnh vượng và Phát triển | PG Bank; PGB
970431 | Eximbank | Ngân hàng TMCP Xuất Nhập khẩu Việt Nam | EIB
970432 | VPBank | Ngân hàng TMCP Việt Nam Thịnh Vượng | VPB
970433 | VietBank | Ngân hàng TMCP Việt Nam Thương Tín |
970434 | Indovina Bank | Ngân hàng TNHH Indovina | IVB
970436 | Vietcombank | Ngân hàng TMCP Ngoại thương Việt Nam | VCB
970437 | HDBank | Ngân hàng TMCP Phát triển Thành phố Hồ Chí Minh | HDB
970438 | BAOVIET Bank | Ngân hàng TMCP Bảo Việt | BaoVietBank; BVB
970439 | Public Bank | Ngân hàng TNHH MTV Public Việt Nam | PBVN; VID
970440 | SeABank | Ngân hàng TMCP Đông Nam Á | SEAB
970441 | VIB | Ngân hàng TMCP Quốc tế Việt Nam |
970442 | Hong Leong Bank | Ngân hàng TNHH MTV Hong Leong Việt Nam | HLBank; HLBVN
970443 | SHB | Ngân hàng TMCP Sài Gòn - Hà Nội |
970444 | VCBNeo | Ngân hàng TNHH MTV Ngoại thương Công nghệ số | CBBank; Xây dựng
970446 | Co-opBank | Ngân hàng Hợp tác xã Việt Nam | COOPBANK
970448 | OCB | Ngân hàng TMCP Phương Đông |
970449 | LPBank | Ngân hàng TMCP Lộc Phát Việt Nam | LienVietPostBank; LPB
970452 | Kienlongbank | Ngân hàng TMCP Kiên Long | KLB
970454 | BVBank | Ngân hàng TMCP Bản Việt | Viet Capital Bank; VietCapitalBank; VCCB
970457 | Woori Bank | Ngân hàng TNHH MTV Woori Việt Nam | Woori; WVN
970458 | UOB | Ngân hàng TNHH MTV United Overseas Bank Việt Nam | UOB Việt Nam
"""


def _read() -> Mapping[str, Bank]:
    found = {}
    for row in _TABLE.splitlines():
        code, short, name, others = (part.strip() for part in row.split("|"))
        found[code] = Bank(code, short, name, tuple(other.strip() for other in others.split(";") if other.strip()))
    return found


BANKS = _read()  # Code → bank, in the order of the codes.
