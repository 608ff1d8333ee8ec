"""Who reads what is not public of an issue: who can act at its place, and nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from linli.access.roles import Role
from linli.accounts import services as accounts
from linli.home import overview
from linli.walls import services
from linli.walls.models import Issue
from tests.files.policy.test_photos import picture
from tests.walls.makers import declined, fresh, overdue
from tests.world import SINCE

READERS = [
    (Role.PROPERTY_MANAGER, "BY1"),
    (Role.OWNERS_REPRESENTATIVE, "BY1"),
    (Role.CENTRE_HOUSEHOLD, "BY1"),
    (Role.GROUP_LEADER, "BY1"),
    (Role.AUDITOR, "W"),
]
"""They see issues, and cannot act on one."""
HANDLERS = [
    (Role.SECRETARY, "BY1"),
    (Role.DEPUTY, "BY1"),
    (Role.GRID_WORKER, "BY1"),
    (Role.COMMUNITY_STAFF, "RC1"),
    (Role.SUBDISTRICT_STAFF, "W"),
]
readers = pytest.mark.parametrize(("role", "body"), READERS)
handlers = pytest.mark.parametrize(("role", "body"), HANDLERS)


def told(world: Any, **more: Any) -> Issue:
    """Report something with a telephone in its words, a contact, a name and a photo."""
    return fresh(
        world,
        text="找13812345678要钥匙",
        contact="李阿姨",
        photo=picture(),
        reporter=world.member,
        **more,
    )


def pages(client: Client, issue: Issue) -> str:
    addresses = ("/desk/issues/?show=all", "/desk/issues/", f"/desk/issues/{issue.number}/")
    return "".join(client.get(address).text for address in addresses)


@readers
def test_who_cannot_act_reads_what_the_public_reads(world: Any, as_user: Any, role: Role, body: str):
    issue = told(world)
    client = as_user(world.user(role, body))
    shown = pages(client, issue)
    assert "●●●要钥匙" in shown
    for internal in ("13812345678", "李阿姨", world.member.name, "/photo/"):
        assert internal not in shown
    assert client.get(f"/issues/{issue.number}/photo/").status_code == 404
    services.accept(issue, photo_public=True, by=world.by, now=world.now, key=world.key())
    assert client.get(f"/issues/{issue.number}/photo/").status_code == 200
    assert "/photo/" in pages(client, issue)


@handlers
def test_who_can_act_reads_what_was_typed(world: Any, as_user: Any, role: Role, body: str):
    issue = told(world)
    client = as_user(world.user(role, body))
    shown = pages(client, issue)
    for internal in ("13812345678", "李阿姨", world.member.name, "/photo/"):
        assert internal in shown
    assert client.get(f"/issues/{issue.number}/photo/").status_code == 200


@readers
def test_who_cannot_act_sees_no_private_issue_and_none_is_counted(world: Any, as_user: Any, role: Role, body: str):
    issue = overdue(world, code="private", text="家里老人的病情")
    client = as_user(world.user(role, body))
    assert client.get(f"/desk/issues/{issue.number}/").status_code == 404
    for show in ("waiting", "all"):
        page = client.get(f"/desk/issues/?show={show}").text
        assert issue.number not in page
        assert set(re.findall(r'class="figure[^"]*">(\d+)', page)) == {"0"}


@handlers
def test_who_can_act_sees_private_issues(world: Any, as_user: Any, role: Role, body: str):
    issue = overdue(world, code="private", text="家里老人的病情")
    client = as_user(world.user(role, body))
    assert "家里老人的病情" in client.get(f"/desk/issues/{issue.number}/").text
    assert issue.number in client.get("/desk/issues/").text


@readers
def test_the_text_of_a_declined_issue_is_not_for_who_cannot_act(world: Any, as_user: Any, role: Role, body: str):
    given = {"by": world.by, "now": world.now}
    issue = services.escalate(fresh(world, text="骂人的话"), reason="他骂人", key=world.key(), **given)
    services.decline(issue, reason="请好好说话。", key=world.key(), **given)
    shown = pages(as_user(world.user(role, body)), issue)
    assert "骂人" not in shown
    assert "请好好说话" in shown
    assert "骂人的话" in pages(as_user(world.user(Role.SECRETARY, "BY1")), issue)


@readers
def test_nothing_waits_today_for_who_cannot_act(world: Any, role: Role, body: str):
    overdue(world)
    assert not [due for due in overview.due(world.actor(role, body), world.now) if "/issues/" in due.address]


@handlers
def test_what_is_overdue_waits_for_who_can_act(world: Any, role: Role, body: str):
    overdue(world)
    found = [due for due in overview.due(world.actor(role, body), world.now) if due.address == "/desk/issues/"]
    assert [(due.count, due.level) for due in found] == [(1, "red")]


def test_two_roles_read_each_place_by_its_own(world: Any, as_user: Any):
    user = world.user(Role.AUDITOR, "W")
    given = {"by": world.by, "now": world.now, "key": world.key()}
    accounts.grant_role(user, role=Role.GRID_WORKER, body=world.bodies["BY1"], since=SINCE, **given)
    near, far = told(world), told(world, at="OF")
    client = as_user(user)
    assert "13812345678" in client.get(f"/desk/issues/{near.number}/").text
    assert "13812345678" not in client.get(f"/desk/issues/{far.number}/").text


def test_the_list_shows_a_declined_text_to_nobody_but_who_can_act(world: Any, as_user: Any):
    issue = declined(world, text="骂人的话")
    for role, seen in ((Role.PROPERTY_MANAGER, False), (Role.SECRETARY, True)):
        page = as_user(world.user(role, "BY1")).get("/desk/issues/?show=all").text
        assert issue.number in page
        assert ("骂人的话" in page) is seen
