"""The month of a branch: a draft closes it, publication freezes and seals it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.access.decide import Actor
from linli.audit.services import lock_log, seal, writing
from linli.lib.clock import CHINA, local_date
from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.notify import services as notify
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.points import queries
from linli.points.models import Bulletin
from linli.points.policy.kinds import BulletinState
from linli.points.policy.objections import objections_end
from linli.rules import queries as rules


def prepare_bulletin(body: Body, *, month: Month, by: Actor, now: datetime, key: str) -> Bulletin:
    """Draft the bulletin of `body` for `month`, which closes the month for its members.

    Open to objection for the days that the rules say, to the end of the last. The branch is locked, so that a line
    written meanwhile is waited for. Refused: a month that is not over, one with a bulletin, one before which a month
    waits.
    """
    with writing("bulletin.prepare", by=by, now=now, key=key) as event:
        today = local_date(now)
        Body.objects.select_for_update().get(pk=body.pk)
        if today < month.following.first:
            raise Refusal(
                "month-not-over",
                gettext_noop("%(month)s is not over yet; the bulletin can be prepared from %(day)s."),
                month=str(month),
                day=month.following.first.isoformat(),
            )
        if Bulletin.objects.filter(body=body, month=month.first).exists():
            raise Refusal(
                "bulletin-exists",
                gettext_noop("%(body)s has a bulletin for %(month)s already; open that one."),
                body=body.name,
                month=str(month),
            )
        waiting = queries.earlier_open_month(body, month)
        if waiting is not None:
            raise Refusal(
                "bulletin-order",
                gettext_noop("%(body)s has no published bulletin for %(month)s yet; publish that one first."),
                body=body.name,
                month=str(waiting),
            )
        days = rules.value("points.objection_days", organisations.rule_places(body, today), today)
        bulletin = Bulletin.objects.create(
            body=body,
            month=month.first,
            state=BulletinState.DRAFT,
            frozen=queries.bulletin_rows(body, month),
            preparer=by.ref,
            prepared_at=now,
            objections_until=objections_end(now, days),
        )
        event.about(bulletin.ref, body=body.code, month=str(month))
    return bulletin


def reopen_bulletin(bulletin: Bulletin, *, reason: str, by: Actor, now: datetime, key: str) -> Body:
    """Take a draft back, which opens the month again: for an objection that was right.

    The branch is told the reason; the audit log, which nobody can erase, keeps no words of people.
    Refused: a published bulletin is frozen for ever.
    """
    with writing("bulletin.reopen", by=by, now=now, key=key) as event:
        locked = _draft(bulletin)
        event.about(locked.ref, body=locked.body.code, month=str(Month.of(locked.month)))
        told = {"subject": locked.body.name, "body": reason, "audience": locked.body.ref}
        notify.post(cause=f"{locked.ref}:reopened", now=now, **told)
        locked.delete()
    return locked.body


def publish_bulletin(bulletin: Bulletin, *, by: Actor, now: datetime, key: str) -> Bulletin:
    """Freeze and publish a draft: rows by member number, sealed in the log with every line of the month.

    Refused: by its preparer; before the days of objection are over; when it was published before.
    """
    with writing("bulletin.publish", by=by, now=now, key=key) as event:
        locked = _draft(bulletin)
        if by.ref == locked.preparer:
            raise Refusal(
                "bulletin-second-person",
                gettext_noop("Who prepared a bulletin cannot publish it; ask the deputy or the body above."),
            )
        if now < locked.objections_until:
            raise Refusal(
                "bulletin-objections",
                gettext_noop("Objections can come until %(until)s; publish it after that."),
                until=f"{locked.objections_until.astimezone(CHINA):%Y-%m-%d %H:%M}",
            )
        lock_log()
        fresh = queries.bulletin_rows(locked.body, Month.of(locked.month))
        if _objectable(fresh) != _objectable(locked.frozen):
            raise Refusal(
                "bulletin-changed",
                gettext_noop("Lines or members changed since the draft was made; take it back and prepare it anew."),
            )
        locked.frozen = fresh
        locked.state, locked.publisher, locked.published_at = BulletinState.PUBLISHED, by.ref, now
        lines = queries.entries().filter(pk__in=queries.entries_of(locked.frozen)).order_by("pk")
        records = [(entry.ref, queries.entry_content(entry)) for entry in lines]
        point = seal([*records, (locked.ref, queries.bulletin_content(locked))], now=now)
        locked.checkpoint_size = point.size
        locked.save()
        event.about(locked.ref, body=locked.body.code, month=str(Month.of(locked.month)), size=point.size)
    return locked


def _objectable(rows: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """Return what the days of objection were about: who, whether scored, which lines. Totals may move with caps."""
    return [(row["member"], row["scored"], [line["entry"] for line in row["lines"]]) for row in rows]


def _draft(bulletin: Bulletin) -> Bulletin:
    locked = Bulletin.objects.select_for_update(of=("self",)).select_related("body").get(pk=bulletin.pk)
    if locked.state != BulletinState.DRAFT:
        raise Refusal("bulletin-frozen", gettext_noop("This bulletin is published and frozen; nothing can change it."))
    return locked
