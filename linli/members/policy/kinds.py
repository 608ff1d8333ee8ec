"""Words of the member register: stages, sexes, education, titles of posts, purposes of consent."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class Stage(Labelled):
    """How far a membership has come. Only full members vote and count for a branch's size (B1, Q5)."""

    PROBATIONARY = "probationary", gettext_noop("Probationary member")
    FULL = "full", gettext_noop("Full member")


class ApplicantStage(Labelled):
    """How far somebody on the way into the Party has come."""

    APPLICANT = "applicant", gettext_noop("Applicant")
    ACTIVIST = "activist", gettext_noop("Activist")
    TARGET = "target", gettext_noop("Development target")
    ADMITTED = "admitted", gettext_noop("Admitted on probation")
    ENDED = "ended", gettext_noop("Application ended")


class Ending(Labelled):
    """Why somebody left the register."""

    TRANSFERRED = "transferred", gettext_noop("Transferred out")
    DIED = "died", gettext_noop("Died")
    LEFT = "left", gettext_noop("Left the Party, or treated as leaving")
    EXPELLED = "expelled", gettext_noop("Expelled")
    CANCELLED = "cancelled", gettext_noop("Probation cancelled")


class Standing(Labelled):
    """What holds of a member between dates and bears on being due (L1–L5, Q5)."""

    MOBILE = "mobile", gettext_noop("Lives elsewhere (mobile member)")
    ATTACHED_ELSEWHERE = "attached_elsewhere", gettext_noop("Takes part in another branch for a time")
    TEMPORARY_HERE = "temporary_here", gettext_noop("Temporary relation here only: takes part, no vote")
    LOST = "lost", gettext_noop("Out of touch, membership suspended")
    SUSPENDED = "suspended", gettext_noop("Voting right suspended")
    EXCUSED = "excused", gettext_noop("Excused for age or illness by decision of the branch")


class Direction(Labelled):
    """Which way a transfer goes, seen from the house."""

    INSIDE = "inside", gettext_noop("Between two of our units")
    OUT = "out", gettext_noop("Out to another organisation")
    IN = "in", gettext_noop("In from another organisation")


class TransferState(Labelled):
    """Where a transfer stands."""

    ISSUED = "issued", gettext_noop("Slip issued, not yet received")
    RECEIVED = "received", gettext_noop("Received")
    WITHDRAWN = "withdrawn", gettext_noop("Taken back")


class Sex(Labelled):
    """As the register has it."""

    FEMALE = "female", gettext_noop("Female")
    MALE = "male", gettext_noop("Male")


class Education(Labelled):
    """Highest education."""

    PRIMARY = "primary", gettext_noop("Primary school")
    JUNIOR = "junior", gettext_noop("Junior middle school")
    SENIOR = "senior", gettext_noop("Senior middle school")
    VOCATIONAL = "vocational", gettext_noop("Vocational school")
    COLLEGE = "college", gettext_noop("College")
    BACHELOR = "bachelor", gettext_noop("Bachelor")
    POSTGRADUATE = "postgraduate", gettext_noop("Postgraduate")


COLLEGE_OR_ABOVE = frozenset({Education.COLLEGE, Education.BACHELOR, Education.POSTGRADUATE})


class Title(Labelled):
    """A post in a body. Two committees (两委) are the branch committees and the residents' committees."""

    SECRETARY = "secretary", gettext_noop("Secretary")
    DEPUTY = "deputy", gettext_noop("Deputy secretary")
    ORGANISATION = "organisation", gettext_noop("Organisation committee member")
    PUBLICITY = "publicity", gettext_noop("Publicity committee member")
    DISCIPLINE = "discipline", gettext_noop("Discipline committee member")
    COMMITTEE_MEMBER = "committee_member", gettext_noop("Branch committee member")
    DIRECTOR = "director", gettext_noop("Director of the residents' committee")
    COMMITTEE = "committee", gettext_noop("Residents' committee member")
    GROUP_LEADER = "group_leader", gettext_noop("Building-group leader")
    CENTRE_HOUSEHOLD = "centre_household", gettext_noop("Centre household")


BRANCH_TITLES = frozenset({
    Title.SECRETARY, Title.DEPUTY, Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE, Title.COMMITTEE_MEMBER,
})  # fmt: skip
SINGLE_TITLES = frozenset({
    Title.SECRETARY, Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE, Title.DIRECTOR,
})  # fmt: skip
"""Posts that one member holds at a time in a body."""
RESIDENTS_TITLES = frozenset({Title.DIRECTOR, Title.COMMITTEE})


class Purpose(Labelled):
    """What a member can agree to, each on its own (PIPL arts. 23, 25)."""

    NAME_BULLETIN = "name_bulletin", gettext_noop("My full name in public bulletins")
    NAME_WALL = "name_wall", gettext_noop("My full name beside what I do for a wall")
    IDENTITY_CARD = "identity_card", gettext_noop("Show that I am a member")
    HOME_UNIT = "home_unit", gettext_noop("Tell my home unit each quarter what I did where I checked in")
