"""A year of activities: what each branch does on which day. Nobody is asked to be at two places at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linli.demo.policy.days import Days, at
from linli.demo.policy.tree import COMMUNITIES
from linli.demo.policy.units import Unit, units
from linli.lib.month import Month

AHEAD = timedelta(days=35)
LIFE_MONTH = 12
MARKET_DAYS = (14, 28)
"""The article's market: on the 14th and 28th of each month at the pavilion."""
RAIN = (6, 28)
PAVILION = "聚福亭"
THEMES = ("重温入党誓词", "读书分享", "植绿护绿", "学习身边榜样", "老街坊讲故事", "垃圾分类入户讲解")
LESSONS = ("支部书记讲党课：怎样开好议事会", "微党课：楼道里的小事", "党课：志愿服务怎样做长久", "党课：红色网格与邻里")
SERVICES = ("美丽门庭清扫", "为老人理发、量血压", "旧书交换", "楼道堆物清理")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One activity of a body: kind, title, spot, times; `comers` come where nobody is due."""

    kind: str
    body: str
    title: str
    spot: str
    starts_at: datetime
    minutes: int
    comers: int = 0
    cancelled: str = ""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)


def year(days: Days) -> list[Occasion]:
    """Return the occasions from the first of the twelve months until some weeks after the as-of day."""
    months = [*days.months, Month.of(days.as_of), Month.of(days.as_of).following]
    found = [o for month in months for unit in enumerate(units()) for o in _branch(month, *unit)]
    found += [o for month in months for o in _communities(month)]
    found += _today(days)
    return [occasion for occasion in found if occasion.starts_at < days.moment + AHEAD]


def _branch(month: Month, index: int, unit: Unit) -> Iterator[Occasion]:
    first = month.first
    fixed = first + timedelta(days=5 + index * 3 % 18)
    spot = f"{unit.name.removesuffix('党支部')}党群服务站"
    theme = THEMES[(month.month + index) % len(THEMES)]
    yield Occasion("theme-day", unit.code, f"{month.month}月主题党日：{theme}", spot, at(fixed, 19), 75)
    yield Occasion("committee", unit.code, f"{month.month}月支委会", spot, at(fixed, 18), 45)
    place_in_quarter = (month.month - 1) % 3
    if place_in_quarter == 0:
        title = f"第{month.quarter}季度党员大会"
        yield Occasion("general-meeting", unit.code, title, spot, at(fixed + timedelta(days=1), 19), 75)
    if place_in_quarter == 1:
        title = LESSONS[(month.quarter + index) % len(LESSONS)]
        yield Occasion("lesson", unit.code, title, spot, at(fixed + timedelta(days=2), 19), 75)
    if month.month == LIFE_MONTH:
        life = first + timedelta(days=19 + index % 5)
        yield Occasion("life-meeting", unit.code, f"{month.year}年度组织生活会", spot, at(life, 14), 120)
    if month.month % 2 == index % 2:
        title = SERVICES[(month.month + index) % len(SERVICES)]
        yield Occasion("volunteer", unit.code, title, spot, at(_sunday(first, 1 + index % 4), 16, 30), 90, comers=8)


def _sunday(first: date, which: int) -> date:
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))


def _communities(month: Month) -> Iterator[Occasion]:
    for index, community in enumerate(COMMUNITIES):
        day = month.first + timedelta(days=2 + index * 3)
        yield Occasion(
            "patrol",
            f"{community.code}-ZZ",
            f"{community.name}志愿联防队巡逻",
            community.name,
            at(day, 20, 30),
            90,
            comers=6,
        )
    for number in MARKET_DAYS:
        rain = "大雨，改到下一次集市。" if (month.month, number) == RAIN else ""
        starts = at(month.first.replace(day=number), 9)
        yield Occasion(
            "market", "JM-ZZ", "阳善集市：修补、磨刀、理发", PAVILION, starts, 150, comers=12, cancelled=rain
        )
    for week in range(1, 5):
        starts = at(_sunday(month.first, week), 20, 30)
        yield Occasion("patrol", "JM-HT-ZB", "中海鸿庭志愿联防队巡逻", "中海鸿庭", starts, 90, comers=5)


def _today(days: Days) -> Iterator[Occasion]:
    """Something to sign in to by code at any time of the as-of day."""
    title = "院落开放日：维修小件、登记难题"
    yield Occasion("volunteer", "JM-HT-Y1-ZB", title, "丹桂院议事亭", at(days.as_of, 8), 12 * 60)
