"""Text typed before Unicode: TCVN3 (.VnTime fonts) and VNI. Recognised by whether words are Vietnamese syllables.

Both sets store Latin-1 letters that only their own fonts show as Vietnamese: `NguyÔn` is Nguyễn in TCVN3, `Nguyeãn` in VNI.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

TCVN3, VNI = "TCVN3", "VNI"

# The bytes of TCVN3, in the order of the letters below.
_TCVN3_FROM = bytes.fromhex(
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbcccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9aceaebec"
    "edeeeff1f2f3f4adf5f6f7f8f9fafbfcfdfeaea1a2a3a4a5a6a7"
).decode("latin-1")
_TCVN3_TO = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂÊÔƠƯĐ"
_TCVN3_MAP = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

# In VNI a mark is a letter written after its vowel; some letters stand for themselves.
_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_AFTER = {
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

_ONSETS = ("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", *"bcdđghklmnprstvx")
_RHYMES_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm
ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat
oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân
uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa
ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ieng ym yn yt ă â
"""
_RHYMES = frozenset(_RHYMES_LIST.split())
_RHYMES_AFTER_QU_LIST = """
a ai an ang anh at ac ach ay ao ă ăc ăm ăn ăng ăt ân âng ât ây e en eo et ê ên êt i ich it ôc ơ y yên yêt ynh yt
"""
_RHYMES_AFTER_QU = frozenset(_RHYMES_AFTER_QU_LIST.split())
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"

_VOWEL_START = re.compile(r"[aăâeêioôơuưy]")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word of letters can be a Vietnamese syllable: onset, rhyme, at most one tone, one case pattern."""
    if not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    if sum(parts.count(mark) for mark in _TONE_MARKS) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONE_MARKS))
    if bare in _RHYMES:
        return True
    for onset in _ONSETS:
        if bare.startswith(onset) and _VOWEL_START.match(bare[len(onset) :] or "-"):
            rest = bare[len(onset) :]
            if rest in (_RHYMES_AFTER_QU if onset == "qu" else _RHYMES):
                return True
    return bare == "gi" or (bare.startswith("g") and bare[1:] in ("in", "i", "im", "iêng", "iêt", "ia"))


def _foreign(char: str) -> bool:
    """A character that no Vietnamese text has, but legacy text often does."""
    return "\u00a1" <= char <= "\u00ff" and char not in "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý×÷°²³«»·§±½¼¾"


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,.;:()/\[\]\"'“”0-9_*!?+=%&<>|\\-]+", text) if word]


def _judge(text: str) -> tuple[int, int]:
    """(words with marks that are Vietnamese syllables, words with marks that are not)."""
    good = bad = 0
    for word in _words(text):
        if word.isascii():
            continue
        if word.isalpha() and not any(_foreign(char) for char in word) and is_syllable(word):
            good += 1
        else:
            bad += 1
    return good, bad


def vietnamese_share(text: str) -> float:
    """Of the words with letters outside ASCII, the share that are Vietnamese syllables; 1.0 when there are none."""
    good, bad = _judge(text[:50_000])
    return good / (good + bad) if good + bad else 1.0


def from_tcvn3(text: str) -> str:
    """TCVN3 letters to Unicode. Capital fonts keep small codes, so a name typed in .VnTimeH comes out in small letters."""
    return text.translate(_TCVN3_MAP)


def from_vni(text: str) -> str:
    """VNI letters to Unicode: a mark joins the vowel before it, the case is the vowel's own."""
    out: list[str] = []
    for char in text:
        low = char.lower()
        before = out[-1] if out else ""
        if low in _VNI_AFTER and before in tuple("aAeEoO") and _joins(before, low):
            out[-1] = unicodedata.normalize("NFC", before + _VNI_AFTER[low])
        elif low in _VNI_TONES and before and unicodedata.normalize("NFD", before)[0] in "aăâeêioơuưyAEIOUY":
            out[-1] = unicodedata.normalize("NFC", before + _VNI_TONES[low])
        elif low in _VNI_ALONE:
            out.append(_VNI_ALONE[low].upper() if char != low else _VNI_ALONE[low])
        else:
            out.append(char)
    return "".join(out)


def _joins(vowel: str, mark: str) -> bool:
    """The breve set goes with a alone; the circumflex set with a, e and o."""
    return vowel in "aA" or "\u0302" in _VNI_AFTER[mark]


@dataclass(frozen=True)
class Finding:
    """What the texts of one column seem to be typed in. No charset: Unicode. Not sure: legacy, which is not certain."""

    charset: str | None
    sure: bool = True


_MODERN = Finding(None)


def find(texts: Sequence[str]) -> Finding:
    """Judge the texts of one column together: one cell alone may be readable two ways."""
    votes = {TCVN3: 0, VNI: 0}
    suspects = modern = 0
    for text in texts:
        if text.isascii():
            continue
        is_modern, is_suspect, vote = _evidence(text)
        modern += is_modern
        suspects += is_suspect
        if vote is not None:
            votes[vote] += 1
    best = max(votes, key=lambda charset: votes[charset])
    other = VNI if best == TCVN3 else TCVN3
    if not votes[best] or modern > 2 * suspects:
        return _MODERN
    return Finding(best, sure=votes[best] > 4 * votes[other] and modern <= votes[best])


@lru_cache(maxsize=20_000)
def _evidence(text: str) -> tuple[bool, bool, str | None]:
    """What one text says of its column: surely Unicode, perhaps legacy, and the one legacy set in which it is whole."""
    _, bad = _judge(text)
    if not bad:
        # Letters such as ễ or ươ exist only in Unicode; à or ô alone may belong to a legacy word that looks whole.
        return any(ord(char) > 0xFF for char in text), False, None
    if any(ord(char) > 0x2FF for char in text):
        return False, False, None  # It already has letters that only Unicode has, for example a minority name.
    if not has_foreign(text):
        # Names of other peoples (Neáng, Niê, Kpă) are no Vietnamese syllables, and no legacy text either.
        return False, True, None
    as_tcvn3, as_vni = _judge(from_tcvn3(text)), _judge(from_vni(text))
    if as_tcvn3[1] == 0 and as_vni[1] > 0:
        return False, True, TCVN3
    return False, True, VNI if as_vni[1] == 0 and as_tcvn3[1] > 0 else None


def convert(text: str, charset: str) -> str | None:
    """One cell to Unicode, or None when the outcome has words that are not Vietnamese and the cell is not plain ASCII."""
    if text.isascii():
        return text
    changed = from_tcvn3(text) if charset == TCVN3 else from_vni(text)
    if any(ord(char) > 0x2FF or char in "ăĂđĐĩĨũŨơƠưƯ" for char in text):
        return text  # Already Unicode: a cell typed later, among old ones.
    return changed if _judge(changed)[1] == 0 else None


def has_foreign(text: str) -> bool:
    """Whether the text holds letters that no Vietnamese text has but legacy text does."""
    return any(_foreign(char) for char in text)


def suspect(text: str) -> bool:
    """Whether one cell by itself looks typed in a legacy set: foreign as it stands (Müller too), but whole once converted."""
    return has_foreign(text) and (_judge(from_tcvn3(text))[1] == 0 or _judge(from_vni(text))[1] == 0)
