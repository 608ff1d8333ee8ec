"""Kinds of activities that the house ships (design default; a subdistrict adds its own).

Indicators are those of the default sheet: LIFE-DH covers 党员大会, 党小组会 and 党课, LIFE-ZT 主题党日, VOL each
hour of service. Committee meetings earn nothing: they are the duty of the post.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.activities.policy.states import Due


@dataclass(frozen=True, slots=True)
class DefaultKind:
    """One kind: code, Chinese name, indicator ("" for none), counted by hour, who is due, public or not."""

    code: str
    name: str
    indicator: str = ""
    by_hour: bool = False
    due: Due = Due.MEMBERS
    public: bool = False


DEFAULT_KINDS = (
    DefaultKind("general-meeting", "党员大会", "LIFE-DH"),
    DefaultKind("committee", "支委会", due=Due.COMMITTEE),
    DefaultKind("group-meeting", "党小组会", "LIFE-DH"),
    DefaultKind("lesson", "党课", "LIFE-DH"),
    DefaultKind("theme-day", "主题党日", "LIFE-ZT"),
    DefaultKind("life-meeting", "组织生活会"),
    DefaultKind("volunteer", "志愿服务", "VOL", by_hour=True, due=Due.COMERS, public=True),
    DefaultKind("market", "便民服务集市", "VOL", by_hour=True, due=Due.COMERS, public=True),
    DefaultKind("patrol", "联防巡逻", "VOL", by_hour=True, due=Due.COMERS),
    DefaultKind("interest-group", "兴趣小组", due=Due.COMERS, public=True),
    DefaultKind("residents", "居民活动", due=Due.COMERS, public=True),
)
