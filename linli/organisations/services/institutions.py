"""Writes of institutions, duties and budget lines."""

from __future__ import annotations

from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.organisations import queries
from linli.organisations.models import Body, BudgetLine, Duty, Institution, InstitutionVersion
from linli.organisations.policy.institutions import DutyState, Group


def adopt(
    *,
    body: Body,
    group: Group,
    title: str,
    text: str,
    since: date,
    public: bool,
    by: Actor,
    now: datetime,
    key: str,
    document: str = "",
) -> Institution:
    """Adopt the words of the institution `title` of `body` from `since`: a new one, or its next version.

    The version before ends that day; one of the same day is corrected. Refused: a day before the last version.
    """
    with writing("institution.adopt", by=by, now=now, key=key) as event:
        found, _new = Institution.objects.select_for_update().update_or_create(
            body=body, title=title, defaults={"group": group, "public": public}
        )
        last = found.versions.first()
        if last is not None and last.valid_from > since:
            raise Refusal(
                "institution-early",
                gettext_noop("“%(title)s” has a version from %(day)s; give that day or a later one."),
                field="since",
                title=title,
                day=last.valid_from.isoformat(),
            )
        if last is not None and last.valid_from == since:
            last.text, last.document, last.valid_to = text, document, None
            last.save()
        else:
            found.versions.filter(valid_to=None).update(valid_to=since)
            InstitutionVersion.objects.create(institution=found, text=text, document=document, valid_from=since)
        event.about(found.ref, body=body.code, since=since.isoformat())
    return found


def repeal(institution: Institution, *, on: date, by: Actor, now: datetime, key: str) -> Institution:
    """End the version that holds on `on`. Refused: when none is open, a day not after its beginning."""
    with writing("institution.repeal", by=by, now=now, key=key) as event:
        last = institution.versions.select_for_update().filter(valid_to=None).first()
        if last is None or on <= last.valid_from:
            raise Refusal(
                "institution-repeal",
                gettext_noop("“%(title)s” does not hold before %(day)s; give a later day."),
                field="on",
                title=institution.title,
                day=on.isoformat(),
            )
        last.valid_to = on
        last.save(update_fields=["valid_to"])
        event.about(institution.ref, on=on.isoformat())
    return institution


def set_duty(
    *,
    body: Body,
    who: str,
    what: str,
    due_on: date,
    by: Actor,
    now: datetime,
    key: str,
    institution: Institution | None = None,
    duty: Duty | None = None,
) -> Duty:
    """Enter a duty of `body`, or change the open `duty`. Refused: one that has ended."""
    with writing("duty.set", by=by, now=now, key=key) as event:
        found = _open(duty) if duty else Duty(body=body)
        found.body, found.institution, found.who, found.what, found.due_on = body, institution, who, what, due_on
        found.save()
        event.about(found.ref, body=body.code, due=due_on.isoformat())
    return found


def end_duty(duty: Duty, *, state: DutyState, result: str, by: Actor, now: datetime, key: str) -> Duty:
    """Say that a duty is done, or dropped, and what came of it. Refused: one that has ended before."""
    with writing("duty.end", by=by, now=now, key=key) as event:
        found = _open(duty)
        found.state, found.result, found.ended_on = state, result, local_date(now)
        found.save(update_fields=["state", "result", "ended_on"])
        event.about(found.ref, state=state.value)
    return found


def hand_over(*, by: Actor, now: datetime, key: str) -> int:
    """Give the open duties of bodies that have ended to their heirs; return how many, with the texts that ended.

    What such a body had laid down holds no longer: the heir has its own institutions.
    """
    today = local_date(now)
    heirs = queries.heirs(today)
    left = Duty.objects.filter(body__in=heirs, state=DutyState.OPEN)
    holding = InstitutionVersion.objects.filter(institution__body__in=heirs, valid_to=None, valid_from__lt=today)
    if not left.exists() and not holding.exists():
        return 0
    with writing("duty.hand_over", by=by, now=now, key=key) as event:
        count = sum(left.filter(body=ended).update(body=heir) for ended, heir in heirs.items())
        count += holding.update(valid_to=today)
        event.about("bodies", count=count)
    return count


def _open(duty: Duty) -> Duty:
    found = Duty.objects.select_for_update().get(pk=duty.pk)
    if found.state != DutyState.OPEN:
        raise Refusal(
            "duty-ended",
            gettext_noop("“%(what)s” has ended on %(day)s; enter a new duty."),
            what=found.what,
            day=f"{found.ended_on}",
        )
    return found


def set_budget_line(
    *,
    body: Body,
    year: int,
    title: str,
    source: str,
    planned_fen: int,
    spent_fen: int,
    by: Actor,
    now: datetime,
    key: str,
) -> BudgetLine:
    """Enter or change the line `title` of the budget of `body` for `year`. Refused: a published line."""
    with writing("budget.set", by=by, now=now, key=key) as event:
        given = {"source": source, "planned_fen": planned_fen, "spent_fen": spent_fen}
        found = BudgetLine.objects.select_for_update().filter(body=body, year=year, title=title).first()
        if found is not None and found.published_on is not None:
            raise Refusal(
                "budget-published",
                gettext_noop("“%(title)s” was published on %(day)s; enter a correction as a line of its own."),
                field="title",
                title=title,
                day=found.published_on.isoformat(),
            )
        made, _new = BudgetLine.objects.update_or_create(body=body, year=year, title=title, defaults=given)
        event.about(made.ref, body=body.code, year=year)
    return made


def publish_budget(body: Body, *, year: int, by: Actor, now: datetime, key: str) -> int:
    """Publish the lines of `body` for `year` that are not public yet; return how many. Refused: when there are none."""
    with writing("budget.publish", by=by, now=now, key=key) as event:
        count = BudgetLine.objects.filter(body=body, year=year, published_on=None).update(published_on=local_date(now))
        if not count:
            raise Refusal(
                "budget-empty",
                gettext_noop("%(body)s has no unpublished line for %(year)s; enter one first."),
                body=body.name,
                year=year,
            )
        event.about(body.ref, year=year, lines=count)
    return count
