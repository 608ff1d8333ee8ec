"""Defaults of the numbers that a subdistrict may change, each with its source."""

from __future__ import annotations

from linli.lib.words import gettext_noop
from linli.rules.policy.default import DAYS, HOURS, HOUSEHOLDS, PERCENT, WORKING_DAYS, Default
from linli.rules.policy.defaults_members import MEMBER_DEFAULTS
from linli.rules.policy.sources import BEIJING, CELLS, CENTRES, LINE, MICRO, OWN

WALL_DEFAULTS: dict[str, Default] = {
    "wall.accept_hours": Default(24, gettext_noop("An issue is accepted within"), HOURS, OWN),
    "wall.danger_hours": Default(2, gettext_noop("Danger is answered within"), HOURS, BEIJING),
    "wall.urgent_hours": Default(24, gettext_noop("Water, power, gas and heat are answered within"), HOURS, BEIJING),
    "wall.child_days": Default(7, gettext_noop("A child wall answers within"), WORKING_DAYS, BEIJING),
    "wall.mother_days": Default(15, gettext_noop("A mother wall answers within"), WORKING_DAYS, BEIJING),
    "wall.reopen_days": Default(7, gettext_noop("The reporter may open an answered issue again within"), DAYS, OWN),
}

OTHER_DEFAULTS: dict[str, Default] = {
    "household.member_most": Default(
        20, gettext_noop("A member answers for households, at most"), HOUSEHOLDS, CENTRES, 1, 200
    ),
    "household.member_least": Default(
        5, gettext_noop("A member usually answers for households, at least"), HOUSEHOLDS, CENTRES, 0, 50
    ),
    "household.exempt_age": Default(
        70, gettext_noop("Exempt from linked households from the age of"), gettext_noop("years old"), CENTRES, 55, 100
    ),
    "household.centres_least": Default(
        2, gettext_noop("A cell has centre households, at least"), HOUSEHOLDS, CENTRES, 0, 20
    ),
    "household.centres_most": Default(
        5, gettext_noop("A cell has centre households, at most"), HOUSEHOLDS, CENTRES, 1, 50
    ),
    "grid.cell_least": Default(300, gettext_noop("A cell has households, at least"), HOUSEHOLDS, CELLS, 1, 5000),
    "grid.cell_most": Default(500, gettext_noop("A cell has households, at most"), HOUSEHOLDS, CELLS, 1, 5000),
    "grid.norm": Default(300, gettext_noop("A cell has households, about"), HOUSEHOLDS, LINE, 1, 5000),
    "grid.norm_percent": Default(50, gettext_noop("“About” means more or less by at most"), PERCENT, LINE, 1, 100),
    "grid.micro_least": Default(30, gettext_noop("A micro-grid has households, at least"), HOUSEHOLDS, MICRO, 1, 500),
    "grid.micro_most": Default(50, gettext_noop("A micro-grid has households, at most"), HOUSEHOLDS, MICRO, 1, 500),
    "activity.minutes_days": Default(
        3, gettext_noop("Those present can ask for corrections of minutes for"), DAYS, OWN, 0, 60
    ),
    "points.close_day": Default(
        5, gettext_noop("A month closes on this day of the next month"), gettext_noop("(day of the month)"), OWN, 1, 28
    ),
    "points.objection_days": Default(5, gettext_noop("A draft bulletin is open to objection for"), DAYS, OWN),
    "points.answer_days": Default(10, gettext_noop("An objection is answered within"), DAYS, OWN),
}

DEFAULTS = WALL_DEFAULTS | MEMBER_DEFAULTS | OTHER_DEFAULTS
