"""What every builder shares: the calendar, the tree's prefix, request keys, and what was made so far."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from linli.access.decide import Actor
from linli.accounts.models import User
from linli.demo.policy.days import Days
from linli.members.models import Member
from linli.organisations.models import Body
from linli.places.models import Place


@dataclass(slots=True)
class Build:
    """One tree under way. `prefix` is empty for the first subdistrict and stands before the codes of the others."""

    days: Days
    prefix: str = ""
    by: Actor = field(default_factory=lambda: Actor(name="demo"))
    places: dict[str, Place] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    members: dict[str, list[Member]] = field(default_factory=dict)
    """Members by the code of their branch, in the order of their numbers."""
    posts: dict[tuple[str, str], Member] = field(default_factory=dict)
    """The first holder of each (body, title)."""
    users: dict[str, User] = field(default_factory=dict)
    """Accounts by user name."""
    actors: dict[str, Actor] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    """Receipts to try out, by what they show."""
    random: Random = field(init=False)
    _keys: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.random = Random(f"linli deeds {self.prefix}")

    def key(self) -> str:
        """Return the next request key; the same build asks for the same keys."""
        return f"demo:{self.prefix}{next(self._keys):06d}"

    def code(self, code: str) -> str:
        """Return `code` as this tree writes it."""
        return f"{self.prefix}{code}"

    def body(self, code: str) -> Body:
        """Return the body with the plan's `code`."""
        return self.bodies[self.code(code)]

    def place(self, code: str) -> Place:
        """Return the place with the plan's `code`."""
        return self.places[self.code(code)]
