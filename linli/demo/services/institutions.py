"""Institutions of the subdistrict, duties and the budget of its communities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from linli.demo.policy.days import at
from linli.demo.policy.institutions import BUDGET, DUTIES, SOURCE, TEXTS, DutyPlan
from linli.demo.policy.tree import COMMUNITIES
from linli.demo.services import people
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.members.policy.kinds import Title
from linli.organisations import services
from linli.organisations.policy.institutions import DutyState

WITH_DUTIES = ("JM", "YM")
ENTERED = timedelta(days=60)
"""How long before the as-of day duties and budgets are entered."""


def stories(build: Build) -> Iterator[Story]:
    """Adopt the institutions of the subdistrict; return the stories of duties and budgets."""
    for group, title, text in TEXTS:
        services.adopt(
            body=build.body("DGW"),
            group=group,
            title=title,
            text=text,
            since=build.days.founded,
            public=True,
            by=build.by,
            now=build.days.start,
            key=build.key(),
        )
    for community in COMMUNITIES:
        if community.code in WITH_DUTIES:
            yield from (_duty(build, community.code, plan) for plan in DUTIES)
            yield _budget(build, community.code)


def _duty(build: Build, community: str, plan: DutyPlan) -> Story:
    by = people.actor(build, f"{community}-ZZ", Title.SECRETARY)
    entered = build.days.as_of - ENTERED
    yield at(entered, 9)
    duty = services.set_duty(
        body=build.body(f"{community}-ZZ"),
        who=plan.who,
        what=plan.what,
        due_on=build.days.as_of + timedelta(days=plan.days),
        by=by,
        now=at(entered, 9),
        key=build.key(),
    )
    if plan.result:
        done = duty.due_on - timedelta(days=2)
        yield at(done, 16)
        services.end_duty(duty, state=DutyState.DONE, result=plan.result, by=by, now=at(done, 16), key=build.key())


def _budget(build: Build, community: str) -> Story:
    by = people.actor(build, f"{community}-ZZ", Title.SECRETARY)
    body, moment = build.body(f"{community}-ZZ"), at(build.days.as_of - ENTERED, 10)
    yield moment
    for number, (title, planned, spent) in enumerate(BUDGET, start=1):
        services.set_budget_line(
            body=body,
            year=moment.year,
            title=title,
            source=SOURCE,
            planned_fen=planned,
            spent_fen=spent,
            by=by,
            now=moment,
            key=build.key(),
        )
        if number == len(BUDGET) - 1:
            services.publish_budget(body, year=moment.year, by=by, now=moment, key=build.key())
