"""Writes of bodies: founding, and every change of the tree from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.paths import covers
from linli.lib.words import gettext_noop
from linli.organisations.models import Body, BodyChange, BodyName, BodyParent, BodyPlace
from linli.organisations.policy.changes import ChangeKind, check_day
from linli.organisations.policy.kinds import BodyKind, may_stand_below
from linli.organisations.queries import tree as queries
from linli.places.models import Place


def found_body(
    *,
    kind: BodyKind,
    code: str,
    name: str,
    parent: Body | None,
    by: Actor,
    now: datetime,
    key: str,
    since: date | None = None,
    serves: Iterable[Place] = (),
    document: str = "",
    split_from: Body | None = None,
) -> Body:
    """Found a body below `parent` from `since` (default: today), serving the places `serves`.

    `split_from` names the body that it is split off from. Refused: a kind that may not stand below the parent's
    kind, a parent that does not exist on that day, a code that exists.
    """
    day = since or local_date(now)
    with writing("body.found", by=by, now=now, key=key) as event:
        _may_stand(kind, code, parent, day)
        if Body.objects.filter(code=code).exists():
            raise Refusal(
                "body-code", gettext_noop("The code %(code)s is taken; choose another."), field="code", code=code
            )
        body = Body.objects.create(kind=kind, code=code, name=name, valid_from=day)
        body.path = f"{parent.path if parent else ''}{body.pk}."
        body.save(update_fields=["path"])
        BodyName.objects.create(body=body, name=name, valid_from=day)
        if parent:
            BodyParent.objects.create(body=body, parent=parent, valid_from=day)
        BodyPlace.objects.bulk_create([BodyPlace(body=body, place=place, valid_from=day) for place in serves])
        how = ChangeKind.SPLIT if split_from else ChangeKind.FOUND
        BodyChange.objects.create(body=body, kind=how, on=day, document=document, other=split_from or parent)
        event.about(body.ref, kind=kind.value, name=name)
    return body


def rename_body(
    body: Body, *, name: str, by: Actor, now: datetime, key: str, on: date | None = None, document: str = ""
) -> Body:
    """Give `body` another name from `on` (default: today); its code stays. A name of the same day is corrected."""
    today = local_date(now)
    day = on or today
    with writing("body.rename", by=by, now=now, key=key) as event:
        found = _locked(body)
        held = found.names.filter(valid_to=None).get()
        check_day(day, since=held.valid_from, name=held.name, today=today)
        _change(found, ChangeKind.RENAME, day, document, was=held.name)
        if held.valid_from == day:
            held.name = name
            held.save(update_fields=["name"])
        else:
            _end(held, day)
            BodyName.objects.create(body=found, name=name, valid_from=day)
        event.about(found.ref, was=held.name, name=name, on=day.isoformat())
        _recall(today)
        found.refresh_from_db()
    return found


def move_body(
    body: Body, *, parent: Body, by: Actor, now: datetime, key: str, on: date | None = None, document: str = ""
) -> Body:
    """Move `body`, with all below it, below `parent` from `on` (default: today).

    Refused: below itself or one of its own bodies, below a kind that may not have it, a root, a day before the
    last move.
    """
    today = local_date(now)
    day = on or today
    with writing("body.move", by=by, now=now, key=key) as event:
        found = _locked(body)
        _may_stand(BodyKind(found.kind), found.code, parent, day)
        if _ever_below(found, parent, day):
            raise Refusal(
                "body-cycle",
                gettext_noop("%(parent)s stands below %(name)s; a body cannot stand below itself."),
                field="parent",
                parent=parent.name,
                name=found.name,
            )
        held = found.parents.filter(valid_to=None).select_related("parent").first()
        if held is None:
            raise Refusal("body-root", gettext_noop("%(name)s is the root of the tree; it stays."), name=found.name)
        check_day(day, since=held.valid_from, name=found.name, today=today)
        _change(found, ChangeKind.MOVE, day, document, other=parent, was=held.parent.code)
        if held.valid_from == day:
            held.parent = parent
            held.save(update_fields=["parent"])
        else:
            _end(held, day)
            BodyParent.objects.create(body=found, parent=parent, valid_from=day)
        event.about(found.ref, parent=parent.code, on=day.isoformat())
        _recall(today)
        found.refresh_from_db()
    return found


def dissolve_body(
    body: Body,
    *,
    by: Actor,
    now: datetime,
    key: str,
    on: date | None = None,
    document: str = "",
    into: Body | None = None,
) -> Body:
    """End `body` on `on` (the first day without it); `into`, which it is merged into, serves its places from then on.

    Who has members moves them first (`members.services.reorganise`). Refused: while bodies stand below it, a day not
    after its founding.
    """
    today = local_date(now)
    day = on or today
    with writing("body.dissolve", by=by, now=now, key=key) as event:
        found = _locked(body)
        check_day(day, since=max(_starts(found)), name=found.name, today=today)
        link = found.children.filter(Q(valid_to=None) | Q(valid_to__gt=day)).select_related("body").first()
        if link is not None:
            raise Refusal(
                "body-parents-others",
                gettext_noop("%(below)s still stands below %(name)s; move or dissolve it first."),
                below=link.body.name,
                name=found.name,
            )
        if day == found.valid_from:
            raise Refusal(
                "body-same-day",
                gettext_noop("%(name)s was founded on %(day)s; it can end from the next day on."),
                field="on",
                name=found.name,
                day=day.isoformat(),
            )
        if into is not None:
            _serve(into, found, day)
        for rows in (found.names, found.parents, found.served):
            rows.filter(valid_from=day).delete()  # what would have begun with the end never holds
            rows.filter(valid_to=None).update(valid_to=day)
        _end(found, day)
        _change(found, ChangeKind.MERGE if into else ChangeKind.DISSOLVE, day, document, other=into)
        event.about(found.ref, on=day.isoformat(), into=into.code if into else "")
    return found


def refresh_tree(*, by: Actor, now: datetime, key: str) -> int:
    """Bring the cached names and paths to what the dated rows say today; return how many bodies changed."""
    today = local_date(now)
    if not _stale(today):
        return 0
    with writing("body.refresh", by=by, now=now, key=key) as event:
        count = _recall(today)
        event.about("bodies", count=count)
    return count


def _locked(body: Body) -> Body:
    """Return the body as it is now, locked. Refused: one whose end is settled, be it past or ahead."""
    found = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    if found.valid_to is not None:
        raise Refusal(
            "body-ended",
            gettext_noop("%(name)s ends on %(day)s; nothing of it can change any more."),
            name=found.name,
            day=found.valid_to.isoformat(),
        )
    return found


def _may_stand(kind: BodyKind, code: str, parent: Body | None, day: date) -> None:
    if not may_stand_below(kind, BodyKind(parent.kind) if parent else None):
        raise Refusal(
            "body-parent",
            gettext_noop("%(code)s: a %(kind)s cannot stand there; choose another parent."),
            field="parent",
            code=code,
            kind=kind,
        )
    if parent is not None and not Body.objects.on(day).filter(pk=parent.pk, valid_to=None).exists():
        raise Refusal(
            "body-parent-day",
            gettext_noop("%(parent)s does not exist on %(day)s or ends later; choose another day or another parent."),
            field="parent",
            parent=parent.name,
            day=day.isoformat(),
        )


def _ever_below(body: Body, parent: Body, day: date) -> bool:
    """Tell whether `parent` is `body` or stands below it on `day` or, by changes entered ahead, on a later one."""
    ahead = BodyParent.objects.filter(valid_from__gt=day).values_list("valid_from", flat=True).distinct()
    return any(Body.objects.filter(queries.below_on(body, at), pk=parent.pk).exists() for at in (day, *ahead))


def _serve(heir: Body, ended: Body, day: date) -> None:
    """Let `heir` serve from `day` what `ended` served and it does not serve itself or from above."""
    own = [link.place.path for link in heir.served.on(day).select_related("place")]
    for link in ended.served.filter(valid_to=None).select_related("place"):
        if not any(covers(path, link.place.path) for path in own):
            BodyPlace.objects.create(body=heir, place=link.place, valid_from=max(day, link.valid_from))


def _starts(body: Body) -> list[date]:
    """Return since when each thing holds that the end of `body` would end."""
    rows = (body.names, body.parents, body.served)
    return [
        body.valid_from,
        *(day for each in rows for day in each.filter(valid_to=None).values_list("valid_from", flat=True)),
    ]


def _end(row: Body | BodyName | BodyParent, day: date) -> None:
    row.valid_to = day
    row.save(update_fields=["valid_to"])


def _change(
    body: Body, kind: ChangeKind, on: date, document: str, *, other: Body | None = None, was: str = ""
) -> BodyChange:
    return BodyChange.objects.create(body=body, kind=kind, on=on, document=document, other=other, was=was)


def _stale(today: date) -> list[Body]:
    """Return the bodies whose cached name or path is not that of `today`, with the true ones set."""
    names, paths = queries.names_on(today), queries.paths_on(today)
    found = []
    for body in Body.objects.on(today):
        name, path = names.get(body.pk, body.name), paths[body.pk]
        if (body.name, body.path) != (name, path):
            body.name, body.path = name, path
            found.append(body)
    return found


def _recall(today: date) -> int:
    stale = _stale(today)
    Body.objects.bulk_update(stale, ["name", "path"], batch_size=500)
    return len(stale)
