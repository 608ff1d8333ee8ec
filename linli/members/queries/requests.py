"""Reads of requests of members about their data."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.members.models import DataRequest
from linli.members.policy.requests import RequestState
from linli.members.queries import people


def requests(actor: Actor, day: date) -> QuerySet[DataRequest]:
    """Return the requests of the members in reach, the open ones first, the longest waiting first."""
    reached = people.members(actor, Permission.MEMBER_EDIT, day).order_by()
    found = DataRequest.objects.filter(member__in=reached).select_related("member")
    return found.order_by("answered_at", "asked_at", "pk")


def waiting(actor: Actor, day: date) -> QuerySet[DataRequest]:
    """Return those of `requests` that wait for an answer."""
    return requests(actor, day).filter(state=RequestState.OPEN)


def request(actor: Actor, pk: int, day: date) -> DataRequest:
    """Return one of `requests`; 404 where there is none."""
    found = requests(actor, day).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
