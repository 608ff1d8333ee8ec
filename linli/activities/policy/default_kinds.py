"""Kinds of activities that the house ships (design default; a subdistrict adds its own).

Indicators are those of the default sheet: LIFE-DH covers 党员大会, 党小组会 and 党课, LIFE-ZT 主题党日, VOL each
hour of service; LIFE-BX and LIFE-BZ are earned by making up in time. Committee meetings earn nothing: they are the
duty of the post. Patrols need insurance (志愿服务条例 art. 17; rule V4) and adults.
"""

from __future__ import annotations

from linli.activities.policy.kinds import KindPlan, Life, Study
from linli.activities.policy.states import Due

COMERS, COMMITTEE = Due.COMERS, Due.COMMITTEE
ADULT = 18

DEFAULT_KINDS = (
    KindPlan(
        "general-meeting", "党员大会", "LIFE-DH", life=Life.GENERAL, study=Study.STUDY, made_up=True,
        make_up_indicator="LIFE-BX",
    ),
    KindPlan("committee", "支委会", due=COMMITTEE, life=Life.COMMITTEE),
    KindPlan(
        "group-meeting", "党小组会", "LIFE-DH", life=Life.GROUP, study=Study.STUDY, made_up=True,
        make_up_indicator="LIFE-BX",
    ),
    KindPlan(
        "lesson", "党课", "LIFE-DH", life=Life.LESSON, study=Study.STUDY, made_up=True, make_up_indicator="LIFE-BX"
    ),
    KindPlan(
        "theme-day", "主题党日", "LIFE-ZT", life=Life.THEME_DAY, study=Study.STUDY, made_up=True,
        make_up_indicator="LIFE-BZ",
    ),
    KindPlan("life-meeting", "组织生活会", life=Life.LIFE_MEETING, made_up=True),
    KindPlan("review", "民主评议", life=Life.REVIEW, made_up=True),
    KindPlan("talk", "谈心谈话", due=COMERS, life=Life.TALK),
    KindPlan("training", "集中培训", due=COMERS, study=Study.TRAINING),
    KindPlan("volunteer", "志愿服务", "VOL", by_hour=True, due=COMERS, public=True),
    KindPlan("market", "便民服务集市", "VOL", by_hour=True, due=COMERS, public=True),
    KindPlan("patrol", "联防巡逻", "VOL", by_hour=True, due=COMERS, risky=True, min_age=ADULT),
    KindPlan("interest-group", "兴趣小组", due=COMERS, public=True),
    KindPlan("course", "课程", due=COMERS, public=True),
    KindPlan("joint-meeting", "联席会议", due=COMERS),
    KindPlan("residents", "居民活动", due=COMERS, public=True),
)  # fmt: skip
