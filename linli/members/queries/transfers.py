"""Reads of transfers and departures: those of the units in reach."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor, allowed
from linli.members.models import Departure, Membership, Transfer
from linli.members.policy.kinds import TransferState
from linli.members.policy.transfers import TABLE, TransferAction, lapsed
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import UNITS
from linli.store.validity import holds_on


def transfers(actor: Actor, permission: Permission) -> QuerySet[Transfer]:
    """Return the transfers from or to the units in reach, the open ones first, then the latest."""
    reach = actor.reach(permission)
    ours = organisations.below(reach, "source__path") | organisations.below(reach, "target__path")
    found = Transfer.objects.filter(ours).select_related("member", "source", "target")
    return found.order_by("state", "-issued_on", "-pk")


def transfer(actor: Actor, permission: Permission, pk: int) -> Transfer:
    """Return one of `transfers`; 404 where there is none."""
    found = transfers(actor, permission).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def has_lapsed(found: Transfer, day: date) -> bool:
    """Tell whether the slip is open on `day`, and too old to be received."""
    return lapsed(TransferState(found.state), found.valid_until, day)


def our_turn(actor: Actor, found: Transfer, action: TransferAction) -> bool:
    """Tell whether `action` falls to a unit in reach.

    Received the slip is by the unit that takes the member up, taken back by the unit that issued it; what happens
    outside our one unit enters.
    """
    source, target = found.source, found.target
    taking, giving = (source if source and not target else target), (source or target)
    body = taking if action is TransferAction.RECEIVE else giving
    return body is not None and allowed(actor, Permission.MEMBER_EDIT, body.path)


def possible(actor: Actor, found: Transfer, day: date) -> tuple[TransferAction, ...]:
    """Return what `actor` may do with the slip on `day`: the state table, its last day, and whose turn it is."""
    return tuple(
        action
        for action in (TransferAction.RECEIVE, TransferAction.WITHDRAW)
        if (TransferState(found.state), action) in TABLE
        and our_turn(actor, found, action)
        and not (action is TransferAction.RECEIVE and has_lapsed(found, day))
    )


def waiting(actor: Actor, day: date) -> dict[str, int]:
    """Return how many slips wait: `receive` for our receipt, `lapsed` to be taken back by us."""
    found = transfers(actor, Permission.MEMBER_EDIT).filter(state=TransferState.ISSUED)
    turns = [(possible(actor, each, day), has_lapsed(each, day)) for each in found]
    return {
        "receive": sum(TransferAction.RECEIVE in actions for actions, _old in turns),
        "lapsed": sum(old and TransferAction.WITHDRAW in actions for actions, old in turns),
    }


def targets(day: date) -> QuerySet[Body]:
    """Return every living unit of the house that a member can be transferred to, from the root down."""
    return Body.objects.filter(holds_on(day), kind__in=UNITS).order_by("path")


def departures(actor: Actor, permission: Permission) -> QuerySet[Departure]:
    """Return who left the units in reach, the latest first."""
    reach = organisations.below(actor.reach(permission), "body__path")
    last = Membership.objects.filter(
        reach, member=OuterRef("member"), valid_to=OuterRef("on"), ended=OuterRef("ending")
    )
    return Departure.objects.filter(Exists(last)).select_related("member")


def departure(actor: Actor, permission: Permission, pk: int) -> Departure:
    """Return one of `departures`; 404 where there is none."""
    found = departures(actor, permission).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
