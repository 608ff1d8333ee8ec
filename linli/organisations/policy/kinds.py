"""Kinds of bodies, and which may stand below which."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class BodyKind(Labelled):
    """What a body is. Party bodies and civil bodies stand in one tree, below the working committee."""

    DISTRICT_COMMITTEE = "district_committee", gettext_noop("District committee")
    WORKING_COMMITTEE = "working_committee", gettext_noop("Working committee")
    GENERAL_BRANCH = "general_branch", gettext_noop("General branch")
    BRANCH = "branch", gettext_noop("Branch")
    TEMPORARY_BRANCH = "temporary_branch", gettext_noop("Temporary branch")
    BUILDING_GROUP = "building_group", gettext_noop("Building group")
    CENTRE_HOUSEHOLD = "centre_household", gettext_noop("Centre household")
    OFFICE = "office", gettext_noop("Subdistrict office")
    RESIDENTS_COMMITTEE = "residents_committee", gettext_noop("Residents' committee")
    OWNERS_COMMITTEE = "owners_committee", gettext_noop("Owners' committee")
    PROPERTY_COMPANY = "property_company", gettext_noop("Property company")
    PARTNER = "partner", gettext_noop("Partner unit")


_K = BodyKind
PARENTS: dict[BodyKind, frozenset[BodyKind]] = {
    _K.DISTRICT_COMMITTEE: frozenset(),
    _K.WORKING_COMMITTEE: frozenset({_K.DISTRICT_COMMITTEE}),
    _K.GENERAL_BRANCH: frozenset({_K.WORKING_COMMITTEE}),
    _K.BRANCH: frozenset({_K.WORKING_COMMITTEE, _K.GENERAL_BRANCH, _K.BRANCH}),
    _K.TEMPORARY_BRANCH: frozenset({_K.WORKING_COMMITTEE, _K.GENERAL_BRANCH, _K.BRANCH}),
    _K.BUILDING_GROUP: frozenset({_K.BRANCH}),
    _K.CENTRE_HOUSEHOLD: frozenset({_K.BUILDING_GROUP, _K.BRANCH}),
    _K.OFFICE: frozenset({_K.WORKING_COMMITTEE}),
    _K.RESIDENTS_COMMITTEE: frozenset({_K.OFFICE}),
    _K.OWNERS_COMMITTEE: frozenset({_K.RESIDENTS_COMMITTEE}),
    _K.PROPERTY_COMPANY: frozenset({_K.RESIDENTS_COMMITTEE}),
    _K.PARTNER: frozenset({_K.OFFICE, _K.RESIDENTS_COMMITTEE}),
}
"""A courtyard branch is a branch below the estate's branch (小区党支部—院落党支部)."""

ROOTS = frozenset({BodyKind.DISTRICT_COMMITTEE, BodyKind.WORKING_COMMITTEE})
UNITS = frozenset({BodyKind.WORKING_COMMITTEE, BodyKind.GENERAL_BRANCH, BodyKind.BRANCH})
"""Bodies that a member can belong to. Who takes part in a temporary branch keeps the own unit (B4, L4)."""


def may_stand_below(kind: BodyKind, parent: BodyKind | None) -> bool:
    """Tell whether a body of `kind` may have a parent of kind `parent` (None: stand alone)."""
    return kind in ROOTS if parent is None else parent in PARENTS[kind]
