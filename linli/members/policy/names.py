"""Names in pinyin, for order and for search. Family names have readings of their own: 曾 is zeng, not ceng.

No kept library for Python knows them (pypinyin reads 曾 as in 曾经), so they stand here: those of the dictionaries
(《通用规范汉字字典》,《现代汉语词典》) wherever pypinyin gives another. The family name stands first, as
GB/T 28039-2011 spells the names of people.
"""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

LONGEST = 160
"""What the column holds; a longer key is cut, and the name still found by its beginning."""
DOTS = frozenset("·•・.")
"""Stand in names that begin with no Chinese family name: 阿卜杜热合曼·买买提."""
SURNAMES = {
    name: tuple(reading.split())
    for names, reading in (
        ("曾", "zeng"), ("单", "shan"), ("查", "zha"), ("仇", "qiu"), ("朴", "piao"), ("区", "ou"), ("解", "xie"),
        ("覃", "qin"), ("盖", "ge"), ("翟 祭", "zhai"), ("缪", "miao"), ("乐", "yue"), ("秘", "bi"), ("薄", "bo"),
        ("种 重", "chong"), ("繁", "po"), ("洗", "xian"), ("句", "gou"), ("佴 能", "nai"), ("员", "yun"), ("折", "she"),
        ("都", "du"), ("粘", "nian"), ("藏", "zang"), ("炅", "gui"), ("阚", "kan"), ("乜", "nie"), ("召", "shao"),
        ("欧阳", "ou yang"), ("尉迟", "yu chi"), ("万俟", "mo qi"), ("单于", "chan yu"), ("澹台", "tan tai"),
        ("长孙", "zhang sun"), ("亓官", "qi guan"), ("乐正", "yue zheng"), ("子车", "zi ju"), ("拓跋", "tuo ba"),
        ("令狐", "ling hu"), ("鲜于", "xian yu"), ("宰父", "zai fu"), ("夹谷", "jia gu"), ("皇甫", "huang fu"),
    )
    for name in names.split()
}  # fmt: skip
"""Family name, of one character or two → its syllables."""


def name_key(name: str) -> str:
    """Return pinyin and initials of `name`, by which people are put in order and found: 王小明 → "wang xiao ming wxm".

    Where the family name has a reading of its own, the usual reading of its characters follows: people type either.
    """
    right, usual = _key(name, own=True), _key(name, own=False)
    return (right if right == usual else f"{right} {usual}")[:LONGEST].rstrip()


def _key(name: str, *, own: bool) -> str:
    family = "" if DOTS & set(name) else _family(name)
    given = name[len(family) :]
    first = SURNAMES[family] if own and family in SURNAMES else lazy_pinyin(family)
    initials = [syllable[0] for syllable in first] + lazy_pinyin(given, style=Style.FIRST_LETTER)
    return " ".join([*first, *lazy_pinyin(given), "".join(initials)]).casefold()


def _family(name: str) -> str:
    """Return the family name with which `name` begins; the given name is read on its own, so no word joins them."""
    if name[:2] in SURNAMES:
        return name[:2]
    return name[:1] if not name[:1].isascii() else ""
