"""Writes of classified management: classes with their duties, rules, reassignments shown before they are done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Max

from linli.access.decide import Actor
from linli.audit.services import Draft, writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import (
    ClassDuty,
    Classification,
    ClassRule,
    Member,
    MemberClass,
    Membership,
    Post,
    Unified,
)
from linli.members.policy.classes import CLASS_FLAWS, DEFAULT_CLASSES, DEFAULT_UNIFIED, UNIT_FLAWS, Flaw
from linli.members.queries import classified as queries
from linli.members.services.register import check_unit, classify, keep_slips, move
from linli.organisations.models import Body

LONGEST = 120
ASKS = gettext_noop("The rule asks for nothing: choose what is missing, a class, or an age.")
GIVES = gettext_noop("The rule gives nothing: choose a class or a unit to give.")
TO_COME = gettext_noop("%(day)s is still to come; choose today or a day before, and reassign then what is due then.")
LATER = gettext_noop("%(name)s has a class or a unit that begins on %(since)s; choose that day or a later one.")
ENDED = gettext_noop("%(body)s does not exist on %(day)s; change the rule, or choose another day.")
CHANGED = gettext_noop("What would happen is not what you were shown; look at it again and confirm it.")
SAME = gettext_noop("%(name)s is in this class and in this unit already; change one of the two.")


def ensure_class(*, code: str, name: str, duties: str, scored: bool, by: Actor, now: datetime, key: str) -> MemberClass:
    """Make or change a class of classified management; `duties` has one duty a line.

    Refused: a duty that is too long.
    """
    with writing("member_class.ensure", by=by, now=now, key=key) as event:
        made, _new = MemberClass.objects.update_or_create(code=code, defaults={"name": name, "scored": scored})
        wanted = _lines(duties, "duties")
        ClassDuty.objects.filter(member_class=made).exclude(words__in=wanted).delete()
        for order, words in enumerate(wanted):
            ClassDuty.objects.update_or_create(member_class=made, words=words, defaults={"order": order})
        event.about(f"member_class:{code}", duties=len(wanted), scored=scored)
    return made


def set_unified(*, lines: str, by: Actor, now: datetime, key: str) -> None:
    """Set what is the same for every class, one a line. Refused: a line that is too long."""
    with writing("unified.set", by=by, now=now, key=key) as event:
        wanted = _lines(lines, "lines")
        Unified.objects.exclude(words__in=wanted).delete()
        for order, words in enumerate(wanted):
            Unified.objects.update_or_create(words=words, defaults={"order": order})
        event.about("unified", count=len(wanted))


def ensure_default_classes(*, by: Actor, now: datetime, key: str) -> dict[str, MemberClass]:
    """Make the classes that ship where their code is not taken, and what is the same for all where nothing is."""
    for each in DEFAULT_CLASSES:
        if not MemberClass.objects.filter(code=each.code).exists():
            ensure_class(
                code=each.code,
                name=each.name,
                duties="\n".join(each.duties),
                scored=each.scored,
                by=by,
                now=now,
                key=f"{key}:{each.code}",
            )
    if not Unified.objects.exists():
        set_unified(lines="\n".join(DEFAULT_UNIFIED), by=by, now=now, key=f"{key}:unified")
    return {each.code: each for each in MemberClass.objects.all()}


def _lines(text: str, field: str) -> list[str]:
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    for line in found:
        if len(line) > LONGEST:
            raise Refusal(
                "line-long",
                gettext_noop("“%(start)s…” is longer than %(most)d characters; shorten it, or make two lines of it."),
                field=field,
                start=line[:12],
                most=LONGEST,
            )
    return found


def add_rule(rule: ClassRule, *, by: Actor, now: datetime, key: str) -> ClassRule:
    """Save a rule (unsaved) behind those that are there. Refused: one that asks for nothing, one that gives nothing."""
    with writing("class_rule.add", by=by, now=now, key=key) as event:
        if not (rule.flaw or rule.of_class or rule.age_from is not None):
            raise Refusal("rule-asks", ASKS, field="flaw")
        if rule.to_unit is not None:
            check_unit(rule.to_unit)
        elif rule.to_class is None and rule.flaw != Flaw.UNIT_ENDED:
            raise Refusal("rule-gives", GIVES, field="to_class")
        last = ClassRule.objects.aggregate(last=Max("order"))["last"]
        rule.order = 0 if last is None else last + 1
        rule.save()
        event.about(rule.ref, body=rule.body.code)
    return rule


def remove_rule(rule: ClassRule, *, by: Actor, now: datetime, key: str) -> None:
    """Remove a rule; what it did stays."""
    with writing("class_rule.remove", by=by, now=now, key=key) as event:
        event.about(rule.ref)
        ClassRule.objects.filter(pk=rule.pk).delete()


def reassign(
    rules: Iterable[ClassRule], *, on: date, shown: str | None, by: Actor, now: datetime, key: str
) -> queries.Reassignment:
    """Do what `rules` give on `on`; `shown` is the mark of what the actor saw. One event a member.

    Locks the members. Posts in a unit that a member leaves end; open slips go along. Refused: a day to come, a member
    with a class or unit that begins later, a target that does not exist then, anything that is not what was shown.
    """
    with writing("members.reassign", by=by, now=now, key=key) as event:
        chosen = list(rules)
        _lock(each.stand.member for each in queries.reassignment(chosen, on).moves)
        found = queries.reassignment(chosen, on)
        if shown is not None and shown != found.mark:
            raise Refusal("reassign-changed", CHANGED)
        _carry(found.moves, on, local_date(now), event)
        event.about("members", on=on.isoformat(), count=len(found.moves))
    return found


def assign(
    member: Member,
    *,
    member_class: MemberClass,
    unit: Body,
    on: date,
    by: Actor,
    now: datetime,
    key: str,
) -> None:
    """Give one member exactly one class and one unit from `on`. Locks the member. Refused: as `reassign`, no change."""
    with writing("members.assign", by=by, now=now, key=key) as event:
        _lock([member])
        stand = next(iter(queries.stands(Member.objects.filter(pk=member.pk), on)))
        found = queries.move(stand, member_class, unit, on)
        if found is None:
            raise Refusal("assign-same", SAME, field="unit", name=member.name)
        _carry([found], on, local_date(now), event)
        event.about(member.ref, on=on.isoformat())


def note_check(*, by: Actor, now: datetime, key: str) -> int:
    """Note how many members lack exactly one class or one unit today; return how many."""
    today = local_date(now)
    with writing("members.checked", by=by, now=now, key=key) as event:
        found = queries.astray(today)
        event.about(
            f"register:{today}",
            without_unit=sum(bool(UNIT_FLAWS.intersection(each.flaws)) for each in found),
            without_class=sum(bool(CLASS_FLAWS.intersection(each.flaws)) for each in found),
            ended_unit=sum(Flaw.UNIT_ENDED in each.flaws for each in found),
        )
    return len(found)


def _lock(members: Iterable[Member]) -> None:
    list(Member.objects.select_for_update().filter(pk__in=[each.pk for each in members]).order_by("pk"))


def _carry(moves: Sequence[queries.Move], on: date, today: date, event: Draft) -> None:
    """Give each member its class and unit from `on`, inside a write."""
    if on > today:
        raise Refusal("reassign-ahead", TO_COME, field="on", day=on.isoformat())
    _nothing_later(moves, on)
    for target in {each.to_unit for each in moves if each.to_unit is not None}:
        check_unit(target)
        if not Body.objects.on(on).filter(pk=target.pk).exists():
            raise Refusal("reassign-ended", ENDED, field="unit", body=target.name, day=on.isoformat())
    classify({each.stand.member: each.to_class for each in moves if each.to_class is not None}, on)
    units = {each.stand.member.pk: each.to_unit for each in moves if each.to_unit is not None}
    move(units, on)
    posts = Post.objects.filter(pk__in=[post.pk for each in moves for post in each.posts])
    posts.filter(valid_from__gte=on).delete()
    posts.update(valid_to=on)
    keep_slips(units, today)
    for each in moves:
        event.also("member.reassign", each.stand.member.ref, **_said(each))


def _said(found: queries.Move) -> dict[str, object]:
    given = {
        "unit": found.to_unit.code if found.to_unit else "",
        "member_class": found.to_class.code if found.to_class else "",
        "rule": str(found.rule.pk) if found.rule else "",
    }
    return {name: value for name, value in given.items() if value}


def _nothing_later(moves: Sequence[queries.Move], on: date) -> None:
    """Refuse where a member has a class or a unit that begins after `on`: it would be overtaken."""
    members = [each.stand.member.pk for each in moves]
    for rows in (Membership.objects, Classification.objects):
        later = rows.filter(member__in=members, valid_from__gt=on).select_related("member").first()
        if later is not None:
            values = {"name": later.member.name, "since": later.valid_from.isoformat()}
            raise Refusal("reassign-later", LATER, field="on", **values)
