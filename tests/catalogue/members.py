from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.roles import Role
from linli.lib.clock import local_date
from linli.members import services
from linli.members.models import Member, RosterUpload
from linli.members.queries import roster
from tests.catalogue import Example
from tests.members.policy.books import book
from tests.world import World

HEADER = ["党员编号", "姓名", "性别", "出生日期", "入党日期", "所在党组织", "职务", "手机"]
NEW = ["N1", "赵新一", "男", date(1970, 1, 2), date(1999, 7, 1), "组织BY1", "书记", "13800000001"]
CHANGED = ["BY1-1", "王大一", "女", date(1980, 5, 1), date(2010, 7, 1), "组织BY2", "", "13800000002"]


def content(*rows: list[Any]) -> bytes:
    return book([["党员花名册"], HEADER, *(rows or (NEW, CHANGED))])


def uploaded(world: World, *rows: list[Any], body: str = "BR1") -> dict[str, Any]:
    kept, _checked = services.keep_upload(
        content(*rows), name="名册.xlsx", scope=world.bodies[body], by=world.by, now=world.now, key=world.key()
    )
    return {"token": kept.token}


def mark(world: World) -> dict[str, Any]:
    kept = RosterUpload.objects.latest("pk")
    checked = roster.check(roster.content(kept), kept.name, scope=kept.body, day=local_date(world.now))
    return {"shown": checked.difference.mark, "others": ""}


def wrong(world: World) -> dict[str, Any]:
    return uploaded(world, ["BR2-1", "赵新一", "?", "1970-13-01", None, "没有的支部", "大王", "123"])


def doubtful(world: World) -> dict[str, Any]:
    return uploaded(world, ["N9", "王小一", None, date(1980, 5, 1), date(2010, 7, 1), "组织BY1", None, None])


def nothing_to_change(world: World) -> dict[str, Any]:
    return uploaded(world, ["BY1-2", "李小二", None, date(1980, 5, 2), date(2010, 7, 2), "组织BY1", None, None])


def named(w: World) -> dict[str, Any]:
    """Somebody with a role below, who can be linked."""
    user = w.user(Role.CENTRE_HOUSEHOLD, "BY1")
    return {"username": user.username}


def with_phone(w: World) -> dict[str, Any]:
    Member.objects.filter(number="BY1-1").update(phone="13800000001")
    return {"number": "BY1-1"}


EXAMPLES = [
    Example(
        "member-account",
        kwargs=lambda w: {"number": "BY1-3"},
        at="BY1",
        role=Role.COMMUNITY_STAFF,
        data=named,
    ),
    Example("members", query={"q": "w", "unit": "BR1"}),
    Example("members-statistics", query={"unit": "BR1", "rows": "education", "columns": "stage"}),
    Example("members-pivot", html=False),
    Example("members-annual"),
    Example("members-annual-file", kwargs=lambda w: {"form": "xlsx"}, html=False),
    Example("figures"),
    Example("members-export", html=False),
    Example("members-popolo", html=False),
    Example("members-table", kwargs=lambda w: {"table": "memberships"}, html=False),
    Example("members-export-phones", data=lambda w: {"organisation": "BR1"}),
    Example("member-phone", kwargs=with_phone, at="BY1", data=lambda w: {"reason": "care"}),
    Example(
        "members-import",
        chooses="BR1",
        data=lambda w: {"organisation": "BR1", "file": SimpleUploadedFile("名册.xlsx", content())},
    ),
    Example(
        "members-import-check",
        kwargs=uploaded,
        at="BR1",
        data=mark,
        states={"wrong": wrong, "doubtful": doubtful, "nothing to change": nothing_to_change},
    ),
    Example("members-import-problems", kwargs=wrong, at="BR1", html=False),
    Example("members-import-forget", kwargs=uploaded, at="BR1", data=lambda w: {}),
    Example("member", kwargs=lambda w: {"number": "BY1-1"}, at="BY1"),
]
