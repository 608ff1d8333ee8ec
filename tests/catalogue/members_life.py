from datetime import date
from typing import Any

from linli.members import services
from linli.members.models import MemberStanding
from linli.members.policy.kinds import Standing
from linli.members.policy.requests import RequestKind
from tests.catalogue import Example
from tests.world import World


def mobile(w: World) -> dict[str, Any]:
    held = MemberStanding.objects.filter(member=w.members["BY1"][1], kind=Standing.MOBILE).first()
    held = held or services.begin_standing(
        w.members["BY1"][1], kind=Standing.MOBILE, since=date(2025, 1, 1), where="杭州",
        by=w.by, now=w.now, key=w.key(),
    )  # fmt: skip
    return {"number": "BY1-2", "pk": held.pk}


def one(_world: World) -> dict[str, Any]:
    return {"number": "BY1-2"}


def something_due(w: World) -> dict[str, Any]:
    mobile(w)
    return {}


def asked(w: World) -> dict[str, Any]:
    found = services.ask(
        w.members["BY1"][1], kind=RequestKind.CORRECT, text="学历是大专", by=w.by, now=w.now, key=w.key()
    )
    return {"pk": found.pk}


def somebody_asked(w: World) -> dict[str, Any]:
    asked(w)
    return {}


EXAMPLES = [
    Example("data-requests", states={"somebody asked": somebody_asked}),
    Example("data-request-answer", kwargs=asked, at="BY1", data=lambda w: {"state": "done", "words": "已改"}),
    Example(
        "standing-begin",
        kwargs=one,
        at="BY1",
        data=lambda w: {"kind": "mobile", "since": "2026-03-01", "until": "", "where": "杭州", "document": ""},
    ),
    Example("standing-end", kwargs=mobile, at="BY1", data=lambda w: {"on": "2026-03-18"}),
    Example("member-contact", kwargs=one, at="BY1", data=lambda w: {"on": "2026-03-18", "words": "电话"}),
    Example("members-due", states={"something is due": something_due}),
]
