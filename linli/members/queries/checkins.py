"""Reads of in-service members who have checked in (双报到)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.members.models import CheckIn, Consent
from linli.members.policy.kinds import Purpose
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind

COMMUNITY = BodyKind.GENERAL_BRANCH
"""Where members check in: the general branch of a community."""
_ENTERS = Q(kind=COMMUNITY) | Q(pk__in=CheckIn.objects.values("body"))


def communities(actor: Actor, permission: Permission, day: date) -> QuerySet[Body]:
    """Return the communities in reach that live on `day`, and who took over from one, in the order of the tree."""
    return organisations.living(actor, permission, day).filter(_ENTERS)


def community(actor: Actor, permission: Permission, code: str) -> Body:
    """Return the body of `communities`, of any day, with `code`; 404 where it is out of reach or none of them."""
    found = organisations.bodies(actor, permission).filter(_ENTERS, code=code).first()
    if found is None:
        raise Http404
    return found


def check_ins(actor: Actor, permission: Permission) -> QuerySet[CheckIn]:
    """Return the check-ins at communities in reach, each with whether its member agrees to feedback, by name."""
    reached = CheckIn.objects.filter(organisations.below(actor.reach(permission), "body__path"))
    return _told(reached)


def check_in(actor: Actor, permission: Permission, pk: int) -> CheckIn:
    """Return one of `check_ins`; 404 where there is none."""
    found = check_ins(actor, permission).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def held_between(body: Body, first: date, after: date) -> QuerySet[CheckIn]:
    """Return the check-ins at `body` that hold on a day from `first` until before `after`, as `check_ins`."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=first)
    return _told(CheckIn.objects.filter(lasting, body=body, valid_from__lt=after))


def own(member: int) -> QuerySet[CheckIn]:
    """Return the check-ins of a member, the latest first."""
    return CheckIn.objects.filter(member=member).select_related("body").order_by("-valid_from")


def _told(found: QuerySet[CheckIn]) -> QuerySet[CheckIn]:
    agreed = Consent.objects.filter(member=OuterRef("member"), purpose=Purpose.HOME_UNIT, withdrawn_at=None)
    order = ("member__name_key", "member__number", "valid_from")
    return found.select_related("member", "body").annotate(agreed=Exists(agreed)).order_by(*order)
