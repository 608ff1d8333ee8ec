"""Every writing URL: let the k-th query fail, k = 1, 2, … until a run passes clean; then send it again.

Promise: all or nothing, and a retry has one effect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.catalogue import Example, examples
from tests.digest import digest
from tests.urlmap import addresses
from tests.world import World, undone

pytestmark = pytest.mark.generated
ADDRESSES = addresses()
WRITING = sorted(
    name
    for name, example in examples().items()
    if example.data and example.writes and not example.elsewhere and name in ADDRESSES
)
LIMIT = 400


class Stop:
    """Makes the k-th query of the wrapped block fail."""

    def __init__(self, k: int) -> None:
        self.k, self.seen = k, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("ROLLBACK", "RELEASE")):
            self.seen += 1
            if self.seen == self.k:
                raise OperationalError("the k-th query fails")
        return execute(sql, params, many, context)


def actor_client(world: World, example: Example, as_user: Any) -> Client:
    client: Client = as_user(
        world.member.user if example.own else world.user(example.role, example.at or example.chooses or "W")
    )
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("name", WRITING)
def test_all_or_nothing(name: str, world: World, as_user: Any):
    example = examples()[name]
    client = actor_client(world, example, as_user)
    address = reverse(name, kwargs=example.kwargs(world))
    payload = example.data(world) | ({"key": world.key() + "-" * 8} if example.keyed else {})

    def send() -> int:
        for value in payload.values():
            if hasattr(value, "seek"):
                value.seek(0)
        return client.post(address, payload).status_code

    before = digest()
    with undone():
        assert send() < 400
        after = digest()
        assert after != before, "the example changes nothing"
        send()
        if example.keyed:
            assert digest() == after, "sending twice has two effects"
    for k in range(1, LIMIT):
        stop = Stop(k)
        with undone():
            with connection.execute_wrapper(stop):
                send()
            left = digest()
            assert left in {before, after}, f"half written when query {k} fails"
            if stop.seen < k:
                return
            if example.keyed:
                assert send() < 400, f"the retry fails after query {k} failed"
                assert digest() == after, f"the retry after query {k} has another effect"
    pytest.fail("the request never ran clean")
