"""The year as it happens: stories that yield the moment of their next step, run in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable, Iterator
from datetime import datetime

type Story = Generator[datetime, None, None]
"""Yields the moment at which it goes on; what follows a yield happens at that moment."""


def run(stories: Iterable[Story], *, start: datetime, end: datetime) -> Iterator[float]:
    """Run the stories in the order of time up to `end`, not what would come later; yield the share done."""
    queue: list[tuple[datetime, int, Story]] = []
    for turn, story in enumerate(stories):
        _follow(queue, turn, story)
    told = 0.0
    while queue and queue[0][0] < end:
        moment, turn, story = heapq.heappop(queue)
        _follow(queue, turn, story)
        share = (moment - start) / (end - start)
        if share > told + 0.02:
            told = share
            yield share
    yield 1.0


def _follow(queue: list[tuple[datetime, int, Story]], turn: int, story: Story) -> None:
    following = next(story, None)
    if following is not None:
        heapq.heappush(queue, (following, turn, story))
