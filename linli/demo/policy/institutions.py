"""Institutions, duties and the service budget of the demonstration: invented, in the article's five groups."""

from __future__ import annotations

from dataclasses import dataclass

from linli.organisations.policy.institutions import Group

TEXTS: tuple[tuple[Group, str, str], ...] = (
    (
        Group.ORGANISATION,
        "院落党支部设置办法",
        "有三名以上正式党员的院落，可以成立院落党支部；不足三名的，与相邻院落成立联合党支部。\n\n楼栋设党小组，每栋推选一户党员中心户。",
    ),
    (
        Group.OPERATION,
        "一月一通报、一季一评比",
        "每月五日前汇总上月积分，公示五天后由第二人复核发布。\n\n每季度评比一次，公布方式由党支部自己决定。",
    ),
    (
        Group.RESPONSIBILITY,
        "问题墙首接负责制",
        "谁先接到，谁负责到底。院落定不了的，按期报到社区母墙，答复要回到原来的院墙。",
    ),
    (
        Group.SERVICE,
        "便民集市办法",
        "每月十四日、二十八日在聚福亭摆摊，修补物件、修磨刀具不收钱。雨天改在社区大厅。",
    ),
    (
        Group.BUDGET,
        "服务群众经费使用办法",
        "经费先议后用，每半年公开一次。单笔超过两千元的，由党员大会讨论。",
    ),
)
"""Group, title, words; those of the subdistrict."""


@dataclass(frozen=True, slots=True)
class DutyPlan:
    """A duty of a community: who, what, days from the as-of day, what came of it (empty: open)."""

    who: str
    what: str
    days: int
    result: str = ""


DUTIES = (
    DutyPlan("组织委员", "核对党员名册和联系电话", -40, "已核对，三人更新了电话。"),
    DutyPlan("书记", "走访独居老人并登记需求", -6),
    DutyPlan("宣传委员", "更换院墙上褪色的海报", 9),
    DutyPlan("副书记", "召开小区三方联动会", 35),
)
BUDGET = (("便民集市物料", 360_000, 214_050), ("院墙海报印制", 120_000, 98_000), ("防汛物资", 500_000, 0))
"""Title, planned and spent fen; the first two are published."""
SOURCE = "服务群众专项经费"
