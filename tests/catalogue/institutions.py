from typing import Any

from linli.organisations import services
from linli.organisations.policy.institutions import DutyState
from tests.catalogue import Example
from tests.organisations import making
from tests.world import World


def institution(world: World) -> dict[str, Any]:
    return {"pk": making.institution(world).pk}


def duty(world: World) -> dict[str, Any]:
    return {"pk": making.duty(world).pk}


def full(world: World) -> dict[str, Any]:
    making.institution(world)
    making.institution(world, since=world.now.date().replace(year=2027))
    making.duty(world)
    done = making.overdue_duty(world)
    making.overdue_duty(world)
    services.end_duty(done, state=DutyState.DONE, result="已经整理好。", by=world.by, now=world.now, key=world.key())
    return {}


def lines(world: World) -> dict[str, Any]:
    making.budget_line(world)
    services.publish_budget(world.bodies["BR1"], year=2026, by=world.by, now=world.now, key=world.key())
    making.budget_line(world)
    return {}


def everything(world: World) -> dict[str, Any]:
    return full(world) | lines(world)


def budget_payload(world: World) -> dict[str, Any]:
    return {"body": "BR1", "year": "2026", "title": "防汛物资", "source": "自筹", "planned": "1,200.50", "spent": "0"}


def adopted(world: World) -> dict[str, Any]:
    words = {"body": "BR1", "group": "service", "title": "接待制度", "text": "每周三下午。"}
    return words | {"since": "2026-03-18", "document": "〔2026〕1号"}


def unpublished(world: World) -> dict[str, Any]:
    making.budget_line(world)
    return {"code": "BR1", "year": 2026}


EXAMPLES = [
    Example("institutions-published", states={"something": everything}),
    Example("institution-read", kwargs=institution),
    Example("institutions", states={"full": full}),
    Example("institution", kwargs=institution, at="BR1"),
    Example("institution-adopt", chooses="BR1", data=adopted),
    Example("institution-repeal", kwargs=institution, at="BR1", data=lambda w: {"on": "2026-04-01"}),
    Example(
        "duty-new",
        chooses="BR1",
        data=lambda w: {"body": "BR1", "what": "排查消防通道", "who": "宣传委员", "due_on": "2026-04-01"},
    ),
    Example(
        "duty-change",
        kwargs=duty,
        at="BR1",
        data=lambda w: {"body": "BR1", "what": "整理名册", "who": "副书记", "due_on": "2026-04-02"},
    ),
    Example("duty-end", kwargs=duty, at="BR1", data=lambda w: {"state": "done", "result": "办好了。"}),
    Example("budget", states={"lines": lines}),
    Example("budget-line", chooses="BR1", data=budget_payload),
    Example("budget-publish", kwargs=unpublished, at="BR1", data=lambda w: {}),
]
