"""Workers of the cells, one of them vacant, one with a predecessor; notices of the subdistrict and of a community."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.demo.policy import workers as plan
from linli.demo.policy.days import at
from linli.demo.policy.names import name
from linli.demo.policy.tree import COMMUNITIES, SUBDISTRICT
from linli.demo.services.build import Build
from linli.demo.services.register import INVENTED
from linli.grid import services
from linli.grid.policy.workers import PhoneUse, WorkerKind
from linli.members.policy.kinds import Title
from linli.places import queries as places

CHANGED = 5
"""In which of the twelve months the cell `FORMER` got another worker."""


def staff_cells(build: Build) -> None:
    """Enter the workers and publish the notices."""
    first, changed = build.days.start.date(), build.days.months[CHANGED].first
    for above, code, called, kind, number in plan.planned():
        given: dict[str, Any] = {"name": called, "kind": kind, "full_name": number % 3 != 1}
        given |= {"phone": f"{INVENTED}{plan.PHONES + number}", "phone_use": PhoneUse.WORK}
        if code == plan.TWO:
            member = build.posts[build.code("JM-JWH"), Title.COMMITTEE.value]
            _work(build, above, code, first, **given | {"member": member, "kind": WorkerKind.COMMITTEE})
            given |= {"kind": WorkerKind.PROPERTY, "phone": "", "phone_use": None}
        if code == plan.FORMER:
            former = _work(build, above, code, first, **given | {"name": name(plan.FIRST_NAME + 50)})
            services.end(former, on=changed, by=build.by, now=at(changed, 9), key=build.key())
        _work(build, above, code, changed if code == plan.FORMER else first, **given)
    _post(build, SUBDISTRICT[0], plan.HOTLINE, plan.STREET, first)
    _post(build, COMMUNITIES[0].code, f"{INVENTED}{plan.PHONES + 800}", plan.STREET, first)
    _post(build, COMMUNITIES[0].code, f"{INVENTED}{plan.PHONES + 800}", plan.COMMUNITY, changed)


def _work(build: Build, above: str, code: str, since: date, **given: Any) -> Any:
    cell = places.cell(build.code(above), f"{code}-WG", build.days.as_of - timedelta(days=1))
    return services.appoint(cell, since=since, by=build.by, now=at(since, 10), key=build.key(), **given)


def _post(build: Build, place: str, supervision: str, items: tuple[Any, ...], since: date) -> None:
    services.publish_notice(
        build.place(place),
        supervision=supervision,
        items=items,
        since=since,
        document=plan.NOTICE % since.year,
        by=build.by,
        now=at(since, 11),
        key=build.key(),
    )
