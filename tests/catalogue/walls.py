from typing import Any

from linli.access.roles import Role
from tests.catalogue import Example
from tests.files.policy.test_photos import picture
from tests.walls import makers
from tests.world import World

_secrets: dict[str, str] = {}


def of_issue(made: Any, **more: Any) -> Any:
    return lambda world: {"number": made(world, **more).number}


def answered_with_receipt(world: World) -> dict[str, Any]:
    from linli.walls import services

    done = makers.reported(world)
    services.reply(done.issue, text="已经修好。", outcome="solved", by=world.by, now=world.now, key=world.key())
    _secrets["last"] = done.secret
    return {"number": done.issue.number}


def wall(world: World) -> dict[str, Any]:
    return {"code": world.wall("BY1").code}


def wall_with_issues(world: World) -> dict[str, Any]:
    for made in (makers.fresh, makers.accepted, makers.answered, makers.declined, makers.escalated, makers.overdue):
        made(world)
    makers.fresh(world, code="private")
    return wall(world)


def poster(world: World) -> dict[str, Any]:
    from linli.walls import services

    made = services.print_poster(
        world.wall("BY1"), place=world.places["B1"], by=world.by, now=world.now, key=world.key()
    )
    return {"code": made.code}


def with_photo(world: World) -> dict[str, Any]:
    from linli.walls import services

    issue = makers.fresh(world, photo=picture())
    services.accept(issue, photo_public=True, by=world.by, now=world.now, key=world.key())
    return {"number": issue.number}


def with_hidden_words(world: World) -> dict[str, Any]:
    from linli.walls import services

    issue = makers.fresh(world, text="王桂花阿姨摔了。")
    services.hide_words(issue, words="王桂花", by=world.by, now=world.now, key=world.key())
    return {"number": issue.number}


def a_report(_world: World) -> dict[str, str]:
    return {"category": "rubbish", "text": "三单元门口的灯不亮。"}


def last_secret(_world: World) -> dict[str, str]:
    return {"secret": _secrets["last"]}


EXAMPLES = [
    Example("walls"),
    Example("wall", kwargs=wall, states={"with issues": wall_with_issues}),
    Example("complaint", data=lambda w: {"category": "complaint", "text": "网页看不清", "contact": ""}),
    Example("report", kwargs=wall, data=a_report),
    Example("poster", kwargs=poster, data=a_report),
    Example("echo"),
    Example(
        "issue",
        kwargs=of_issue(makers.fresh),
        states={
            "answered": of_issue(makers.answered),
            "passed up": of_issue(makers.escalated),
            "declined": of_issue(makers.declined),
            "overdue": of_issue(makers.overdue),
            "private": of_issue(makers.fresh, code="private"),
            "hidden words": with_hidden_words,
        },
    ),
    Example("issue-photo", kwargs=with_photo, html=False),
    Example("issue-receipt", kwargs=answered_with_receipt, data=last_secret, keyed=False, writes=False),
    Example("issue-satisfied", kwargs=answered_with_receipt, data=last_secret),
    Example("issue-reopen", kwargs=answered_with_receipt, data=lambda w: last_secret(w) | {"reason": "还是不亮。"}),
    Example("receipt", data=lambda w: {"secret": makers.reported(w).secret}, keyed=False, writes=False),
    Example("receipt-forget", data=lambda w: {"forget": "1"}, keyed=False, writes=False),
    Example("desk-issues", kwargs=lambda w: wall_with_issues(w) and {}),
    Example(
        "desk-issue",
        kwargs=of_issue(makers.fresh),
        at="BY1",
        states={
            "answered": of_issue(makers.answered),
            "overdue": of_issue(makers.overdue),
            "photo": with_photo,
            "hidden words": with_hidden_words,
        },
    ),
    Example("issue-accept", kwargs=of_issue(makers.fresh), at="BY1", data=lambda w: {"note": ""}),
    Example(
        "issue-reply",
        kwargs=of_issue(makers.accepted),
        at="BY1",
        data=lambda w: {"text": "已经修好。", "outcome": "solved"},
    ),
    Example("issue-escalate", kwargs=of_issue(makers.fresh), at="BY1", data=lambda w: {"reason": "院里定不了。"}),
    Example("issue-decline", kwargs=of_issue(makers.fresh), at="BY1", data=lambda w: {"reason": "属于法院。"}),
    Example(
        "issue-hide",
        kwargs=of_issue(makers.fresh, text="王桂花阿姨摔了。"),
        at="BY1",
        data=lambda w: {"words": "王桂花"},
    ),
    Example("issue-show-photo", kwargs=with_photo, at="BY1", data=lambda w: {"photo_public": ""}),
    Example("desk-walls"),
    Example(
        "wall-open",
        kwargs=lambda w: {"code": "E3"},
        at="BR2",
        role=Role.SECRETARY,
        data=lambda w: {"body": "BR2", "name": "三区墙"},
    ),
    Example("desk-wall", kwargs=wall, at="BY1", data=lambda w: {"place": "U1"}),
    Example("poster-pdf", kwargs=wall, at="BY1", html=False),
]
