"""Writes of the way into the Party: application, steps, admission on probation, full membership."""

from __future__ import annotations

from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.spans import months_after
from linli.lib.words import gettext_noop
from linli.members.models import Applicant, ApplicantStep, Member, MemberClass
from linli.members.policy.applicants import AGE, PROLONG, check_application, check_day, check_step
from linli.members.policy.kinds import ApplicantStage, Stage
from linli.members.policy.names import name_key
from linli.members.queries import applicants as queries
from linli.members.services.register import check_unit, enter

NOT_ON_PROBATION = gettext_noop("%(name)s is not on probation.")
NO_JOINING = gettext_noop("The day of joining of %(name)s is missing; enter it by the roster first.")
PROBATION_RUNS = gettext_noop(
    "The probation of %(name)s runs until %(until)s; full membership is possible from then on."
)
PROLONGED = gettext_noop("The probation of %(name)s was prolonged until %(until)s already; it is prolonged once.")
PROLONG_SPAN = gettext_noop("Probation can be prolonged from %(until)s by %(months)d months at most; correct the day.")


def apply(applicant: Applicant, *, on: date, by: Actor, now: datetime, key: str, document: str = "") -> Applicant:
    """Save a new applicant (unsaved `applicant`, with name, birthday and body) who applied on `on`.

    Refused: a day to come, somebody younger than the rule value allows, a body that cannot have members.
    """
    with writing("applicant.apply", by=by, now=now, key=key) as event:
        check_unit(applicant.body)
        age = queries.numbers(applicant.body, on)[AGE]
        check_application(applicant.name, applicant.born_on, on, local_date(now), age)
        applicant.name_key = name_key(applicant.name)
        _step(applicant, ApplicantStage.APPLICANT, on, document)
        event.about(applicant.ref, body=applicant.body.code, on=on.isoformat())
    return applicant


def talk(applicant: Applicant, *, on: date, by: Actor, now: datetime, key: str) -> Applicant:
    """Note that somebody of the branch talked with the applicant. Refused: a day to come or before the application."""
    with writing("applicant.talk", by=by, now=now, key=key) as event:
        found = _locked(applicant)
        check_day(found.name, on, queries.way(found, local_date(now)).applied_on, local_date(now))
        found.talked_on = on
        found.save(update_fields=["talked_on"])
        event.about(found.ref, on=on.isoformat())
    return found


def advance(
    applicant: Applicant, *, to: ApplicantStage, on: date, by: Actor, now: datetime, key: str, document: str = ""
) -> Applicant:
    """Take the applicant a step on, or end the application (`to`); admission is `admit`.

    Locks the applicant. Refused: a step that does not follow, a day that cannot be, before the time has passed.
    """
    if to is ApplicantStage.ADMITTED:
        raise ValueError(to)
    with writing("applicant.step", by=by, now=now, key=key) as event:
        found = _locked(applicant)
        check_step(found.name, queries.way(found, local_date(now)), to, on)
        _step(found, to, on, document)
        event.about(found.ref, stage=to.value, on=on.isoformat(), document=document)
    return found


def admit(
    applicant: Applicant,
    *,
    on: date,
    member_class: MemberClass,
    by: Actor,
    now: datetime,
    key: str,
    number: str = "",
    document: str = "",
) -> Member:
    """Admit the applicant on probation from `on`: a member of the branch from that day. Refused: as in `advance`."""
    with writing("applicant.admit", by=by, now=now, key=key) as event:
        found = _locked(applicant)
        check_step(found.name, queries.way(found, local_date(now)), ApplicantStage.ADMITTED, on)
        member = Member(
            number=number,
            name=found.name,
            sex=found.sex,
            born_on=found.born_on,
            education=found.education,
            stage=Stage.PROBATIONARY,
            joined_on=on,
            member_class=member_class,
        )
        enter(member, found.body, on)
        found.member = member
        _step(found, ApplicantStage.ADMITTED, on, document)
        event.about(found.ref, member=member.number, on=on.isoformat(), document=document)
    return member


def make_full(member: Member, *, on: date, by: Actor, now: datetime, key: str, document: str = "") -> Member:
    """Make somebody on probation a full member from `on`. Refused: a day to come, or before probation ended."""
    with writing("member.full", by=by, now=now, key=key) as event:
        found, until, _months = _on_probation(member, local_date(now))
        if on < until:
            values = {"name": found.name, "until": until.isoformat()}
            raise Refusal("probation-runs", PROBATION_RUNS, field="on", **values)
        check_day(found.name, on, until, local_date(now))
        found.stage, found.full_on = Stage.FULL, on
        found.save(update_fields=["stage", "full_on"])
        event.about(found.ref, on=on.isoformat(), document=document)
    return found


def prolong(member: Member, *, until: date, by: Actor, now: datetime, key: str, document: str = "") -> Member:
    """Prolong probation until `until`, once. Refused: a second time, or for longer than the rule value allows."""
    with writing("member.prolong", by=by, now=now, key=key) as event:
        found, ends, months = _on_probation(member, local_date(now))
        if found.probation_until is not None:
            raise Refusal("probation-twice", PROLONGED, name=found.name, until=ends.isoformat())
        if not ends < until <= months_after(ends, months):
            values = {"until": ends.isoformat(), "months": months}
            raise Refusal("probation-span", PROLONG_SPAN, field="until", **values)
        found.probation_until = until
        found.save(update_fields=["probation_until"])
        event.about(found.ref, until=until.isoformat(), document=document)
    return found


def _locked(applicant: Applicant) -> Applicant:
    return Applicant.objects.select_for_update().get(pk=applicant.pk)


def _step(applicant: Applicant, stage: ApplicantStage, on: date, document: str) -> None:
    applicant.stage = stage
    applicant.save()
    ApplicantStep.objects.create(applicant=applicant, stage=stage, on=on, document=document.strip())


def _on_probation(member: Member, today: date) -> tuple[Member, date, int]:
    """Return the member, locked, when probation ends, and by how many months it may be prolonged."""
    found = Member.objects.select_for_update().get(pk=member.pk)
    unit = found.memberships.filter(valid_to=None).select_related("body").first()
    if found.stage != Stage.PROBATIONARY or unit is None:
        raise Refusal("probation-none", NOT_ON_PROBATION, name=found.name)
    numbers = queries.numbers(unit.body, today)
    until = queries.probation_end(found, numbers)
    if until is None:
        raise Refusal("probation-joined", NO_JOINING, name=found.name)
    return found, until, numbers[PROLONG]
