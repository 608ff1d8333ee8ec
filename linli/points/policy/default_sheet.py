"""The default indicator sheet: a synthesis of published sheets; every value can be changed by a new version.

Amounts are tenths of a point, caps positive tenths. All values are defaults of ours, none is a law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from linli.points.policy.kinds import CapPeriod, DeedType, Unit

M, Q, Y = CapPeriod.MONTH, CapPeriod.QUARTER, CapPeriod.YEAR


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One indicator of a sheet, before it is stored."""

    code: str
    name: str
    deed: DeedType
    tenths: int
    evidence: str
    confirmer: str
    caps: tuple[tuple[CapPeriod, int], ...] = ()
    unit: Unit = Unit.TIME
    shares: str = ""
    """Code of the indicator inside whose caps the line counts."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """For a line by level: the words of each level → how many times `tenths` it earns."""


CODE, NAME = "DEFAULT", "党员积分指标表（默认）"
BASE, FLOOR, BONUS_CAP = 600, 0, 500
_ROLL, _SECRETARY = "签到名册", "党支部书记"
_HONOURS = {"社区级": 1, "街道级": 2, "区级": 3, "市级及以上": 5}
_REVIEWS = {"优秀": 5, "合格": 2}

LINES: tuple[SheetLine, ...] = (
    SheetLine("LIFE-DH", "参加党员大会、党小组会、党课", DeedType.ATTENDANCE, 10, _ROLL, _SECRETARY, ((Y, 120),)),
    SheetLine("LIFE-ZT", "参加主题党日", DeedType.ATTENDANCE, 10, _ROLL, _SECRETARY, ((Y, 120),)),
    SheetLine("LIFE-BX", "按时补学（会议、党课）", DeedType.MAKE_UP, 5, "补学记录", "另一名核实人", shares="LIFE-DH"),
    SheetLine("LIFE-BZ", "按时补学（主题党日）", DeedType.MAKE_UP, 5, "补学记录", "另一名核实人", shares="LIFE-ZT"),
    SheetLine("DUES", "按时交纳党费", DeedType.DUES, 5, "党费收缴登记", "组织委员", ((M, 5), (Y, 60)), Unit.MONTH),
    SheetLine("PLEDGE", "承诺践诺完成", DeedType.PLEDGE, 20, "承诺书", "党小组长", ((Y, 60),)),
    SheetLine("VOL", "志愿服务", DeedType.SERVICE, 5, "服务名册", "服务对象和队长", ((M, 40), (Y, 200)), Unit.HOUR),
    SheetLine("SHUANG", "双报到服务", DeedType.SERVICE, 20, "社区反馈单", "社区", ((Y, 80),)),
    SheetLine("ISSUE", "反映的问题得到解决", DeedType.ISSUE, 10, "问题墙记录", _SECRETARY, ((Q, 40),)),
    SheetLine("LINK", "联户走访", DeedType.CONTACT, 30, "走访记录", "住户抽样", ((Q, 30), (Y, 120)), Unit.QUARTER),
    SheetLine("URGENT", "急难险重任务", DeedType.EMERGENCY, 30, "任务记录", "指挥人员", ((Y, 90),)),
    SheetLine("HONOR", "表彰奖励", DeedType.HONOUR, 10, "文件号", _SECRETARY, ((Y, 80),), Unit.LEVEL, levels=_HONOURS),
    SheetLine(
        "COMMENT", "民主评议", DeedType.REVIEW, 10, "评议记录", _SECRETARY, ((Y, 50),), Unit.LEVEL, levels=_REVIEWS
    ),
    SheetLine("ABS", "无故缺席且未补学", DeedType.ABSENCE, -20, _ROLL, _SECRETARY, ((Y, 120),)),
    SheetLine(
        "LATE", "党费迟交一个月以上", DeedType.DUES, -10, "党费收缴登记", "组织委员", ((M, 10), (Y, 60)), Unit.MONTH
    ),
    SheetLine("COMPL", "投诉查实、行为不当", DeedType.COMPLAINT, -50, "调查记录", _SECRETARY),
)
"""The fifteen lines of the notes; make-up study stands twice, once inside the caps of each kind of attendance."""
