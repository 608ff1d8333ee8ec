"""Reads of bulletins: what is published, names by today's consent, where each branch stands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.audit import queries as audit
from linli.lib.clock import local_date
from linli.lib.mask import mask_name
from linli.lib.month import Month
from linli.members import queries as members
from linli.members.models import Membership
from linli.members.policy.kinds import Purpose
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.points.models import Bulletin, Entry
from linli.points.policy.kinds import BulletinState
from linli.rules import queries as rules
from linli.store.rows import rows


def bulletin_content(bulletin: Bulletin) -> dict[str, object]:
    """Return what the log holds of a published bulletin."""
    return {
        "kind": "bulletin",
        "id": bulletin.pk,
        "body": bulletin.body.code,
        "month": str(Month.of(bulletin.month)),
        "preparer": bulletin.preparer,
        "prepared_at": bulletin.prepared_at.astimezone(UTC).isoformat(),
        "publisher": bulletin.publisher,
        "published_at": bulletin.published_at.astimezone(UTC).isoformat() if bulletin.published_at else None,
        "rows": bulletin.frozen,
    }


def earlier_open_month(body: Body, month: Month) -> Month | None:
    """Return the first month before `month` that has lines in `body` and no published bulletin, or None."""
    closed = Bulletin.objects.filter(body=body, state=BulletinState.PUBLISHED).values("month")
    found = Entry.objects.filter(body=body, month__lt=month.first).exclude(month__in=closed).order_by("month")
    first = found.values_list("month", flat=True).first()
    return Month.of(first) if first else None


def bulletin(actor: Actor, permission: Permission, code: str, month: Month) -> Bulletin | None:
    """Return the bulletin of a body and month within the actor's reach, or None; 404 out of reach."""
    return bulletin_in(organisations.body(actor, permission, code), month)


def bulletin_in(body: Body, month: Month) -> Bulletin | None:
    """Return the bulletin of `body` for `month`, or None."""
    return Bulletin.objects.filter(body=body, month=month.first).select_related("body").first()


def branch(code: str) -> Body | None:
    """Return the body with `code`, for commands, which run without a role."""
    return Body.objects.filter(code=code).first()


def published() -> QuerySet[Bulletin]:
    """Return the published bulletins, newest first."""
    return (
        Bulletin.objects.filter(state=BulletinState.PUBLISHED).select_related("body").order_by("-month", "body__path")
    )


def published_bulletin(pk: int) -> Bulletin:
    """Return a published bulletin; 404 for a draft, which is not public."""
    found = published().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a bulletin as it is shown: the name by today's consent, else masked."""

    number: str
    name: str
    scored: bool
    month: int
    total: int
    lines: list[dict[str, Any]]


def shown_rows(frozen: Sequence[Mapping[str, Any]], *, full_names: bool = False) -> list[ShownRow]:
    """Return the rows of a bulletin with names: full for the branch's own desk, else by today's consent."""
    names = members.named([row["member"] for row in frozen], Purpose.NAME_BULLETIN)
    return [
        ShownRow(
            row["member"],
            name if full_names or agreed else mask_name(name),
            row["scored"],
            row["month"],
            row["total"],
            row["lines"],
        )
        for row in frozen
        for name, agreed in [names.get(row["member"], ("", False))]
    ]


@dataclass(frozen=True, slots=True)
class Notice:
    """A published bulletin as its public page shows it."""

    pk: int
    body: str
    month: Month
    published_at: datetime
    checkpoint_size: int | None
    rows: list[ShownRow]


_NOTICE = """SELECT o.name, b.month, b.published_at, b.checkpoint_size, b.frozen FROM points_bulletin b
JOIN organisations_body o ON o.id = b.body_id WHERE b.id = %s AND b.state = 'published'"""


@lru_cache(maxsize=128)
def _parsed(frozen: str) -> Sequence[Mapping[str, Any]]:
    """Return the rows in the text of a published bulletin, which never changes."""
    found: list[dict[str, Any]] = json.loads(frozen)
    return found


def notice(pk: int) -> Notice:
    """Return what the public page of a bulletin shows, in two statements; 404 for a draft, which is not public."""
    for body, month, published_at, size, frozen in rows(_NOTICE, pk):
        moment = published_at if published_at.tzinfo else published_at.replace(tzinfo=UTC)
        return Notice(pk, body, Month.of(month), moment, size, shown_rows(_parsed(frozen)))
    raise Http404


def branches(actor: Actor, permission: Permission, day: date) -> QuerySet[Body]:
    """Return the bodies within reach that have members of their own on `day`: those for which deeds are recorded."""
    units = Membership.objects.on(day).values("body")
    return organisations.bodies(actor, permission).filter(pk__in=units)


def _with_month(actor: Actor, month: Month, day: date) -> QuerySet[Body]:
    """Return the bodies within reach that have members of their own on `day`, or lines or a bulletin of `month`.

    So a body that was merged, or whose members have all gone, is there until its last month is sealed.
    """
    units = Membership.objects.on(day).values("body")
    lines = Entry.objects.filter(body=OuterRef("pk"), month=month.first)
    made = Bulletin.objects.filter(body=OuterRef("pk"), month=month.first)
    owes = Q(pk__in=units) | Exists(lines) | Exists(made)
    return organisations.bodies(actor, Permission.POINTS_VIEW).filter(owes)


@dataclass(frozen=True, slots=True)
class MonthOfBranch:
    """A branch and where its bulletin of a month stands.

    `due`: it is time to prepare or to publish it; `late`: the day on which months close has passed without a draft.
    """

    body: Body
    month: Month
    bulletin: Bulletin | None
    due: bool
    late: bool


def close_day(actor: Actor, day: date) -> int:
    """Return the day of the next month on which a month closes, where `actor` sees points."""
    places = organisations.rule_places_of(actor, Permission.POINTS_VIEW, day)
    return rules.value("points.close_day", places, day)


def months_of_branches(actor: Actor, moment: datetime, month: Month, close_day: int) -> list[MonthOfBranch]:
    """Return every branch within reach with its bulletin of `month`; months close on `close_day` of the next.

    Also a body without members today, where it has lines or a bulletin of the month.
    """
    day = local_date(moment)
    reached = list(_with_month(actor, month, day))
    made = {b.body_id: b for b in Bulletin.objects.filter(body__in=reached, month=month.first)}
    over = day >= month.following.first
    late = day > month.following.first.replace(day=close_day)
    months = []
    for body in reached:
        found = made.get(body.pk)
        open_draft = found is not None and found.state == BulletinState.DRAFT
        ripe = found is not None and open_draft and moment >= found.objections_until
        months.append(
            MonthOfBranch(body, month, found, due=ripe or (over and found is None), late=late and found is None)
        )
    return months


@dataclass(frozen=True, slots=True)
class Point:
    """A checkpoint as it is printed: records sealed, root in hexadecimal, short code, moment."""

    size: int
    root: str
    code: str
    made_at: datetime


def checkpoint_of(bulletin: Bulletin | Notice) -> Point | None:
    """Return the checkpoint that the bulletin prints, or None for a draft."""
    found = audit.checkpoint(bulletin.checkpoint_size) if bulletin.checkpoint_size is not None else None
    return Point(found.size, found.root, audit.code(found), found.made_at) if found else None
