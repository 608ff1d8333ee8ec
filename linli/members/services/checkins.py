"""Writes of check-ins of in-service members at the community (双报到)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import CheckIn, Member
from linli.members.policy.kinds import Purpose
from linli.members.services.register import set_consent
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind

AHEAD = gettext_noop("%(day)s is still to come; enter the day on which %(name)s checked in.")
KIND = gettext_noop("%(body)s is no community; check in at the general branch of a community.")
HELD = gettext_noop("%(name)s is checked in at %(body)s since %(since)s already; end that first.")
SLIP = gettext_noop("The slip %(slip)s of %(unit)s is entered already, for %(name)s; look at its number again.")
EARLY = gettext_noop("%(name)s checked in on %(since)s; it cannot end before that.")
OVER = gettext_noop("This check-in of %(name)s ended on %(until)s already.")


def check_in(
    member: Member,
    *,
    body: Body,
    home_unit: str,
    contact: str,
    slip: str,
    since: date,
    agreed: bool,
    by: Actor,
    now: datetime,
    key: str,
) -> CheckIn:
    """Check `member` in at the community `body` from `since` with a slip of the home unit.

    `agreed`: the member agrees, separately, that the home unit gets feedback (PIPL art. 23); it can be taken back.
    Locks the member. Refused: a day to come, a body that is no community, a second check-in at a time, a slip that is
    entered already.
    """
    with writing("check_in.begin", by=by, now=now, key=key) as event:
        found = Member.objects.select_for_update().get(pk=member.pk)
        if since > local_date(now):
            raise Refusal("check-in-ahead", AHEAD, field="since", day=since.isoformat(), name=found.name)
        if body.kind != BodyKind.GENERAL_BRANCH:
            raise Refusal("check-in-kind", KIND, body=body.name)
        unit, number = home_unit.strip(), slip.strip()
        _refuse_doubles(found, unit, number, since)
        made = CheckIn.objects.create(
            member=found, body=body, home_unit=unit, contact=contact.strip(), slip=number, valid_from=since
        )
        if agreed:
            set_consent(found, purpose=Purpose.HOME_UNIT, given=True, by=by, now=now, key=f"{key}:consent")
        event.about(made.ref, member=found.number, body=body.code, since=since.isoformat())
    return made


def check_out(found: CheckIn, *, on: date, by: Actor, now: datetime, key: str) -> None:
    """End a check-in on `on`, the first day without it; ended on its first day it is taken back.

    Locks the member. Refused: a day before it began, one that ended already by then.
    """
    with writing("check_in.end", by=by, now=now, key=key) as event:
        Member.objects.select_for_update().get(pk=found.member_id)
        held = CheckIn.objects.select_related("member").get(pk=found.pk)
        if on < held.valid_from:
            values = {"name": held.member.name, "since": held.valid_from.isoformat()}
            raise Refusal("check-in-early", EARLY, field="on", **values)
        if held.valid_to is not None and held.valid_to <= on:
            values = {"name": held.member.name, "until": held.valid_to.isoformat()}
            raise Refusal("check-in-over", OVER, field="on", **values)
        event.about(held.ref, on=on.isoformat())
        if on == held.valid_from:
            held.delete()
        else:
            held.valid_to = on
            held.save(update_fields=["valid_to"])


def _refuse_doubles(member: Member, unit: str, slip: str, since: date) -> None:
    """Refuse where the member is checked in at or after `since`, or the slip is entered already."""
    lasting = CheckIn.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), member=member)
    other = lasting.select_related("body").first()
    if other is not None:
        values = {"name": member.name, "body": other.body.name, "since": other.valid_from.isoformat()}
        raise Refusal("check-in-held", HELD, field="since", **values)
    same = CheckIn.objects.filter(home_unit=unit, slip=slip).select_related("member").first()
    if same is not None:
        raise Refusal("check-in-slip", SLIP, field="slip", slip=slip, unit=unit, name=same.member.name)
