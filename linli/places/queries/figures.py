"""The figures of a division in words, those of the map that holds beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from linli.places.policy.fairness import Fairness


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its name; `before` is empty where no map holds."""

    words: str
    before: str
    after: str


def figure_rows(before: Fairness | None, after: Fairness) -> list[FigureRow]:
    """Return the figures of two divisions, one below the other."""
    old = [""] * len(_said(after)) if before is None else [text for _words, text in _said(before)]
    return [FigureRow(words, was, text) for was, (words, text) in zip(old, _said(after), strict=True)]


def _said(figures: Fairness) -> list[tuple[str, str]]:
    return [
        (gettext("Cells"), str(figures.cells)),
        (gettext("Cells within the limits"), str(figures.within)),
        (gettext("Households in all"), str(figures.households)),
        (gettext("Smallest cell, households"), str(figures.smallest)),
        (gettext("Median, households"), f"{figures.median:g}"),
        (gettext("Largest cell, households"), str(figures.largest)),
        (gettext("Standard deviation, households"), f"{figures.deviation:.1f}"),
        (gettext("Largest to smallest"), f"{figures.ratio:.2f}" if figures.ratio else "–"),
        (gettext("Roundness of the longest cell (a circle has 1)"), f"{figures.least_round:.2f}"),
        (gettext("Roundness, mean"), f"{figures.mean_round:.2f}"),
    ]
