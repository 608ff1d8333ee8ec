"""Reads of the way into the Party: who is on it, what comes next and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.rulebook import broken
from linli.lib.spans import months_after
from linli.lib.words import Labelled, gettext_noop
from linli.members.models import Applicant, Member
from linli.members.policy.applicants import NEXT, NUMBERS, PROBATION, W2, W4, Trial, Way
from linli.members.policy.kinds import ApplicantStage, Stage
from linli.members.queries import life, people
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.rules import queries as rules

UNDER_WAY = [stage.value for stage in NEXT]


class Coming(Labelled):
    """What comes next for somebody on the way."""

    TALK = "talk", gettext_noop("First talk")
    ACTIVIST = "activist", gettext_noop("Activist at the earliest")
    TARGET = "target", gettext_noop("Development target at the earliest")
    ADMITTED = "admitted", gettext_noop("Admission at the earliest")
    FULL = "full", gettext_noop("Decision on full membership")


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What comes next for an applicant or a member on probation, and on which day."""

    what: Coming
    on: date
    applicant: Applicant | None = None
    member: Member | None = None


def numbers(body: Body, day: date) -> dict[str, int]:
    """Return the numbers of the way that hold for `body` on `day`."""
    return rules.values(NUMBERS, organisations.rule_places(body, day), day)


def applicants(actor: Actor) -> QuerySet[Applicant]:
    """Return everybody who applied to a unit in reach, with the steps, by name."""
    reach = organisations.below(actor.reach(Permission.MEMBER_EDIT), "body__path")
    return Applicant.objects.filter(reach).select_related("body", "member").prefetch_related("steps")


def applicant(actor: Actor, pk: int) -> Applicant:
    """Return one of `applicants`; 404 where there is none."""
    found = applicants(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def way(found: Applicant, day: date, given: Mapping[str, int] | None = None) -> Way:
    """Return how far the applicant has come."""
    steps = list(found.steps.all())
    return Way(
        applied_on=steps[0].on,
        talked_on=found.talked_on,
        stage=ApplicantStage(found.stage),
        since=steps[-1].on,
        day=day,
        numbers=given or numbers(found.body, day),
    )


def probation_end(member: Member, given: Mapping[str, int]) -> date | None:
    """Return when the probation of `member` ends; None where the day of joining is not known."""
    if member.probation_until is not None:
        return member.probation_until
    return months_after(member.joined_on, given[PROBATION]) if member.joined_on else None


def upcoming(actor: Actor, day: date) -> list[Upcoming]:
    """Return what comes next for everybody on the way in reach, the next first."""
    given = life.numbers(NUMBERS, actor, Permission.MEMBER_EDIT, day)
    found = []
    for each in applicants(actor).filter(stage__in=UNDER_WAY):
        here = way(each, day, given)
        talks = here.stage is ApplicantStage.APPLICANT and here.talked_on is None
        what = Coming.TALK if talks else Coming(NEXT[here.stage].value)
        found.append(Upcoming(what, here.talk_by if talks else here.earliest, applicant=each))
    for member, until in _on_probation(actor, Permission.MEMBER_EDIT, day, given):
        found.append(Upcoming(Coming.FULL, until, member=member))
    return sorted(found, key=lambda each: (each.on, each.what.value))


def matters(actor: Actor, permission: Permission, day: date) -> list[life.Matter]:
    """Return what W2 and W4 say: applicants without a talk (where these may be seen), probation that is over."""
    given = life.numbers(NUMBERS, actor, permission, day)
    waiting = applicants(actor).filter(stage=ApplicantStage.APPLICANT)
    found = [
        life.Matter(finding, applicant=each) for each in waiting for finding in broken((W2,), way(each, day, given))
    ]
    return found + [
        life.Matter(finding, member)
        for member, until in _on_probation(actor, permission, day, given)
        for finding in broken((W4,), Trial(until, day))
    ]


def _on_probation(
    actor: Actor, permission: Permission, day: date, given: Mapping[str, int]
) -> list[tuple[Member, date]]:
    reached = people.members(actor, permission, day).filter(stage=Stage.PROBATIONARY, full_on=None)
    ends = [(member, probation_end(member, given)) for member in reached]
    return [(member, until) for member, until in ends if until is not None]
