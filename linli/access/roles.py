"""Which role may do what. A role is granted at a body and covers the bodies and places below it."""

from __future__ import annotations

from linli.access.catalogue import Permission as P
from linli.lib.words import Labelled, gettext_noop


class Role(Labelled):
    """A role that a grant can carry. Visitors and receipt holders need none."""

    MEMBER = "member", gettext_noop("Party member")
    CENTRE_HOUSEHOLD = "centre_household", gettext_noop("Centre household")
    GROUP_LEADER = "group_leader", gettext_noop("Building-group leader")
    DEPUTY = "deputy", gettext_noop("Deputy secretary")
    SECRETARY = "secretary", gettext_noop("Branch secretary")
    GRID_WORKER = "grid_worker", gettext_noop("Grid worker")
    COMMUNITY_STAFF = "community_staff", gettext_noop("Community staff")
    SUBDISTRICT_STAFF = "subdistrict_staff", gettext_noop("Subdistrict staff")
    PARTNER_LIAISON = "partner_liaison", gettext_noop("Partner liaison")
    PROPERTY_MANAGER = "property_manager", gettext_noop("Property manager")
    OWNERS_REPRESENTATIVE = "owners_representative", gettext_noop("Owners' representative")
    COUNSELLOR = "counsellor", gettext_noop("Counsellor")
    SAFEGUARDING = "safeguarding", gettext_noop("Safeguarding officer")
    AUDITOR = "auditor", gettext_noop("Auditor")
    OPERATOR = "operator", gettext_noop("Operator")


_DOORSTEP = frozenset({P.DESK_OPEN, P.ISSUE_VIEW})
_BRANCH = frozenset(
    {
        P.DESK_OPEN,
        P.ORGANISATION_VIEW,
        P.MEMBER_VIEW,
        P.HOUSEHOLD_LINK,
        P.ELECTION_HOLD,
        P.ACTIVITY_VIEW,
        P.ACTIVITY_PLAN,
        P.ROLL_RECORD,
        P.ROLL_CONFIRM,
        P.POINTS_VIEW,
        P.POINTS_RECORD,
        P.POINTS_CONFIRM,
        P.BULLETIN_PREPARE,
        P.BULLETIN_PUBLISH,
        P.ISSUE_VIEW,
        P.ISSUE_HANDLE,
        P.WALL_MANAGE,
    }
)
_OFFICE = (
    _BRANCH
    | {P.MEMBER_EDIT, P.ELECTION_APPROVE, P.ORGANISATION_EDIT, P.GRANT_MANAGE, P.PLACE_EDIT}
    | {P.INSTITUTION_EDIT, P.PHONE_SHOW, P.GRID_STAFF}
)

PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.MEMBER: frozenset(),
    Role.CENTRE_HOUSEHOLD: _DOORSTEP,
    Role.GROUP_LEADER: _DOORSTEP | {P.ACTIVITY_VIEW, P.ROLL_RECORD, P.ORGANISATION_VIEW, P.MEMBER_VIEW},
    Role.DEPUTY: _BRANCH,
    Role.SECRETARY: _BRANCH | {P.MEMBER_EDIT, P.INSTITUTION_EDIT, P.PHONE_SHOW},
    Role.GRID_WORKER: _DOORSTEP | {P.ISSUE_HANDLE},
    Role.COMMUNITY_STAFF: _OFFICE,
    Role.SUBDISTRICT_STAFF: _OFFICE | {P.RULE_EDIT, P.AUDIT_VIEW},
    Role.PARTNER_LIAISON: frozenset(),
    Role.PROPERTY_MANAGER: _DOORSTEP,
    Role.OWNERS_REPRESENTATIVE: _DOORSTEP,
    Role.COUNSELLOR: frozenset({P.DESK_OPEN}),
    Role.SAFEGUARDING: frozenset({P.DESK_OPEN}),
    Role.AUDITOR: frozenset(
        {P.DESK_OPEN, P.ORGANISATION_VIEW, P.ACTIVITY_VIEW, P.POINTS_VIEW, P.ISSUE_VIEW, P.AUDIT_VIEW}
    ),
    Role.OPERATOR: frozenset(
        {P.DESK_OPEN, P.ORGANISATION_VIEW, P.ORGANISATION_EDIT, P.GRANT_MANAGE, P.PLACE_EDIT, P.RULE_EDIT}
        | {P.AUDIT_VIEW}
    ),
}

STAFF: frozenset[Role] = frozenset(
    {
        Role.SECRETARY,
        Role.DEPUTY,
        Role.COMMUNITY_STAFF,
        Role.SUBDISTRICT_STAFF,
        Role.COUNSELLOR,
        Role.SAFEGUARDING,
        Role.AUDITOR,
        Role.OPERATOR,
    }
)
"""Roles that need a second factor: branch secretary upwards, counsellors, auditors, operators."""


def grantable(granter: Role) -> frozenset[Role]:
    """Return the roles that a holder of `granter` may give: never one that can do more than itself."""
    if granter is Role.OPERATOR:
        return frozenset(Role)
    own = PERMISSIONS[granter]
    if P.GRANT_MANAGE not in own:
        return frozenset()
    return frozenset(role for role in Role if PERMISSIONS[role] <= own and role is not Role.OPERATOR)
