"""Defaults about members, the structure of branches, elections and terms."""

from __future__ import annotations

from linli.lib.words import gettext_noop
from linli.rules.policy.default import DAYS, MEMBERS, MONTHS, PERCENT, TIMES, UNITS, YEARS, Default
from linli.rules.policy.sources import (
    BRANCHES,
    DUTY,
    ELECTIONS,
    ELECTIONS_SEEN,
    FOSHAN,
    LOST,
    MOBILE,
    ORGANS,
    OWN,
    TERMS,
    WAY,
)

MEMBER_DEFAULTS: dict[str, Default] = {
    "member.mobile_months": Default(
        3, gettext_noop("A member who lives elsewhere is not due any more after"), MONTHS, MOBILE, 1, 12
    ),
    "member.transfer_days": Default(90, gettext_noop("A transfer slip is valid for"), DAYS, OWN),
    "member.transfer_months": Default(
        6, gettext_noop("A member who lives elsewhere transfers after"), MONTHS, MOBILE, 1, 36
    ),
    "member.report_months": Default(
        12, gettext_noop("A member who lives elsewhere reports every"), MONTHS, MOBILE, 1, 36
    ),
    "member.mobile_branch": Default(
        3, gettext_noop("A temporary branch needs at one place"), gettext_noop("members"), MOBILE, 2, 50
    ),
    "member.lost_months": Default(24, gettext_noop("Out of touch is looked at as leaving after"), MONTHS, LOST, 1, 120),
    "member.alarm_months": Default(
        3, gettext_noop("Absence without reason is talked about after"), MONTHS, DUTY, 1, 24
    ),
    "member.file_months": Default(6, gettext_noop("Absence without reason is decided on after"), MONTHS, DUTY, 1, 24),
    "member.apply_age": Default(18, gettext_noop("An applicant is at least"), gettext_noop("years old"), WAY, 18, 60),
    "member.talk_months": Default(1, gettext_noop("Somebody talks with an applicant within"), MONTHS, WAY, 1, 12),
    "member.activist_months": Default(12, gettext_noop("An activist stays one for at least"), MONTHS, WAY, 1, 60),
    "member.probation_months": Default(12, gettext_noop("Probation lasts"), MONTHS, WAY, 1, 36),
    "member.prolong_months": Default(12, gettext_noop("Probation is prolonged by at most"), MONTHS, WAY, 1, 36),
    "member.check_in_least": Default(
        1,
        gettext_noop("An in-service member takes part where checked in, each half-year, at least"),
        TIMES,
        FOSHAN,
        0,
        20,
    ),
    "structure.branch_least": Default(3, gettext_noop("A branch has full members, at least"), MEMBERS, BRANCHES, 1, 20),
    "structure.branch_most": Default(
        50, gettext_noop("A branch usually has members, at most"), MEMBERS, BRANCHES, 10, 500
    ),
    "structure.joint_units": Default(5, gettext_noop("A joint branch usually covers, at most"), UNITS, BRANCHES, 1, 50),
    "structure.temporary_months": Default(
        6, gettext_noop("A temporary branch becomes a branch or ends after"), MONTHS, BRANCHES, 1, 36
    ),
    "structure.committee_from": Default(
        7, gettext_noop("A branch has a committee, from full members"), MEMBERS, BRANCHES, 3, 50
    ),
    "structure.committee_least": Default(
        3, gettext_noop("A branch committee has members, at least"), MEMBERS, BRANCHES, 2, 9
    ),
    "structure.committee_most": Default(
        7, gettext_noop("A branch committee usually has members, at most"), MEMBERS, BRANCHES, 3, 15
    ),
    "structure.general_from": Default(50, gettext_noop("A general branch is formed from"), MEMBERS, ORGANS, 10, 500),
    "structure.base_from": Default(100, gettext_noop("A base committee is formed from"), MEMBERS, ORGANS, 20, 5000),
    "election.quorum_percent": Default(
        80, gettext_noop("An election is valid when of the voters there came at least"), PERCENT, ELECTIONS, 50, 100
    ),
    "election.surplus_percent": Default(
        20, gettext_noop("Candidates for a committee exceed the seats by at least"), PERCENT, ELECTIONS, 0, 100
    ),
    "election.delay_months": Default(
        12, gettext_noop("An election is brought forward or put off by at most"), MONTHS, ELECTIONS_SEEN, 1, 24
    ),
    "election.ahead_months": Default(
        3, gettext_noop("An election counts as early when before the end of the term by more than"), MONTHS, OWN, 1, 12
    ),
    "election.congress_members": Default(
        500, gettext_noop("A congress of representatives may elect from"), MEMBERS, ELECTIONS_SEEN, 50, 5000
    ),
    "post.community_years": Default(
        5, gettext_noop("The term of a committee in a village or community is"), YEARS, TERMS, 1, 10
    ),
    "post.years": Default(3, gettext_noop("The term of other committees and secretaries is"), YEARS, TERMS, 1, 10),
    "post.ending_months": Default(12, gettext_noop("Terms are listed as ending within"), MONTHS, OWN, 1, 24),
}
