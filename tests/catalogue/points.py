from datetime import date, datetime
from typing import Any

from linli.access.roles import Role
from linli.lib.clock import CHINA
from linli.lib.month import Month
from linli.points import services
from tests.catalogue import Example
from tests.world import World

FEBRUARY = Month(2026, 2)
EARLY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


def rolled(w: World) -> None:
    lines = [services.Award(member, "LIFE-ZT") for member in w.members["BY1"]]
    services.award(
        lines=lines,
        recorder="user:901",
        confirmer="user:902",
        source=f"activity:{w.key()}",
        deed_on=date(2026, 2, 10),
        by=w.by,
        now=w.now,
        key=w.key(),
    )


def drafted(w: World, body: str = "BY1") -> dict[str, Any]:
    """A draft whose days of objection are over."""
    from linli.points.models import Bulletin

    if body == "BY1":
        rolled(w)
    found = Bulletin.objects.filter(body=w.bodies[body], month=FEBRUARY.first).first()
    if found is None:
        services.prepare_bulletin(w.bodies[body], month=FEBRUARY, by=w.by, now=EARLY, key=w.key())
    return {"code": body, "month": "2026-02"}


def published(w: World, body: str = "BY2") -> Any:
    from linli.points.models import Bulletin

    found = Bulletin.objects.filter(body=w.bodies[body], month=FEBRUARY.first).first()
    if found is None:
        drafted(w, body)
        found = Bulletin.objects.get(body=w.bodies[body], month=FEBRUARY.first)
        services.publish_bulletin(found, by=w.actor(Role.DEPUTY), now=w.now, key=w.key())
    return found


def entry(w: World) -> dict[str, Any]:
    rolled(w)
    return {"pk": w.member.entries.order_by("-pk").first().pk}


def deed(w: World) -> dict[str, Any]:
    made = services.record_deed(
        member=w.members["BY1"][1],
        indicator="PLEDGE",
        deed_on=date(2026, 3, 10),
        note="帮邻居搬家具",
        recorder="user:901",
        by=w.by,
        now=w.now,
        key=w.key(),
    )
    return {"pk": made.pk}


def branch(w: World) -> dict[str, Any]:
    return {"code": "BR1", "month": "2026-02"}


def file(form: str) -> Any:
    return lambda w: {"code": published(w).body.code, "month": "2026-02", "form": form}


def sealed(w: World) -> dict[str, Any]:
    from linli.points.models import Entry

    found = Entry.objects.filter(member=w.member, month=date(2026, 1, 1)).first()
    if found is None:
        line = services.Award(w.member, "LIFE-ZT")
        services.award(
            lines=[line],
            recorder="user:901",
            confirmer="user:902",
            source="activity:sealed",
            deed_on=date(2026, 1, 10),
            by=w.by,
            now=w.now,
            key=w.key(),
        )
        january = services.prepare_bulletin(w.bodies["BY1"], month=Month(2026, 1), by=w.by, now=EARLY, key=w.key())
        services.publish_bulletin(january, by=w.actor(Role.DEPUTY), now=w.now, key=w.key())
        found = Entry.objects.get(member=w.member, month=date(2026, 1, 1))
    return {"pk": found.pk}


EXAMPLES = [
    Example("bulletins", states={"some": lambda w: published(w) and {}}),
    Example("bulletin", kwargs=lambda w: {"pk": published(w).pk}),
    Example("bulletin-pdf", kwargs=lambda w: {"pk": published(w).pk}, html=False),
    Example("my-points", own="member", states={"lines": lambda w: entry(w) and {}}),
    Example("my-entry", kwargs=entry, own="member", states={"sealed": sealed}),
    Example("my-proof", kwargs=sealed, own="member", html=False),
    Example("desk-points"),
    Example("desk-branch-month", kwargs=branch, at="BR1", states={"draft": lambda w: {**drafted(w), "code": "BY1"}}),
    Example("bulletin-prepare", kwargs=branch, at="BR1", data=lambda w: {}),
    Example("bulletin-publish", kwargs=drafted, at="BY1", data=lambda w: {}, role=Role.DEPUTY),
    Example("bulletin-reopen", kwargs=drafted, at="BY1", data=lambda w: {"reason": "异议成立"}),
    Example("bulletin-file", kwargs=file("docx"), at="BY2", html=False),
    Example(
        "desk-deeds",
        states={"some": lambda w: deed(w) and {}},
        chooses="BY1",
        data=lambda w: {"deeds": [deed(w)["pk"]]},
    ),
    Example("entry-reverse", kwargs=entry, at="BY1", data=lambda w: {"reason": "重复登记"}),
    Example(
        "deed-new",
        chooses="BY1",
        data=lambda w: {
            "members": ["BY1-1", "BY1-2"],
            "indicator": "PLEDGE",
            "deed_on": "2026-03-01",
            "minutes": "",
            "note": "帮独居老人买药",
        },
    ),
    Example("deed-confirm", kwargs=deed, at="BY1", data=lambda w: {}),
    Example("deed-refuse", kwargs=deed, at="BY1", data=lambda w: {"reason": "日期不对"}),
]
