from datetime import date
from typing import Any

from linli.access.roles import Role
from linli.members import services
from linli.members.models import Member, Transfer
from linli.members.policy.kinds import Ending
from tests.catalogue import Example
from tests.world import SINCE, World


def newcomer(w: World) -> Member:
    """A member of nobody else's example: who left is not asked for again."""
    someone = Member(number=f"T{w.key()[-6:]}", name="周小新", member_class=w.member.member_class)
    return services.enrol(someone, body=w.bodies["BY1"], since=SINCE, by=w.by, now=w.now, key=w.key())


def out(w: World) -> Transfer:
    return services.issue(newcomer(w), target_name="外区组织部", by=w.by, now=w.now, key=w.key(), on=date(2026, 3, 2))


def slip(w: World) -> dict[str, Any]:
    return {"pk": out(w).pk}


def lapsed(w: World) -> dict[str, Any]:
    found = services.issue(newcomer(w), target=w.bodies["BY2"], by=w.by, now=w.now, key=w.key(), on=date(2025, 9, 1))
    return {"pk": found.pk}


def coming(w: World) -> dict[str, Any]:
    found = services.announce(
        number=f"外转{w.key()[-6:]}", name="赵新一", source_name="外区组织部", target=w.bodies["BY1"], issued_on=date(2026, 3, 1),
        valid_until=date(2026, 5, 30), by=w.by, now=w.now, key=w.key(),
    )  # fmt: skip
    return {"pk": found.pk}


def several(w: World) -> dict[str, Any]:
    received = out(w)
    services.receive(received, on=date(2026, 3, 10), by=w.by, now=w.now, key=w.key())
    lapsed(w)
    coming(w)
    return {}


def departed(w: World) -> dict[str, Any]:
    found = services.depart(newcomer(w), ending=Ending.DIED, on=date(2026, 3, 2), by=w.by, now=w.now, key=w.key())
    return {"pk": found.pk}


def somebody_left(w: World) -> dict[str, Any]:
    departed(w)
    return {}


def one(_world: World) -> dict[str, Any]:
    return {"number": "BY1-2"}


EXAMPLES = [
    Example(
        "transfer-issue",
        kwargs=one,
        at="BY1",
        data=lambda w: {"target": "BR2", "target_name": "", "reason": "搬家"},
    ),
    Example(
        "member-depart",
        kwargs=one,
        at="BY1",
        data=lambda w: {"ending": "died", "on": "2026-03-10", "document": ""},
    ),
    Example("transfers", states={"several": several}),
    Example(
        "transfer-announce",
        chooses="BY1",
        data=lambda w: {
            "number": "外转8",
            "name": "赵新一",
            "source_name": "外区组织部",
            "target": "BY1",
            "issued_on": "2026-03-01",
            "valid_until": "2026-05-30",
        },
    ),  # fmt: skip
    Example("transfer", kwargs=slip, at="BY1", states={"lapsed": lapsed, "coming": coming}),
    Example("transfer-receive", kwargs=slip, at="BY1", data=lambda w: {"on": "2026-03-10"}, states={"coming": coming}),
    Example("transfer-withdraw", kwargs=slip, at="BY1", data=lambda w: {"reason": "不搬了"}),
    Example("transfer-slip", kwargs=lambda w: slip(w) | {"form": "docx"}, at="BY1", html=False),
    Example("departures", states={"somebody left": somebody_left}),
    Example("departure-take-back", kwargs=departed, at="BY1", role=Role.SECRETARY, data=lambda w: {}),
]
