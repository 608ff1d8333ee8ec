"""What residents write on the walls, and what they are told: invented, some after the article's own examples."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with the answer that settles it."""

    category: str
    text: str
    answer: str
    solved: bool = True


ORDINARY = (
    Problem("rubbish", "垃圾桶满了两天没有清运，味道很大。", "物业已加派一次清运，每晚八点再巡一遍。"),
    Problem("rubbish", "楼道里堆了旧家具，过路不方便。", "楼栋党小组和住户商量后，旧家具已搬走。"),
    Problem("repair", "单元门的闭门器坏了，晚上关门声音很响。", "已换新的闭门器，请住户再听一听。"),
    Problem("repair", "路灯有两盏不亮，晚上看不清台阶。", "两盏路灯已修好，台阶边贴了反光条。"),
    Problem("repair", "儿童滑梯有一块板翘起来了。", "滑梯已停用维修，昨天下午恢复使用。"),
    Problem(
        "neighbours", "地块开建，早上六点就有打桩声，老人休息不好。", "已与施工方约定早上七点半以后打桩，支部每周回访。"
    ),
    Problem("neighbours", "广场舞的音响声音太大，孩子写不了作业。", "和舞蹈队约好：晚上八点半以前结束，音响朝外放。"),
    Problem("neighbours", "有人从楼上往下扔烟头，高空抛物很危险。", "楼栋党小组已逐户提醒，物业加装了朝上的摄像头。"),
    Problem("parking", "电动车停在消防通道，堵住了路。", "已划出停车位，志愿联防队早晚各劝导一次。"),
    Problem("parking", "充电桩只有两个好用，晚上要排队。", "坏的三个充电桩已报修，配件到了马上换。", solved=False),
    Problem("other", "聚福亭的集市能不能多一个磨刀摊？", "下个月14日起多设一个磨刀摊。"),
    Problem("repair", "快递柜旁边的地砖松了，下雨溅水。", "地砖已重铺。"),
)
WORKS = Problem(
    "works",
    "屋顶漏水，顶楼三户天花板都湿了，要动用维修资金。",
    "三方已看过现场，先做临时防水；维修资金由业主大会表决。",
    solved=False,
)
LIFT = Problem(
    "works",
    "电梯一个月坏了四次，想请大家商量换电梯。",
    "社区请了检测单位，报告已贴在门厅，下月议事会讨论。",
    solved=False,
)
WATER = Problem("utility", "三单元从早上起没有水。", "水泵跳闸，已恢复供水。")
MANHOLE = Problem("danger", "院门口的井盖翘起来了，差点绊倒人。", "已放围挡，当天换了新井盖。")
WIRE = Problem("danger", "树上挂着一根断了的电线。", "电力抢修已剪除，树枝也修过了。")
ROAD = Problem(
    "parking", "小区门口的路口没有红绿灯，孩子上学过马路危险。", "街道已报交警，先派志愿者早晚护学。", solved=False
)
PRIVATE = Problem("private", "家里老人最近情绪不好，想请人来看看。", "社区已安排人上门，谢谢您告诉我们。")
ADVERT = Problem("other", "低价出售二手家电，有意者面议。", "这里不发广告；二手物品可以放到每月14日的集市。")
HEDGE = Problem("rubbish", "绿篱太高，挡住一楼的光。", "绿篱已修剪。")
BENCH = Problem("repair", "亭子里的长凳断了一条腿。", "长凳已修好。")
REASONS = ("需要几家单位一起出力，院落解决不了。", "要动用共有资金，请社区牵头。", "道路归街道管，报街道处理。")
UNSATISFIED = "绿篱只剪了一边，另一边还是挡光。"
