"""Which posts a row of a roster ends and begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Held:
    """A post that holds today: its identifier, title, body (identifier) and first day."""

    post: int
    title: str
    body: int
    since: date


@dataclass(frozen=True, slots=True)
class Appointments:
    """What changes: posts `ended`, posts `begun` as (title, body), posts whose first day is `redated`."""

    ended: tuple[Held, ...] = ()
    begun: tuple[tuple[str, int], ...] = ()
    redated: tuple[Held, ...] = ()

    @property
    def bodies(self) -> frozenset[int]:
        """The bodies that are touched."""
        return frozenset([held.body for held in (*self.ended, *self.redated)] + [body for _title, body in self.begun])


def plan(
    held: Sequence[Held],
    titles: Sequence[str],
    *,
    moved: tuple[int, int] | None,
    since: date | None,
    body_of: Callable[[str], int],
) -> Appointments:
    """Return what must change so that exactly `titles` are held.

    A post of a title that stays remains where it is; with a move `moved` = (old unit, new unit) a post in the old
    unit goes along. A new post begins in `body_of(title)`. With `since` every post that stays begins on that day.
    """
    leaving = [each for each in held if each.title not in titles]
    along = [each for each in held if moved and each.title in titles and each.body == moved[0]]
    staying = [each for each in held if each.title in titles and each not in along]
    fresh = [title for title in titles if title not in {each.title for each in held}]
    begun = [(each.title, moved[1]) for each in along if moved] + [(title, body_of(title)) for title in fresh]
    redated = [each for each in staying if since and each.since != since]
    return Appointments((*leaving, *along), tuple(begun), tuple(redated))


def common_start(held: Sequence[Held]) -> date | None:
    """Return the day on which all posts began, or None where there is none or they differ."""
    days = {each.since for each in held}
    return days.pop() if len(days) == 1 else None
