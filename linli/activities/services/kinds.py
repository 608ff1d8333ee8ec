"""Writes of kinds of activities."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from django.db.models import Max

from linli.access.decide import Actor
from linli.activities.models import Kind
from linli.activities.policy.default_kinds import DEFAULT_KINDS
from linli.activities.policy.kinds import FIXED, KindPlan, check_kind
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.points import queries as points

NAMES = tuple(field.name for field in fields(KindPlan) if field.name != "code")


def ensure_kind(plan: KindPlan, *, new: bool = False, by: Actor, now: datetime, key: str) -> Kind:
    """Make a kind of activity, or change the one with its code; a new one stands last. Locks the kind.

    Refused: a code that is taken where the kind is to be `new`, an indicator that the sheet of today lacks or that
    counts in another unit, another meaning for a kind that activities have (`policy.kinds.check_kind`).
    """
    with writing("activity_kind.ensure", by=by, now=now, key=key) as event:
        found = Kind.objects.select_for_update().filter(code=plan.code).first()
        if new and found is not None:
            raise Refusal(
                "kind-taken",
                gettext_noop("The kind %(code)s exists already; give another code."),
                field="code",
                code=plan.code,
            )
        used = found is not None and found.activities.exists()
        units = {each.code: each.unit for each in points.activity_indicators(local_date(now))}
        check_kind(plan, units=units, before={name: getattr(found, name) for name in FIXED} if used else None)
        given = {
            name: getattr(plan, name) or "" if name in {"life", "study"} else getattr(plan, name) for name in NAMES
        }
        if found is None:
            last = Kind.objects.aggregate(last=Max("order"))["last"] or 0
            made = Kind.objects.create(code=plan.code, order=last + 1, **given)
        else:
            Kind.objects.filter(pk=found.pk).update(**given)
            made = Kind.objects.get(pk=found.pk)
        event.about(f"activity_kind:{plan.code}", indicator=plan.indicator, due=plan.due.value, public=plan.public)
    return made


def ensure_default_kinds(*, by: Actor, now: datetime, key: str) -> list[Kind]:
    """Make those of the shipped kinds (`policy/default_kinds.py`) that are not there yet; return them."""
    with writing("activity_kinds.ensure", by=by, now=now, key=key) as event:
        there = set(Kind.objects.values_list("code", flat=True))
        new = [plan for plan in DEFAULT_KINDS if plan.code not in there]
        event.about("activity_kinds", count=len(new))
        return [ensure_kind(plan, by=by, now=now, key=f"{key}:{plan.code}") for plan in new]
