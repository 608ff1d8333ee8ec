"""What a member agreed to show, and nothing else: for the public page, the card and the door plate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from linli.lib.mask import mask_name
from linli.members.models import Membership, Post, Shown
from linli.members.policy.kinds import Purpose, Title
from linli.organisations.models import Body, BodyPlace
from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Identity:
    """A member as shown: each part only where the member agreed to it."""

    token: str
    name: str
    branch: Body | None
    centre: Body | None
    place: Place | None
    """The place that the centre household, else the branch, serves."""


def identity(token: str, day: date) -> Identity:
    """Return what the page of `token` shows on `day`; 404 once the consent is withdrawn, or the member has left."""
    return _identity(_living().filter(token=token).first(), day)


def own(member: int, day: date) -> tuple[Shown, Identity] | None:
    """Return what a member shows today, or None."""
    found = _living().filter(consent__member=member).first()
    try:
        return (found, _identity(found, day)) if found else None
    except Http404:
        return None


def _living() -> QuerySet[Shown]:
    open_ones = Shown.objects.filter(consent__withdrawn_at=None, consent__purpose=Purpose.IDENTITY_CARD)
    return open_ones.select_related("consent__member")


def _identity(found: Shown | None, day: date) -> Identity:
    member = found.consent.member if found else None
    unit = Membership.objects.on(day).filter(member=member).select_related("body").first() if member else None
    if found is None or member is None or unit is None:
        raise Http404
    branch = unit.body if found.branch else None
    post = Post.objects.on(day).filter(member=member, title=Title.CENTRE_HOUSEHOLD).select_related("body")
    held = post.first() if found.centre else None
    centre = held.body if held else None
    served = BodyPlace.objects.on(day).filter(body=centre or branch).select_related("place").order_by("place__path")
    first = served.first() if centre or branch else None
    name = member.name if found.full_name else mask_name(member.name)
    return Identity(found.token, name, branch, centre, first.place if first else None)
