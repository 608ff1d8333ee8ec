"""Every URL × method × role × position of the role in the tree, expected from `linli.access`.

It grows by itself: a new URL fails until it is listed in `tests/catalogue/`. The default run leaves out what
cannot differ (a role that lacks the permission is tried at one node only); `--full-matrix` tries the product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.decide import allowed
from linli.access.roles import PERMISSIONS, Role
from linli.organisations import services as organisations
from linli.organisations.policy.kinds import BodyKind
from linli.web.access import Need
from tests.catalogue import Example, examples
from tests.urlmap import addresses
from tests.world import SINCE, World

pytestmark = pytest.mark.generated
METHODS = ("GET", "POST", "PUT", "DELETE")
ADDRESSES = addresses()
EXAMPLES = examples()
JUDGED = sorted(name for name, example in EXAMPLES.items() if not example.elsewhere and name in ADDRESSES)


def test_every_url_is_listed_and_every_listed_url_exists():
    assert sorted(ADDRESSES) == sorted(EXAMPLES)


def test_every_view_declares_its_need():
    undeclared = [name for name, at in ADDRESSES.items() if at.page is None and not EXAMPLES[name].elsewhere]
    assert undeclared == []


def test_every_url_that_writes_has_a_payload():
    missing = [name for name in JUDGED if "POST" in ADDRESSES[name].page.methods and EXAMPLES[name].data is None]
    assert missing == []


@dataclass(frozen=True)
class Position:
    name: str
    body: str
    ended: bool = False
    archived: bool = False
    """The body has been dissolved: the role ended with it."""


def archived(world: World) -> Position:
    """Make a branch that was dissolved yesterday."""
    made = organisations.found_body(
        kind=BodyKind.BRANCH,
        code="OLD",
        name="撤销的党支部",
        parent=world.bodies["W"],
        since=SINCE,
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    yesterday = world.now.date() - timedelta(days=1)
    ended = organisations.dissolve_body(made, on=yesterday, by=world.by, now=world.now, key=world.key())
    world.bodies[ended.code] = ended
    return Position("archived", ended.code, archived=True)


def positions(world: World, at: str) -> list[Position]:
    """The nodes at which a role is tried, seen from the body at which the object lives."""
    own = world.bodies[at or "BR1"]
    steps = own.path.split(".")[:-1]
    by_id = {str(body.pk): body for body in world.bodies.values()}
    found = [Position("own", own.code), Position("ended", own.code, ended=True)]
    if len(steps) > 1:
        found.append(Position("parent", by_id[steps[-2]].code))
    for body in world.bodies.values():
        inner = body.path.split(".")[:-1]
        if inner[:-1] == steps and not any(p.name == "child" for p in found):
            found.append(Position("child", body.code))
        if len(steps) > 1 and inner[:-1] == steps[:-1] and body != own and not any(p.name == "sibling" for p in found):
            found.append(Position("sibling", body.code))
    if own.code not in {"W", "G2", "BR2"}:
        found.append(Position("elsewhere", "BR2"))
    return found


def expected(world: World, example: Example, role: Role, at: Position, actor: Any) -> int:
    """200 stands for any success, else the status that must come."""
    need = ADDRESSES[example.url].page.need
    if need is Need.PUBLIC:
        return 200
    if need is Need.MEMBER:
        return 403
    if need is Need.SIGNED_IN:
        return 404 if example.own else 200
    assert isinstance(need, Permission)
    if need not in PERMISSIONS[role] or at.ended or at.archived:
        return 403
    if example.at and not allowed(actor, need, world.bodies[example.at].path):
        return 404
    return 200


def chosen(world: World, example: Example, actor: Any) -> bool:
    """Whether the actor may choose the body that the payload names."""
    need = ADDRESSES[example.url].page.need
    return not example.chooses or allowed(actor, need, world.bodies[example.chooses].path)


def ask(client: Client, method: str, address: str, world: World, example: Example) -> Any:
    """Send one request and undo whatever it did."""
    with transaction.atomic():
        if method == "POST" and example.data:
            data = example.data(world) | ({"key": world.key() + "-" * 8} if example.keyed else {})
            response = client.post(address, data)
        else:
            response = client.generic(method, address, query_params=dict(example.query))
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def judge(response: Any, method: str, want: int, example: Example, told: str) -> None:
    methods = ADDRESSES[example.url].page.methods
    if want in {200, 404} and method not in methods:
        want = 405
    got = response.status_code
    if want == 200:
        assert got < 400, f"{told}: {got}, expected success: {response.content[:600]!r}"
        assert "/login" not in response.headers.get("Location", ""), f"{told}: sent to log in"
    else:
        assert got == want, f"{told}: {got}, expected {want}"


@pytest.mark.parametrize("name", JUDGED)
def test_a_visitor(name: str, world: World):
    example = EXAMPLES[name]
    address = reverse(name, kwargs=example.kwargs(world))
    for method in METHODS:
        response = ask(Client(), method, address, world, example)
        if ADDRESSES[name].page.need is Need.PUBLIC:
            judge(response, method, 200, example, f"visitor {method} {address}")
        else:
            assert response.status_code == 302, f"visitor {method} {address}: {response.status_code}"
            assert "/accounts/login/" in response.headers["Location"]


@pytest.mark.parametrize("name", JUDGED)
def test_roles_at_positions(name: str, world: World, as_user: Any, request: pytest.FixtureRequest):
    example = EXAMPLES[name]
    page = ADDRESSES[name].page
    address = reverse(name, kwargs=example.kwargs(world))
    full = request.config.getoption("--full-matrix")
    tried = [*positions(world, example.at), archived(world)]
    for role in Role:
        for at in tried:
            holds = isinstance(page.need, Permission) and page.need in PERMISSIONS[role]
            if not full and not holds and at.name != "own":
                continue
            user = world.user(role, at.body, ended=at.ended)
            client, actor = as_user(user), world.actor_of(user)
            want = expected(world, example, role, at, actor)
            for method in METHODS if full or role is example.role else page.methods:
                told = f"{role} at {at.name} ({at.body}) {method} {address}"
                status = want
                if method == "POST" and want == 200 and not chosen(world, example, actor):
                    status = 422
                judge(ask(client, method, address, world, example), method, status, example, told)


@pytest.mark.parametrize("name", [name for name in JUDGED if EXAMPLES[name].own])
def test_one_own_things(name: str, world: World, as_user: Any):
    example = EXAMPLES[name]
    address = reverse(name, kwargs=example.kwargs(world))
    client = as_user(world.member.user)
    for method in ADDRESSES[name].page.methods:
        judge(ask(client, method, address, world, example), method, 200, example, f"owner {method} {address}")


@pytest.mark.parametrize("name", [name for name in JUDGED if ADDRESSES[name].page.need is Need.MEMBER])
def test_another_member_sees_no_others_things(name: str, world: World, as_user: Any):
    from linli.members import services as members

    example = EXAMPLES[name]
    kwargs = example.kwargs(world)
    user = world.user()
    other = world.members["BR2"][0]
    members.link_account(other, user=user, by=world.by, now=world.now, key=world.key())
    want = 404 if kwargs and example.own else 200
    for method in ADDRESSES[name].page.methods:
        address = reverse(name, kwargs=kwargs)
        judge(ask(as_user(user), method, address, world, example), method, want, example, f"other {method} {address}")


def _bare(content: bytes, address: str) -> bytes:
    content = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)
    return content.replace(address.encode(), b"")


@pytest.mark.parametrize("name", [name for name in JUDGED if EXAMPLES[name].at])
def test_forbidden_looks_like_absent(name: str, world: World, as_user: Any):
    example = EXAMPLES[name]
    kwargs = example.kwargs(world)
    absent = {k: (v + 987654 if isinstance(v, int) else f"{v}9zz"[-20:]) for k, v in kwargs.items()}
    client = as_user(world.user(example.role, "BR2" if example.at not in {"BR2", "G2"} else "BR1"))
    forbidden_at, absent_at = reverse(name, kwargs=kwargs), None
    try:
        absent_at = reverse(name, kwargs=absent)
    except Exception:
        pytest.skip("the address admits no absent object")
    for method in ADDRESSES[name].page.methods:
        forbidden = ask(client, method, forbidden_at, world, example)
        missing = ask(client, method, absent_at, world, example)
        assert forbidden.status_code == missing.status_code == 404, f"{method} {forbidden_at}"
        assert _bare(forbidden.content, forbidden_at) == _bare(missing.content, absent_at)
