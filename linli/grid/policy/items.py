"""The item list of a grid (网格事项清单): one item a line, its parts between bars."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

BAR = "｜"
_BARS = re.compile(r"[|｜\t]")
MOST, LONGEST = 200, 120
PARTS = gettext_noop(
    "Line %(line)d (“%(text)s”): write what it is about and what the worker does, with ｜ between; if you like also "
    "its basis and whom to ask."
)
LONG = gettext_noop("Line %(line)d (“%(text)s”): a part has more than %(most)d characters; shorten it.")
MANY = gettext_noop("%(count)d items; more than %(most)d nobody reads. Join some.")


@dataclass(frozen=True, slots=True)
class Item:
    """One matter: what it is about, what the worker does, on what ground, whom to ask."""

    name: str
    does: str
    basis: str = ""
    ask: str = ""


def read_items(text: str) -> tuple[Item, ...]:
    """Return the items of `text`; empty lines do not count. Refused: a line without two to four parts, long parts."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, *more = [part.strip() for part in _BARS.split(line)]
        values = {"line": number, "text": line.strip()[:20]}
        if not (name and more and more[0]) or len(more) + 1 > len(Item.__slots__):
            raise Refusal("item-parts", PARTS, field="items", **values)
        if max(map(len, (name, *more))) > LONGEST:
            raise Refusal("item-long", LONG, field="items", most=LONGEST, **values)
        found.append(Item(name, *more))
    if len(found) > MOST:
        raise Refusal("item-many", MANY, field="items", count=len(found), most=MOST)
    return tuple(found)


def written(items: Iterable[Item]) -> str:
    """Return `items` as `read_items` reads them."""
    return "\n".join(BAR.join(astuple(item)).rstrip(BAR) for item in items)
