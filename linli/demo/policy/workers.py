"""Who works for the cells of the demonstration, and what is posted of them: invented."""

from __future__ import annotations

from linli.demo.policy.land import cells
from linli.demo.policy.names import name
from linli.demo.policy.tree import COMMUNITIES
from linli.grid.policy.items import Item
from linli.grid.policy.workers import WorkerKind

VACANT = "FL-FX"
"""The place of the cell for which nobody works."""
FORMER = "JM-YH"
"""The place of the cell whose worker changed in the year."""
TWO = "JM-HT-Y1"
"""The place of the cell with a second worker, of the property service."""
FIRST_NAME = 1130
"""Number of the first invented name that no member and no applicant bears."""
PHONES, HOTLINE = 9000, "12345"
"""Last digits of the first invented work telephone; the hotline of the whole town."""
KINDS = (WorkerKind.STAFF, WorkerKind.STAFF, WorkerKind.PROPERTY, WorkerKind.STAFF, WorkerKind.VOLUNTEER)
NOTICE = "梅街办发〔%d〕6号"

STREET = (
    Item("社情民意", "每周走访，听意见，当天能办的当天办", "街道网格事项清单第1项", "社区居委会"),
    Item("矛盾纠纷", "先劝和；劝不了的，两天内报社区调解室", "街道网格事项清单第2项", "社区调解室"),
    Item("安全隐患", "每周查一次消防通道、楼道堆物、飞线充电，发现就上墙", "街道网格事项清单第3项", "物业服务中心"),
    Item("特殊人群", "独居老人、残疾人每周看望或打电话一次", "街道网格事项清单第4项", "社区居委会"),
    Item("政策宣传", "医保、社保、优待政策上门讲，代办帮办", "街道网格事项清单第5项", "便民服务窗口"),
)
COMMUNITY = (*STREET, Item("便民集市", "每月14日、28日帮行动不便的居民把东西送去修", "便民集市办法", "聚福亭值班台"))
"""The list of the first community: one item more than that of the subdistrict."""


def planned() -> list[tuple[str, str, str, WorkerKind, int]]:
    """Return (place of the grid, place of the cell, name, kind, running number) of the workers of today."""
    found: list[tuple[str, str, str, WorkerKind, int]] = []
    for community in COMMUNITIES:
        for code, _name in cells(community):
            number = len(found)
            if code != VACANT:
                found.append((community.code, code, name(FIRST_NAME + number), KINDS[number % len(KINDS)], number))
    return found
