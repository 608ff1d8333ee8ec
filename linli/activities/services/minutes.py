"""Writes of minutes: agenda and decisions by one, corrections by those present, made final by another."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db.models import Max

from linli.access.decide import Actor
from linli.activities.models import Activity, AgendaItem, Correction, Minutes
from linli.activities.policy import minutes as policy
from linli.activities.policy import states
from linli.activities.policy.minutes import Action, Answer
from linli.activities.policy.motions import Item, Votes, check_item, content_of, digest_of
from linli.activities.queries import minutes as reads
from linli.activities.services.locking import locked
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.organisations import queries as organisations
from linli.rules import queries as rules

DAYS = "activity.minutes_days"


def write_head(
    activity: Activity, *, chair: Member | None, delegated: bool, opening: str, by: Actor, now: datetime, key: str
) -> Minutes:
    """Begin the minutes of an activity, or change who chaired and how it opened. Locks the activity.

    Refused: a cancelled activity, final minutes, a chair who is neither on the roll nor due.
    """
    with writing("minutes.write", by=by, now=now, key=key) as event:
        found = _begun(activity, by, now)
        if chair is not None and chair.pk not in {member.pk for member in reads.may_chair(found.activity)}:
            raise Refusal(
                "minutes-chair",
                gettext_noop("%(name)s was not there; name somebody on the roll as the chair."),
                field="chair",
                name=chair.name,
            )
        found.chair, found.delegated, found.opening = chair, delegated, opening
        _written(found, by, now)
        event.about(found.ref, version=found.version)
    return found


def put_item(
    activity: Activity,
    item: Item,
    *,
    row: AgendaItem | None = None,
    seen: int = 0,
    by: Actor,
    now: datetime,
    key: str,
) -> AgendaItem:
    """Add a point to the agenda, or change `row` in the version `seen`. Begins the minutes. Locks the activity.

    Refused: final minutes, more than 60 points, votes that cannot be (`policy.motions.check_item`), a point that
    another has written or taken off meanwhile.
    """
    with writing("minutes.write", by=by, now=now, key=key) as event:
        found = _begun(activity, by, now)
        check_item(item, reads.votes_of(found.activity))
        last = found.items.aggregate(last=Max("order"))["last"] or 0
        if row is None and found.items.count() >= policy.ITEMS:
            raise Refusal("minutes-long", gettext_noop("An agenda has 60 points at most; put some together."))
        made = _as_it_is(row, seen) if row is not None else AgendaItem(minutes=found, order=last + 1, version=0)
        made.version += 1
        for name, value in asdict(item).items():
            setattr(made, name, value or "" if name == "way" else value)
        made.save()
        _written(found, by, now)
        event.about(found.ref, version=found.version)
    return made


def _as_it_is(row: AgendaItem, seen: int) -> AgendaItem:
    found = AgendaItem.objects.filter(pk=row.pk).first()
    if found is None or found.version != seen:
        raise Refusal(
            "minutes-overwritten",
            gettext_noop(
                "Somebody has written this point meanwhile. Your text stands below: copy it, load the page again, and "
                "put the two together."
            ),
        )
    return found


def remove_item(activity: Activity, row: AgendaItem, *, by: Actor, now: datetime, key: str) -> None:
    """Take a point off the agenda. Locks the activity. Refused: final minutes."""
    with writing("minutes.write", by=by, now=now, key=key) as event:
        found = _begun(activity, by, now)
        AgendaItem.objects.filter(pk=row.pk).delete()
        _written(found, by, now)
        event.about(found.ref, version=found.version)


def circulate(activity: Activity, *, by: Actor, now: datetime, key: str) -> Minutes:
    """Send the minutes to those present, who can ask for corrections for the days of `activity.minutes_days`.

    Refused: minutes without a point, before the roll is recorded.
    """
    with writing("minutes.circulate", by=by, now=now, key=key) as event:
        found = _there(activity)
        found.state = policy.after(found.state, Action.CIRCULATE)
        if not found.items.exists():
            raise Refusal("minutes-empty", gettext_noop("The minutes have no point yet; write what was discussed."))
        if reads.votes_of(found.activity) is None:
            raise Refusal(
                "minutes-no-roll", gettext_noop("Record the roll first: the minutes go to those who were there.")
            )
        found.corrections_until = _open_until(found, now)
        found.save(update_fields=["state", "corrections_until"])
        event.about(found.ref, until=found.corrections_until.isoformat())
    return found


def correct(minutes: Minutes, *, member: Member, text: str, by: Actor, now: datetime, key: str) -> Correction:
    """Ask for a correction of circulated minutes, as somebody who was present. Refused: after the last day."""
    with writing("minutes.correct", by=by, now=now, key=key) as event:
        found = _there(minutes.activity)
        policy.after(found.state, Action.CORRECT)
        if found.corrections_until is not None and local_date(now) > found.corrections_until:
            raise Refusal(
                "minutes-late",
                gettext_noop("Corrections could be asked for until %(day)s; talk to the branch secretary."),
                field="text",
                day=found.corrections_until.isoformat(),
            )
        event.about(found.ref)
        return Correction.objects.create(minutes=found, member=member, text=text, made_at=now)


def answer(correction: Correction, *, answer: Answer, words: str, by: Actor, now: datetime, key: str) -> Correction:
    """Say what became of a correction; taking it over means to change the point as well. Who answers has written.

    Refused: an answer given before, a refusal without words, final minutes.
    """
    with writing("minutes.answer", by=by, now=now, key=key) as event:
        found = _there(correction.minutes.activity)
        policy.after(found.state, Action.WRITE)
        row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
        if row.answer:
            raise Refusal(
                "minutes-answered", gettext_noop("Somebody has answered this meanwhile; load the page again.")
            )
        if answer is Answer.REFUSED and not words.strip():
            raise Refusal("minutes-words", gettext_noop("Say in a sentence why it is not taken over."), field="words")
        row.answer, row.words, row.answered_by, row.answered_at = answer.value, words.strip(), by.ref, now
        row.save()
        _written(found, by, now, reopened=False)
        event.about(found.ref)
    return row


def close(activity: Activity, *, seen: int, by: Actor, now: datetime, key: str) -> Minutes:
    """Make the minutes final in the version `seen`: the content is kept with its digest and changes no more.

    Refused: who wrote in them or answered a correction, another version than was read, while corrections can still be
    asked for or wait for an answer, before the roll is confirmed, votes that its last version does not bear.
    """
    with writing("minutes.close", by=by, now=now, key=key) as event:
        found = _there(activity)
        found.state = policy.after(found.state, Action.CLOSE)
        _may_close(found, seen, by, now)
        votes = reads.votes_of(found.activity) or Votes(0, 0)
        items = [reads.item_of(row) for row in found.items.all()]
        for item in items:
            check_item(item, votes)
        found.content = content_of(head_of(found), items, votes, reads.life_of(found.activity))
        found.digest = digest_of(found.content)
        found.final_by, found.final_at = by.ref, now
        found.save()
        event.about(found.ref, digest=found.digest)
    return found


def _may_close(found: Minutes, seen: int, by: Actor, now: datetime) -> None:
    if by.ref in found.writers:
        raise Refusal("minutes-own", gettext_noop("You wrote in these minutes; another person makes them final."))
    if seen != found.version:
        raise Refusal(
            "minutes-changed", gettext_noop("The minutes changed since you opened this page; read them again.")
        )
    if found.corrections_until is not None and local_date(now) <= found.corrections_until:
        raise Refusal(
            "minutes-open",
            gettext_noop("Those present can ask for corrections until %(day)s; make the minutes final after that day."),
            day=found.corrections_until.isoformat(),
        )
    if found.corrections.filter(answer="").exists():
        raise Refusal("minutes-unanswered", gettext_noop("A correction waits for an answer; answer it first."))
    if found.activity.state != states.State.CONFIRMED:
        raise Refusal("minutes-roll-open", gettext_noop("The roll is not confirmed yet; confirm it first."))


def head_of(found: Minutes) -> dict[str, object]:
    """Return the head of what becomes final: what, where and when, who chaired, who came, by member number."""
    activity = found.activity
    title, findings = reads.chair_of(activity, found)
    lines = activity.roll.select_related("member").order_by("member__number")
    numbers = {
        presence.value: [line.member.number for line in lines if line.presence == presence]
        for presence in states.Presence
    }
    return {
        "activity": activity.ref,
        "kind": activity.kind.name,
        "body": activity.body.code,
        "title": activity.title,
        "spot": activity.spot,
        "starts_at": activity.starts_at.isoformat(),
        "ends_at": activity.ends_at.isoformat(),
        "chair": found.chair.number if found.chair else "",
        "chair_title": title.value if title else "",
        "chair_rules": [each.rule.code for each in findings],
        "opening": found.opening,
        "roll": numbers,
        "residents": activity.residents,
        "version": found.version,
    }


def _begun(activity: Activity, by: Actor, now: datetime) -> Minutes:
    """Return the minutes, locked with their activity, made where there are none; refused where they are final."""
    found = locked(activity)
    if found.state == states.State.CANCELLED:
        raise Refusal("minutes-cancelled", gettext_noop("The activity was cancelled: there is nothing to write down."))
    made, _new = Minutes.objects.get_or_create(
        activity=found, defaults={"written_by": by.ref, "written_at": now, "version": 0}
    )
    made.activity = found
    policy.after(made.state, Action.WRITE)
    return made


def _there(activity: Activity) -> Minutes:
    found = locked(activity)
    minutes = reads.minutes_of(found)
    if minutes is None:
        raise Refusal("minutes-none", gettext_noop("Nobody has begun the minutes yet."))
    minutes.activity = found
    return minutes


def _written(found: Minutes, by: Actor, now: datetime, *, reopened: bool = True) -> None:
    """Note who wrote; what changes after they were sent can be corrected for the same days once more."""
    found.version += 1
    found.written_by, found.written_at = by.ref, now
    found.writers = sorted({*found.writers, by.ref})
    if reopened and found.state == policy.State.CIRCULATED:
        found.corrections_until = _open_until(found, now)
    found.save()


def _open_until(found: Minutes, now: datetime) -> date:
    day = local_date(now)
    return day + timedelta(days=rules.value(DAYS, organisations.rule_places(found.activity.body, day), day))
