from datetime import date
from typing import Any

from linli.members import services
from linli.members.models import Applicant, Member
from linli.members.policy.kinds import ApplicantStage
from tests.catalogue import Example
from tests.world import World


def applied(w: World) -> Applicant:
    found = Applicant(name="赵申请", born_on=date(1995, 5, 20), body=w.bodies["BY1"])
    return services.apply(found, on=date(2024, 1, 10), document="申1", by=w.by, now=w.now, key=w.key())


def applicant(w: World) -> dict[str, Any]:
    return {"pk": applied(w).pk}


def target(w: World) -> dict[str, Any]:
    found = applied(w)
    for stage, day in ((ApplicantStage.ACTIVIST, date(2024, 6, 1)), (ApplicantStage.TARGET, date(2025, 6, 1))):
        services.advance(found, to=stage, on=day, document="支1", by=w.by, now=w.now, key=w.key())
    return {"pk": found.pk}


def admitted(w: World) -> dict[str, Any]:
    kwargs = target(w)
    services.admit(
        Applicant.objects.get(**kwargs), on=date(2026, 3, 2), member_class=w.member.member_class,
        number=f"N{w.key()[-6:]}", by=w.by, now=w.now, key=w.key(),
    )  # fmt: skip
    return kwargs


def on_probation(w: World) -> dict[str, Any]:
    member = Applicant.objects.get(**admitted(w)).member
    Member.objects.filter(pk=member.pk).update(joined_on=date(2025, 3, 2))
    return {"number": member.number}


def somebody(w: World) -> dict[str, Any]:
    admitted(w)
    return {}


EXAMPLES = [
    Example("applicants", states={"somebody": somebody}),
    Example(
        "applicant-new",
        chooses="BY1",
        data=lambda w: {"body": "BY1", "name": "钱申请", "sex": "", "born_on": "1995-05-20", "on": "2026-03-01"},
    ),
    Example("applicant", kwargs=applicant, at="BY1", states={"admitted": admitted}),
    Example("applicant-talk", kwargs=applicant, at="BY1", data=lambda w: {"on": "2024-02-01"}),
    Example(
        "applicant-step",
        kwargs=target,
        at="BY1",
        data=lambda w: {"on": "2026-03-02", "document": "支2", "number": "N78", "member_class": "direct"},
        states={"applied": applicant},
    ),
    Example("applicant-end", kwargs=applicant, at="BY1", data=lambda w: {"on": "2026-03-02", "document": ""}),
    Example("member-full", kwargs=on_probation, at="BY1", data=lambda w: {"on": "2026-03-10", "document": "支3"}),
    Example("member-prolong", kwargs=on_probation, at="BY1", data=lambda w: {"until": "2026-06-02", "document": ""}),
]
