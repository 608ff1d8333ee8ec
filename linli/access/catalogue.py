"""Every permission, as data. A name is `thing.verb`; pages and queries ask for it by name."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class Permission(Labelled):
    """What somebody may do at a node of the organisation tree and below it."""

    DESK_OPEN = "desk.open", gettext_noop("Open the workbench")
    ORGANISATION_VIEW = "organisation.view", gettext_noop("See the organisation tree")
    ORGANISATION_EDIT = "organisation.edit", gettext_noop("Change the organisation tree")
    INSTITUTION_EDIT = "institution.edit", gettext_noop("Keep institutions, duties and the service budget")
    MEMBER_VIEW = "member.view", gettext_noop("See members")
    PHONE_SHOW = "phone.show", gettext_noop("See telephone numbers of members")
    MEMBER_EDIT = "member.edit", gettext_noop("Import and change members")
    HOUSEHOLD_LINK = "household.link", gettext_noop("Link households to members")
    GRID_STAFF = "grid.staff", gettext_noop("Enter grid workers and publish the notice of a grid")
    ELECTION_HOLD = "election.hold", gettext_noop("Prepare and hold elections")
    ELECTION_APPROVE = "election.approve", gettext_noop("Approve elections of the bodies below")
    GRANT_MANAGE = "grant.manage", gettext_noop("Give and end roles")
    PLACE_EDIT = "place.edit", gettext_noop("Import places and grids")
    RULE_EDIT = "rule.edit", gettext_noop("Change rule values and holidays")
    ACTIVITY_VIEW = "activity.view", gettext_noop("See activities and rolls")
    ACTIVITY_PLAN = "activity.plan", gettext_noop("Plan activities")
    ROLL_RECORD = "roll.record", gettext_noop("Record a roll")
    ROLL_CONFIRM = "roll.confirm", gettext_noop("Confirm a roll")
    POINTS_VIEW = "points.view", gettext_noop("See points of members")
    POINTS_RECORD = "points.record", gettext_noop("Record deeds")
    POINTS_CONFIRM = "points.confirm", gettext_noop("Confirm deeds")
    BULLETIN_PREPARE = "bulletin.prepare", gettext_noop("Prepare a bulletin")
    BULLETIN_PUBLISH = "bulletin.publish", gettext_noop("Publish a bulletin")
    ISSUE_VIEW = "issue.view", gettext_noop("See issues on the desk, as the public reads them")
    ISSUE_HANDLE = (
        "issue.handle",
        gettext_noop("Accept, answer and escalate issues; read what is not public"),
    )
    WALL_MANAGE = "wall.manage", gettext_noop("Set up walls and print posters")
    AUDIT_VIEW = "audit.view", gettext_noop("Read the audit log")


CONFIRMING = frozenset({Permission.ROLL_CONFIRM, Permission.POINTS_CONFIRM})
"""What makes points count: whoever holds these is known as a member, or says to be none (`Actor.unnamed`)."""
