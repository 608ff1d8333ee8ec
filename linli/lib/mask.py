"""The one gate for public text: what identifies a person goes, every other character stays.

The text is read through a copy of equal length, in half width and with one sign for every separator, so
that a find in the copy is a place in the original. Each rule looks at a window between the borders of
number blocks; all windows that fit are masked, overlapping ones together: recall before precision.
Every step is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

MARK = "●●●"


class Kind(IntEnum):
    """What was found; where two overlap, the lower number names the find."""

    ID = 1
    BANK = 2
    MOBILE = 3
    LANDLINE = 4
    EMAIL = 5
    PLATE = 6


@dataclass(frozen=True, slots=True)
class Masked:
    """A text fit to be public, and the kinds of what was taken out, one for each mark, in order."""

    text: str
    found: tuple[Kind, ...]


type _Find = tuple[int, int, Kind]
"""Start and end in the text, kind."""


def mask_text(text: str, *, only: Collection[Kind] = tuple(Kind)) -> Masked:
    """Put `MARK` for ID numbers, bank cards, telephone numbers, e-mail addresses and number plates.

    `only`: of these kinds. What is one of them and something else at once is masked.
    Reads half and full width and up to five spaces, dots, dashes or middle dots between characters.
    Masked text passes unchanged. Chinese numerals (一三八…) are not read.
    """
    plain = text.translate(_Plain())
    bare = plain.translate(_Bare())
    found = [*_find_numbers(plain, bare), *_find_plates(bare), *_find_addresses(plain)]
    finds = sorted(find for find in found if find[2] in only)
    parts, kinds, done = [], [], 0
    for start, end, kind in _merge(finds):
        parts += [text[done:start], MARK]
        kinds.append(kind)
        done = end
    return Masked("".join([*parts, text[done:]]), tuple(kinds))


def _merge(finds: list[_Find]) -> list[_Find]:
    """Join overlapping finds (sorted by start)."""
    merged: list[_Find] = []
    for start, end, kind in finds:
        if merged and start < merged[-1][1]:
            before = merged[-1]
            merged[-1] = (before[0], max(end, before[1]), min(kind, before[2]))
        else:
            merged.append((start, end, kind))
    return merged


class _Plain(dict[int, str]):
    """For `str.translate`: half width, ASCII digits, a tab as a space; one character for one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.digit(char, None)
        plain = unicodedata.normalize("NFKC", char) if digit is None else str(digit)
        self[code] = " " if char == "\t" else plain if len(plain) == 1 else char
        return self[code]


_SEPARATORS = frozenset(" ._()。·・•‧∙⋅…−─━\x00")


class _Bare(dict[int, str]):
    """For `str.translate`: one space for each separator or invisible character, capitals for ASCII."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        apart = char in _SEPARATORS or unicodedata.category(char) in {"Zs", "Pd", "Cf", "Mn", "Me"}
        self[code] = " " if apart else char.upper() if char.isascii() else char
        return self[code]


# --- numbers ---------------------------------------------------------------------------------------

_RUN = re.compile(r"[0-9](?: {0,5}+[0-9])*+(?: {0,5}X)?")
_MOBILE = re.compile(r"(?:0|(?:00)?86)?1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:0|(?:00)?86)(?:(?:10|2[0-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})")
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_OLD_ID = re.compile(_PROVINCE + r"[0-9]{6}" + _MONTH_DAY + r"[0-9]{3}")
_NEW_ID = re.compile(r"([0-9]{6})(?:18|19|20)[0-9]{2}" + _MONTH_DAY + r"[0-9]{3}[0-9X]")
_ANY_DAY = r"(?:19|20)[0-9]{2}[-.][0-9]{1,2}[-.][0-9]{1,2}"
_COMPACT_DAY = rf"(?:19|20)[0-9]{{2}}{_MONTH_DAY}"
# Only what a number cut up at random hardly ever resembles: a padded day of our time, or two days.
_DAY = re.compile(
    r"(?<![0-9])(?:20[0-4][0-9]([-.])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])"
    rf"|{_ANY_DAY}[^0-9]{{1,5}}{_ANY_DAY}|{_COMPACT_DAY}[^0-9]{{1,5}}{_COMPACT_DAY})(?![0-9])"
)
_LONE_DAY = re.compile(
    r"(?<![0-9])(?<![0-9]\.)(?<![0-9]-)(?:19|20)[0-9]{2}([-.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9]|\1[0-9])"
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_SHORTEST, _LONGEST = 11, 19


class _Run:
    """A run of digits with separators between, seen as bare signs with their places."""

    def __init__(self, start: int, bare: str, plain: str) -> None:
        self.places = [start + at for at, char in enumerate(bare) if char != " "]
        self.signs = bare.replace(" ", "")
        self.days = _day_ends(self.places, start, plain)
        gaps = [after - before > 1 for before, after in zip(self.places, self.places[1:], strict=False)]
        self.opens = [True, *gaps]
        self.closes = [True, *gaps, True]
        if self.signs.endswith("X"):
            self.closes[-2] = True
        for match in _LONE_DAY.finditer(plain):
            for inner in range(
                bisect_left(self.places, start + match.start()) + 1, bisect_left(self.places, start + match.end())
            ):
                self.opens[inner] = self.closes[inner] = False
        self.sums = _luhn_sums(self.signs)

    def windows(self) -> Iterator[_Find]:
        """Give the finds in all windows that begin and end at the borders of blocks."""
        for start, opens in enumerate(self.opens):
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(self.signs)) + 1) if opens else ():
                if self.closes[end] and (kind := self.judge(start, end)):
                    yield self.places[start], self.places[end - 1] + 1, kind

    def judge(self, start: int, end: int) -> Kind | None:
        """Return what the signs [start, end) are; None for ordinary numbers."""
        window = self.signs[start:end]
        whole = self.places[end - 1] - self.places[start] == end - start - 1
        if _is_id(window, whole=whole):
            return Kind.ID
        if window.endswith("X") or self.days[start] <= end:
            return None
        if len(window) >= 16:
            return Kind.BANK if self.passes_luhn(start, end) else None
        if _MOBILE.fullmatch(window):
            return Kind.MOBILE
        return Kind.LANDLINE if _LANDLINE.fullmatch(window) else None

    def passes_luhn(self, start: int, end: int) -> bool:
        """Say whether the digits [start, end) have a right Luhn check digit."""
        sums = self.sums[end % 2]
        return (sums[end] - sums[start]) % 10 == 0


def _day_ends(places: list[int], start: int, plain: str) -> list[int]:
    """Return for each sign the end of the first written day that starts there or later (beyond all: none)."""
    ends = [len(places) + 1] * (len(places) + 1)
    for match in _DAY.finditer(plain):
        ends[bisect_left(places, start + match.start())] = bisect_left(places, start + match.end())
    for at in range(len(places) - 1, -1, -1):
        ends[at] = min(ends[at], ends[at + 1])
    return ends


def _luhn_sums(signs: str) -> tuple[list[int], list[int]]:
    """Return running sums for windows with an even and with an odd end: digits doubled or not, in turn."""
    sums: tuple[list[int], list[int]] = ([0], [0])
    for at, sign in enumerate(signs):
        digit = int(sign) if sign != "X" else 0
        doubled = digit * 2 - 9 * (digit > 4)
        for parity in (0, 1):  # the last digit, at end - 1, is not doubled
            sums[parity].append(sums[parity][-1] + (doubled if at % 2 == parity else digit))
    return sums


def _is_id(window: str, *, whole: bool) -> bool:
    """Say whether `window` is a citizen's number: old with 15 digits, new (GB 11643) with 18 signs.

    One that stands whole, without separators, is taken with a wrong check digit too.
    """
    if len(window) == 15:
        return _OLD_ID.fullmatch(window) is not None
    if not _NEW_ID.fullmatch(window):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(window, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == window[-1] or (whole and re.match(_PROVINCE, window) is not None)


def _find_numbers(plain: str, bare: str) -> Iterator[_Find]:
    for match in _RUN.finditer(bare):
        start, end = match.span()
        if end - start >= _SHORTEST:
            for first, last, kind in _Run(start, match[0], plain[start:end]).windows():
                yield _widen(plain, first, last), last, kind


def _widen(plain: str, start: int, end: int) -> int:
    """Return a start that also takes in the plus and the bracket before a telephone number."""
    while start and (plain[start - 1] == "+" or (plain[start - 1] == "(" and ")" in plain[start:end])):
        start -= 1
    return start


# --- plates and addresses --------------------------------------------------------------------------

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] {0,3}[A-HJ-NP-Z] {0,3}"
    r"((?:[A-HJ-NP-Z0-9] {0,3}){4,5}[A-HJ-NP-Z0-9挂学警港澳试超])(?![A-Z0-9])"
)


def _find_plates(bare: str) -> Iterator[_Find]:
    """Give number plates (GA 36): five signs, or six for new energy, at least three of them digits."""
    for match in _PLATE.finditer(bare):
        if sum(char.isdigit() for char in match[1]) >= 3:
            yield *match.span(), Kind.PLATE


_NAME = r"[A-Za-z0-9_%+.\-\u200b-\u200d\u2060\ufeff]"
_BEFORE = re.compile(rf" {{0,3}}(?:{_NAME}(?: {{1,2}}{_NAME}(?!{_NAME}))++|{_NAME}++)")
_LABEL = r"[A-Za-z0-9\-\u200b-\u200d\u2060\ufeff]"
_AFTER = re.compile(
    rf" {{0,3}}(?:(?:{_LABEL} {{1,2}})++\.(?: {{1,2}}{_LABEL}(?!{_LABEL}))++"
    rf"|{_LABEL}++(?: {{0,2}}[.。]{_LABEL}++| {{1,2}}\. {{0,2}}{_LABEL}++)++)"
)
_LETTERS = re.compile(r"[.。][^.。]*[A-Za-z] {0,2}[A-Za-z]")


def _find_addresses(plain: str) -> Iterator[_Find]:
    """Give e-mail addresses: outward from each @, so that no sign is read more than twice."""
    last = -1
    at = plain.find("@")
    while at >= 0:
        before = _BEFORE.match(plain[last + 1 : at][::-1])
        after = _AFTER.match(plain, at + 1)
        if before and after and _LETTERS.search(after[0]):
            yield at - before.end(), after.end(), Kind.EMAIL
        last, at = at, plain.find("@", at + 1)


# --- names -----------------------------------------------------------------------------------------

_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|长孙|宇文|司徒|司空|令狐|夏侯|轩辕|端木|百里|东郭|南宫|呼延|西门|独孤|南门|"
    "申屠|公冶|澹台|淳于|单于|太史|闻人|钟离|鲜于|闾丘|公羊|赫连|濮阳|宗政|第五|拓跋|完颜|歐陽|司馬|諸葛|東方|尉遲|公孫|長孫|"
    "軒轅|獨孤|鍾離|鮮于|東郭"
)


def mask_name(name: str) -> str:
    """Return a name for the public: the surname, and 某 for each sign of a Chinese given name (at most two).

    王小明 → 王某某, 欧阳锋 → 欧阳某, John Smith → J***; the empty name stays empty. Spaces do not count.
    """
    signs = "".join(name.split())
    if not signs:
        return ""
    if not _is_han(signs[0]):
        return signs[0] + "***"
    surname = signs[:2] if len(signs) > 2 and _COMPOUND.match(signs) else signs[0]
    return surname + "某" * max(1, min(2, len(signs) - len(surname)))


@lru_cache(maxsize=4096)
def _is_han(char: str) -> bool:
    return char == "〇" or unicodedata.name(char, "").startswith("CJK ")
