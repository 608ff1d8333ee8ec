"""Writes of standings between dates, and of news about members who live elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Contact, Member, MemberStanding
from linli.members.policy.kinds import Standing

ORDER = gettext_noop("The standing of %(name)s would end on %(until)s, before it began; correct the days.")
OVERLAPS = gettext_noop(
    "“%(kind)s” holds of %(name)s already, from %(since)s until %(until)s. End that first, or choose other days."
)
NOT_THEN = gettext_noop("%(name)s joined on %(joined)s; a standing cannot begin before that.")
TOLD_AHEAD = gettext_noop("%(day)s is still to come; enter the day on which you heard of %(name)s.")


def begin_standing(
    member: Member,
    *,
    kind: Standing,
    since: date,
    by: Actor,
    now: datetime,
    key: str,
    until: date | None = None,
    where: str = "",
    document: str = "",
) -> MemberStanding:
    """Let `kind` hold of `member` from `since`, until (not including) `until` where that is known.

    Locks the member. Refused: an end not after the beginning, a beginning before joining, one that holds already at
    any of the days.
    """
    with writing("standing.begin", by=by, now=now, key=key) as event:
        found = Member.objects.select_for_update().get(pk=member.pk)
        if until is not None and until <= since:
            raise Refusal("standing-order", ORDER, field="until", name=found.name, until=until.isoformat())
        if found.joined_on is not None and since < found.joined_on:
            joined = found.joined_on.isoformat()
            raise Refusal("standing-joined", NOT_THEN, field="since", name=found.name, joined=joined)
        _refuse_overlap(found, kind, since, until)
        standing = MemberStanding.objects.create(
            member=found, kind=kind, valid_from=since, valid_to=until, where=where.strip(), document=document.strip()
        )
        event.about(found.ref, kind=kind.value, since=since.isoformat(), document=standing.document)
    return standing


def end_standing(standing: MemberStanding, *, on: date, by: Actor, now: datetime, key: str) -> MemberStanding:
    """End `standing` on `on`, the first day on which it does not hold; ended on its first day it is taken back.

    Locks the member. Refused: a day before it began, one that ended already by then.
    """
    with writing("standing.end", by=by, now=now, key=key) as event:
        Member.objects.select_for_update().get(pk=standing.member_id)
        found = MemberStanding.objects.select_related("member").get(pk=standing.pk)
        if on < found.valid_from:
            values = {"name": found.member.name, "until": on.isoformat()}
            raise Refusal("standing-order", ORDER, field="on", **values)
        if found.valid_to is not None and found.valid_to <= on:
            raise Refusal(
                "standing-ended",
                gettext_noop("This standing of %(name)s ended on %(until)s already."),
                field="on",
                name=found.member.name,
                until=found.valid_to.isoformat(),
            )
        event.about(found.member.ref, kind=found.kind, on=on.isoformat())
        if on == found.valid_from:
            found.delete()
        else:
            found.valid_to = on
            found.save(update_fields=["valid_to"])
    return found


def note_contact(member: Member, *, on: date, words: str, by: Actor, now: datetime, key: str) -> Contact:
    """Note that the branch heard of `member` on `on`. Refused: a day to come."""
    with writing("member.contact", by=by, now=now, key=key) as event:
        if on > local_date(now):
            raise Refusal("contact-day", TOLD_AHEAD, field="on", day=on.isoformat(), name=member.name)
        contact = Contact.objects.create(member=member, on=on, words=words.strip())
        event.about(member.ref, on=on.isoformat())
    return contact


def _refuse_overlap(member: Member, kind: Standing, since: date, until: date | None) -> None:
    """Refuse where `kind` holds already at a day of [since, until)."""
    ends_later = Q(valid_to=None) | Q(valid_to__gt=since)
    begins_before = Q(valid_from__lt=until) if until else Q()
    other = MemberStanding.objects.filter(ends_later & begins_before, member=member, kind=kind).first()
    if other is not None:
        raise Refusal(
            "standing-overlap",
            OVERLAPS,
            field="since",
            kind=kind,
            name=member.name,
            since=other.valid_from.isoformat(),
            until=other.valid_to.isoformat() if other.valid_to else "…",
        )
