"""What the kinds of places are called in the sheets of the field."""

from __future__ import annotations

from linli.places.policy.kinds import PlaceKind as Kind

WORDS = {
    Kind.DISTRICT: ("区", "区县", "县", "行政区"),
    Kind.SUBDISTRICT: ("街道", "街道办", "街道办事处", "镇", "乡"),
    Kind.COMMUNITY: ("社区", "村", "行政村"),
    Kind.ESTATE: ("小区", "居民小区", "住宅小区", "楼盘"),
    Kind.COURTYARD: ("院落", "院子", "庭院", "大院"),
    Kind.BUILDING: ("楼栋", "楼", "栋", "幢", "楼房", "楼宇"),
    Kind.STAIRWELL: ("单元", "楼道", "梯", "门洞"),
    Kind.HOUSEHOLD: ("户", "住户", "家庭户", "门牌", "房屋", "房号", "door"),
}
_KINDS = {word: kind for kind, words in WORDS.items() for word in (*words, kind.value)}


def kind_of(text: str) -> Kind | None:
    """Return the kind that `text` (Chinese or English) names, or None."""
    return _KINDS.get("".join(text.casefold().split()))
