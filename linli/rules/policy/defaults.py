"""Defaults of the numbers that a subdistrict may change, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from linli.lib.words import gettext_noop

HOURS, WORKING_DAYS, DAYS = gettext_noop("hours"), gettext_noop("working days"), gettext_noop("days")
MONTHS = gettext_noop("months")
MEMBERS, UNITS = gettext_noop("members"), gettext_noop("units")
TIMES = gettext_noop("times")
HOUSEHOLDS = gettext_noop("households")
PERCENT, YEARS = gettext_noop("percent"), gettext_noop("years")


@dataclass(frozen=True, slots=True)
class Default:
    """A number with its words, its unit (a msgid), its bounds and where it comes from."""

    value: int
    words: str
    unit: str
    source: str
    least: int = 1
    most: int = 365


_MOBILE = gettext_noop("Seen in secondary pages on mobile members (rule L1), article unchecked")
_BRANCHES = gettext_noop("Regulations on the work of party branches (trial, 2018), seen in secondary pages")
_ORGANS = gettext_noop("Regulations for party organisations in organs (arts. 5–6); unverified for communities (B8)")
_ELECTIONS = gettext_noop("Regulations on elections of grass-roots party organisations (2020); seen in secondary pages")
_ELECTIONS_SEEN = gettext_noop("Regulations on elections of grass-roots party organisations (2020), arts. 3 and 4")
_TERMS = gettext_noop("Regulations on the work of party branches (2018); seen in secondary pages (rule B7)")
_FOSHAN = gettext_noop("Practice of Foshan: once every half-year; seen in secondary pages")
_OWN = gettext_noop("Default of this product")
_LOST = gettext_noop("Unverified (rule L5): the regulation was not seen")
_WAY = gettext_noop("Unverified: Rules on developing members of the Communist Party of China, 2014")
_DUTY = gettext_noop("Seen in secondary pages on rule D6: talk at three months, action at six")
_CENTRES = gettext_noop(
    "Opinion of Ninghai county on centre households (2020), a local practice; seen in secondary pages"
)
_BEIJING = gettext_noop("Order times of a Beijing standard (draft of 2021), unverified")

DEFAULTS: dict[str, Default] = {
    "wall.accept_hours": Default(24, gettext_noop("An issue is accepted within"), HOURS, _OWN),
    "wall.danger_hours": Default(2, gettext_noop("Danger is answered within"), HOURS, _BEIJING),
    "wall.urgent_hours": Default(24, gettext_noop("Water, power, gas and heat are answered within"), HOURS, _BEIJING),
    "wall.child_days": Default(7, gettext_noop("A child wall answers within"), WORKING_DAYS, _BEIJING),
    "wall.mother_days": Default(15, gettext_noop("A mother wall answers within"), WORKING_DAYS, _BEIJING),
    "wall.reopen_days": Default(7, gettext_noop("The reporter may open an answered issue again within"), DAYS, _OWN),
    "member.mobile_months": Default(
        3, gettext_noop("A member who lives elsewhere is not due any more after"), MONTHS, _MOBILE, 1, 12
    ),
    "member.transfer_days": Default(90, gettext_noop("A transfer slip is valid for"), DAYS, _OWN),
    "member.transfer_months": Default(
        6, gettext_noop("A member who lives elsewhere transfers after"), MONTHS, _MOBILE, 1, 36
    ),
    "member.report_months": Default(
        12, gettext_noop("A member who lives elsewhere reports every"), MONTHS, _MOBILE, 1, 36
    ),
    "member.mobile_branch": Default(
        3,
        gettext_noop("A temporary branch needs at one place"),
        gettext_noop("members"),
        _MOBILE,
        2,
        50,
    ),
    "member.lost_months": Default(
        24, gettext_noop("Out of touch is looked at as leaving after"), MONTHS, _LOST, 1, 120
    ),
    "member.alarm_months": Default(
        3, gettext_noop("Absence without reason is talked about after"), MONTHS, _DUTY, 1, 24
    ),
    "member.file_months": Default(6, gettext_noop("Absence without reason is decided on after"), MONTHS, _DUTY, 1, 24),
    "member.apply_age": Default(18, gettext_noop("An applicant is at least"), gettext_noop("years old"), _WAY, 18, 60),
    "member.talk_months": Default(1, gettext_noop("Somebody talks with an applicant within"), MONTHS, _WAY, 1, 12),
    "member.activist_months": Default(12, gettext_noop("An activist stays one for at least"), MONTHS, _WAY, 1, 60),
    "member.probation_months": Default(12, gettext_noop("Probation lasts"), MONTHS, _WAY, 1, 36),
    "member.prolong_months": Default(12, gettext_noop("Probation is prolonged by at most"), MONTHS, _WAY, 1, 36),
    "member.check_in_least": Default(
        1,
        gettext_noop("An in-service member takes part where checked in, each half-year, at least"),
        TIMES,
        _FOSHAN,
        0,
        20,
    ),
    "structure.branch_least": Default(
        3, gettext_noop("A branch has full members, at least"), MEMBERS, _BRANCHES, 1, 20
    ),
    "structure.branch_most": Default(
        50, gettext_noop("A branch usually has members, at most"), MEMBERS, _BRANCHES, 10, 500
    ),
    "structure.joint_units": Default(
        5, gettext_noop("A joint branch usually covers, at most"), UNITS, _BRANCHES, 1, 50
    ),
    "structure.temporary_months": Default(
        6, gettext_noop("A temporary branch becomes a branch or ends after"), MONTHS, _BRANCHES, 1, 36
    ),
    "structure.committee_from": Default(
        7, gettext_noop("A branch has a committee, from full members"), MEMBERS, _BRANCHES, 3, 50
    ),
    "structure.committee_least": Default(
        3, gettext_noop("A branch committee has members, at least"), MEMBERS, _BRANCHES, 2, 9
    ),
    "structure.committee_most": Default(
        7, gettext_noop("A branch committee usually has members, at most"), MEMBERS, _BRANCHES, 3, 15
    ),
    "structure.general_from": Default(50, gettext_noop("A general branch is formed from"), MEMBERS, _ORGANS, 10, 500),
    "structure.base_from": Default(100, gettext_noop("A base committee is formed from"), MEMBERS, _ORGANS, 20, 5000),
    "election.quorum_percent": Default(
        80, gettext_noop("An election is valid when of the voters there came at least"), PERCENT, _ELECTIONS, 50, 100
    ),
    "election.surplus_percent": Default(
        20, gettext_noop("Candidates for a committee exceed the seats by at least"), PERCENT, _ELECTIONS, 0, 100
    ),
    "election.delay_months": Default(
        12, gettext_noop("An election is brought forward or put off by at most"), MONTHS, _ELECTIONS_SEEN, 1, 24
    ),
    "election.ahead_months": Default(
        3, gettext_noop("An election counts as early when before the end of the term by more than"), MONTHS, _OWN, 1, 12
    ),
    "election.congress_members": Default(
        500, gettext_noop("A congress of representatives may elect from"), MEMBERS, _ELECTIONS_SEEN, 50, 5000
    ),
    "post.community_years": Default(
        5, gettext_noop("The term of a committee in a village or community is"), YEARS, _TERMS, 1, 10
    ),
    "post.years": Default(3, gettext_noop("The term of other committees and secretaries is"), YEARS, _TERMS, 1, 10),
    "post.ending_months": Default(12, gettext_noop("Terms are listed as ending within"), MONTHS, _OWN, 1, 24),
    "household.member_most": Default(
        20, gettext_noop("A member answers for households, at most"), HOUSEHOLDS, _CENTRES, 1, 200
    ),
    "household.member_least": Default(
        5, gettext_noop("A member usually answers for households, at least"), HOUSEHOLDS, _CENTRES, 0, 50
    ),
    "household.exempt_age": Default(
        70, gettext_noop("Exempt from linked households from the age of"), gettext_noop("years old"), _CENTRES, 55, 100
    ),
    "household.centres_least": Default(
        2, gettext_noop("A cell has centre households, at least"), HOUSEHOLDS, _CENTRES, 0, 20
    ),
    "household.centres_most": Default(
        5, gettext_noop("A cell has centre households, at most"), HOUSEHOLDS, _CENTRES, 1, 50
    ),
    "points.close_day": Default(
        5, gettext_noop("A month closes on this day of the next month"), gettext_noop("(day of the month)"), _OWN, 1, 28
    ),
    "points.objection_days": Default(5, gettext_noop("A draft bulletin is open to objection for"), DAYS, _OWN),
    "points.answer_days": Default(10, gettext_noop("An objection is answered within"), DAYS, _OWN),
}
