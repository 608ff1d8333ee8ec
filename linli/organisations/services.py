"""Writes of bodies and of the places that they serve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.organisations.models import Body, BodyParent, BodyPlace
from linli.organisations.policy.kinds import BodyKind, may_stand_below
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
) -> Body:
    """Found a body below `parent` from `since` (default: today), serving the places `serves`.

    Refused: a kind that may not stand below the parent's kind, a code that exists.
    """
    day = since or local_date(now)
    with writing("body.found", by=by, now=now, key=key) as event:
        if not may_stand_below(kind, BodyKind(parent.kind) if parent else None):
            raise Refusal(
                "body-parent",
                gettext_noop("%(code)s: a %(kind)s cannot stand there; choose another parent."),
                field="parent",
                code=code,
                kind=kind,
            )
        if Body.objects.filter(code=code).exists():
            raise Refusal(
                "body-code", gettext_noop("The code %(code)s is taken; choose another."), field="code", code=code
            )
        body = Body.objects.create(kind=kind, code=code, name=name, valid_from=day)
        body.path = f"{parent.path if parent else ''}{body.pk}."
        body.save(update_fields=["path"])
        if parent:
            BodyParent.objects.create(body=body, parent=parent, valid_from=day, document=document)
        BodyPlace.objects.bulk_create([BodyPlace(body=body, place=place, valid_from=day) for place in serves])
        event.about(body.ref, kind=kind.value, name=name)
    return body


def rename_body(body: Body, *, name: str, by: Actor, now: datetime, key: str) -> Body:
    """Give `body` another name; its code stays."""
    with writing("body.rename", by=by, now=now, key=key) as event:
        event.about(body.ref, was=body.name, name=name)
        body.name = name
        body.save(update_fields=["name"])
    return body
