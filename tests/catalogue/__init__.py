"""Examples of every URL; the three generators (access matrix, k-th query fails, axe) read them.

Each app lists its URLs in `tests/catalogue/<app>.py` as `EXAMPLES`. A URL in the URL map that nobody
lists fails the access matrix.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linli.access.roles import Role
from linli.web.access import Page
from tests.urlmap import addresses
from tests.world import World

type Make = Callable[[World], dict[str, Any]]


def nothing(_world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Example:
    url: str
    """Name in the URL map."""
    kwargs: Make = nothing
    """Makes what the page needs, through services, and returns the arguments of the address."""
    at: str = ""
    """Code of the body at which the object lives; empty: the page has no object of a body."""
    data: Make | None = None
    """A valid payload for POST, without the request key."""
    chooses: str = ""
    """Code of the body that the payload names; one who may not choose it gets the form back (422)."""
    role: Role = Role.SECRETARY
    """A role that may do it."""
    own: str = ""
    """`"member"`: the page shows things of `world.member`; others get 404."""
    query: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, Make] = field(default_factory=dict)
    """Further distinct renderings: name → maker of the arguments."""
    keyed: bool = True
    """Whether the payload carries a request key (log-in and the like do not)."""
    writes: bool = True
    """Whether POST changes a table of the house."""
    html: bool = True
    """Whether GET answers with a page (not a file, not plain text)."""
    elsewhere: str = ""
    """Why the access rule is not ours (pages of a library); such pages are listed and visited, not judged."""
    visitor: Callable[[World], str] | None = None
    """Makes the session with which a browser visits the page, where the role alone is not enough."""


def examples() -> dict[str, Example]:
    """Return all examples by the name of their URL; two for one name is an error."""
    import tests.catalogue as package

    found: dict[str, Example] = {}
    for module in pkgutil.iter_modules(package.__path__):
        listed: list[Example] = importlib.import_module(f"tests.catalogue.{module.name}").EXAMPLES
        for example in listed:
            assert example.url not in found, f"{example.url} is listed twice"
            found[example.url] = example
    return found


def visited() -> dict[str, tuple[Example, Page | None]]:
    """Return the examples that answer GET with a page, with their access rule (None: a library's page)."""
    views = addresses()
    found = {}
    for name, example in examples().items():
        page = views[name].page
        if example.html and (example.elsewhere if page is None else "GET" in page.methods):
            found[name] = example, page
    return found
