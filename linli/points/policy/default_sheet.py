"""The default indicator sheet: a synthesis of published sheets; every value can be changed by a new version.

Amounts are tenths of a point. Source: domain notes 2.3; all values are defaults of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.points.policy.kinds import CapPeriod, DeedType, Unit

M, Q, Y = CapPeriod.MONTH, CapPeriod.QUARTER, CapPeriod.YEAR


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: code, words in Chinese, deed, tenths, caps in tenths, evidence, who confirms."""

    code: str
    name: str
    deed: DeedType
    tenths: int
    caps: tuple[tuple[CapPeriod, int], ...] = ()
    unit: Unit = Unit.TIME
    evidence: str = ""
    confirmer: str = ""
    shares: str = ""
    """Code of the indicator inside whose caps the line counts."""


CODE, NAME = "DEFAULT", "党员积分指标表（默认）"
BASE, FLOOR, BONUS_CAP = 600, 0, 500
LINES: tuple[Line, ...] = (
    Line(
        "LIFE-DH",
        "参加党员大会、党小组会、党课",
        DeedType.ATTENDANCE,
        10,
        ((Y, 120),),
        Unit.TIME,
        "签到名册",
        "党支部书记",
    ),
    Line("LIFE-ZT", "参加主题党日", DeedType.ATTENDANCE, 10, ((Y, 120),), Unit.TIME, "签到名册", "党支部书记"),
    Line(
        "LIFE-BX", "按时补学（会议、党课）", DeedType.MAKE_UP, 5, (), Unit.TIME, "补学记录", "另一名核实人", "LIFE-DH"
    ),
    Line("LIFE-BZ", "按时补学（主题党日）", DeedType.MAKE_UP, 5, (), Unit.TIME, "补学记录", "另一名核实人", "LIFE-ZT"),
    Line("DUES", "按时交纳党费", DeedType.DUES, 5, ((Y, 60),), Unit.MONTH, "党费收缴登记", "组织委员"),
    Line("PLEDGE", "承诺践诺完成", DeedType.PLEDGE, 20, ((Y, 60),), Unit.TIME, "承诺书", "党小组长"),
    Line("VOL", "志愿服务", DeedType.SERVICE, 5, ((M, 40), (Y, 200)), Unit.HOUR, "服务名册", "服务对象和队长"),
    Line("SHUANG", "双报到服务", DeedType.SERVICE, 20, ((Y, 80),), Unit.TIME, "社区反馈单", "社区"),
    Line("ISSUE", "反映的问题得到解决", DeedType.ISSUE, 10, ((Q, 40),), Unit.TIME, "问题墙记录", "党支部书记"),
    Line("LINK", "联户走访", DeedType.CONTACT, 30, ((Y, 120),), Unit.QUARTER, "走访记录", "住户抽样"),
    Line("URGENT", "急难险重任务", DeedType.EMERGENCY, 30, ((Y, 90),), Unit.TIME, "任务记录", "指挥人员"),
    Line("HONOR", "表彰奖励", DeedType.HONOUR, 10, ((Y, 80),), Unit.LEVEL, "文件号", "党支部书记"),
    Line("COMMENT-A", "民主评议优秀", DeedType.REVIEW, 50, ((Y, 50),), Unit.TIME, "评议记录", "党支部书记"),
    Line("COMMENT-B", "民主评议合格", DeedType.REVIEW, 20, (), Unit.TIME, "评议记录", "党支部书记", "COMMENT-A"),
    Line("ABS", "无故缺席且未补学", DeedType.ABSENCE, -20, ((Y, 120),), Unit.TIME, "签到名册", "党支部书记"),
    Line("LATE", "党费迟交一个月以上", DeedType.DUES, -10, ((Y, 60),), Unit.MONTH, "党费收缴登记", "组织委员"),
    Line("COMPL", "投诉查实、行为不当", DeedType.COMPLAINT, -50, (), Unit.TIME, "调查记录", "党支部书记"),
)
