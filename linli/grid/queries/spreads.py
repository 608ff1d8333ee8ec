"""Reads of households per cell as a distribution, community by community."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.grid.policy.distribution import Distribution, distribute
from linli.grid.queries.sizes import SizeLine, sizes
from linli.organisations import queries as organisations
from linli.places import queries as places
from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Spread:
    """The cells, or the micro-grids, of a community: each of them, the limits, and their distribution."""

    community: Place
    micro: bool
    lines: tuple[SizeLine, ...]
    distribution: Distribution

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most households by which they are judged."""
        return self.lines[0].size.bounds


def spreads(actor: Actor, permission: Permission, day: date) -> list[Spread]:
    """Return the distribution of each community in reach, cells before micro-grids; a constant number of queries."""
    found = sizes(places.leaves(organisations.grids(actor, permission, day), day), day)
    found.sort(key=lambda line: (line.community.path, line.size.micro, line.cell.code))
    spread = []
    for (_path, micro), group in groupby(found, key=lambda line: (line.community.path, line.size.micro)):
        lines = tuple(group)
        counted = distribute((line.size.doors for line in lines), *lines[0].size.bounds)
        spread.append(Spread(lines[0].community, micro, lines, counted))
    return spread
