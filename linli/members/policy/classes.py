"""Classified management with a backstop (四统四分, 兜底): what is wrong with the class or the unit of a member."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from linli.lib.words import Labelled, gettext_noop


class Flaw(Labelled):
    """Why a member does not have exactly one class and one responsible unit on a day."""

    NO_UNIT = "no_unit", gettext_noop("Belongs to no unit")
    TWO_UNITS = "two_units", gettext_noop("Belongs to more than one unit")
    UNIT_KIND = "unit_kind", gettext_noop("Belongs to a body that cannot have members")
    UNIT_ENDED = "unit_ended", gettext_noop("Belongs to a unit that has ended")
    NO_CLASS = "no_class", gettext_noop("Is in no class")
    TWO_CLASSES = "two_classes", gettext_noop("Is in more than one class")
    CLASS_DIFFERS = "class_differs", gettext_noop("The register names another class than the one that holds")


UNIT_FLAWS = frozenset({Flaw.NO_UNIT, Flaw.TWO_UNITS, Flaw.UNIT_KIND})
CLASS_FLAWS = frozenset({Flaw.NO_CLASS, Flaw.TWO_CLASSES, Flaw.CLASS_DIFFERS})
RULED = (Flaw.NO_UNIT, Flaw.UNIT_ENDED, Flaw.NO_CLASS)
"""What a rule of reassignment can ask for."""

MENDS: dict[Flaw, str] = {
    Flaw.NO_UNIT: gettext_noop("Give the member a unit; the branch of the community takes whom nobody else has."),
    Flaw.TWO_UNITS: gettext_noop("Give the unit that answers from today on; the others end."),
    Flaw.UNIT_KIND: gettext_noop("Give a branch, a general branch or the working committee as unit."),
    Flaw.UNIT_ENDED: gettext_noop("Give the unit that took over, or the branch of the community."),
    Flaw.NO_CLASS: gettext_noop("Give the class that holds from today on."),
    Flaw.TWO_CLASSES: gettext_noop("Give the class that holds from today on; the others end."),
    Flaw.CLASS_DIFFERS: gettext_noop("Give the class anew from today on; register and history are then the same."),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A unit of a member on the day: whether its kind can have members, whether it lives."""

    unit: bool
    living: bool


def flaws(units: Sequence[Held], classes: Collection[int], named: int) -> list[Flaw]:
    """Return what is wrong with the units and the classes (keys) that hold on a day; `named`: the register's class."""
    found = []
    if not units:
        found.append(Flaw.NO_UNIT)
    if len(units) > 1:
        found.append(Flaw.TWO_UNITS)
    if any(not held.unit for held in units):
        found.append(Flaw.UNIT_KIND)
    if any(not held.living for held in units):
        found.append(Flaw.UNIT_ENDED)
    if not classes:
        found.append(Flaw.NO_CLASS)
    elif len(classes) > 1:
        found.append(Flaw.TWO_CLASSES)
    elif named not in classes:
        found.append(Flaw.CLASS_DIFFERS)
    return found


@dataclass(frozen=True, slots=True)
class DefaultClass:
    """A class as it ships, in Chinese as it stands in the field; one duty a line."""

    code: str
    name: str
    duties: tuple[str, ...]
    scored: bool = True


DEFAULT_CLASSES = (
    DefaultClass("direct", "社区直管", ("参加全部“三会一课”和主题党日", "设岗定责，认领一个岗位")),
    DefaultClass("serving", "在职", ("组织生活在单位", "到社区双报到", "认领服务")),
    DefaultClass("retired", "离退休", ("就近参加组织生活", "量力而行，发挥余热")),
    DefaultClass("frail", "离退休（体弱）", ("送学上门", "不计分、不排名"), scored=False),
    DefaultClass("mobile", "流动", ("远程联系", "每年至少向支部报告一次", "不计分、不排名"), scored=False),
)
"""The classes of the model community (四分); every line is data and can be changed."""
DEFAULT_UNIFIED = ("统一登记", "统一教育", "统一活动", "统一考评")
"""What is the same for every class (四统)."""
