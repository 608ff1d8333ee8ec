"""The article's subdistrict: 8 general branches, 28 branches at every depth, 1,017 members.

Three communities carry the article's names; the other five, and all estates but two, are invented after plants.
"""

from __future__ import annotations

from dataclasses import dataclass

SUBDISTRICT = ("MXH", "梅溪湖街道（演示）")
DISTRICT = ("QU", "演示区")
MEMBERS = 1017


@dataclass(frozen=True, slots=True)
class Yard:
    """A courtyard with a branch of its own: its buildings and its members."""

    code: str
    name: str
    buildings: int
    members: int


@dataclass(frozen=True, slots=True)
class Estate:
    """An estate with its branch; `members` are those of the estate's own branch, without its courtyards'."""

    code: str
    name: str
    members: int
    buildings: int = 3
    floors: int = 6
    groups: bool = False
    owners: bool = True
    yards: tuple[Yard, ...] = ()


@dataclass(frozen=True, slots=True)
class Community:
    """A community with its general branch, its residents' committee of `seats` and its way of working."""

    code: str
    name: str
    seats: int
    model: str
    estates: tuple[Estate, ...]


HONTING = Estate(
    "HT",
    "中海鸿庭",
    36,
    groups=True,
    yards=(Yard("Y1", "丹桂院", 4, 41), Yard("Y2", "玉兰院", 4, 38), Yard("Y3", "香樟院", 4, 33)),
)
"""The estate whose courtyard model is complete: down to building groups and centre households."""

COMMUNITIES = (
    Community(
        "JM",
        "金茂社区",
        6,
        "小区党支部+美丽门庭+区域化共建+楼栋党小组",
        (
            HONTING,
            Estate("YH", "梅溪湖壹号", 46, buildings=4, groups=True),
            Estate("JJ", "金桔苑", 40, groups=True),
        ),
    ),
    Community(
        "YM",
        "阳明山庄社区",
        6,
        "美丽楼道+区域化党建+党员家庭户+志愿服务团队",
        (
            Estate("Q1", "阳明山庄一区", 44, groups=True),
            Estate("Q2", "阳明山庄二区", 39, groups=True),
            Estate("Q3", "阳明山庄三区", 35),
            Estate("SG", "松果苑", 31, owners=False),
        ),
    ),
    Community(
        "RL",
        "润龙社区",
        6,
        "党建领航+区域化共建+新市民转型",
        (
            Estate("J1", "润龙家园一期", 52, buildings=4),
            Estate("J2", "润龙家园二期", 38, buildings=4),
            Estate("XJ", "小橘苑", 37, owners=False),
            Estate("DG", "稻谷苑", 30, owners=False),
        ),
    ),
    Community(
        "TX",
        "桃溪社区",
        6,
        "",
        (Estate("SM", "水蜜桃苑", 45), Estate("YT", "油桃苑", 36), Estate("PT", "蟠桃苑", 28)),
    ),
    Community(
        "ML",
        "梅岭社区",
        5,
        "",
        (Estate("QM", "青梅苑", 40), Estate("YM", "杨梅苑", 33), Estate("WM", "乌梅苑", 27, owners=False)),
    ),
    Community(
        "YX",
        "银杏社区",
        5,
        "",
        (Estate("BG", "白果苑", 38), Estate("JY", "金叶苑", 34), Estate("LY", "落叶苑", 29, owners=False)),
    ),
    Community(
        "FL",
        "枫林社区",
        5,
        "",
        (Estate("HY", "红叶苑", 42), Estate("FT", "枫糖苑", 31), Estate("FX", "枫香苑", 24, owners=False)),
    ),
    Community("ZY", "竹园社区", 5, "", (Estate("DS", "冬笋苑", 38), Estate("CS", "春笋苑", 32))),
)

STAIRWELLS, DOORS = 2, 2
"""Stairwells of a building, doors of a floor in a stairwell."""
