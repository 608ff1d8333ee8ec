"""A community divided anew: fairness, roundness and seconds, beside recursive halving of the same plots.

    uv run python benchmarks/grid_divide.py [--buildings 60 --buildings 150 --buildings 300]

Towns are invented: turned buildings of 24 to 132 households in rows. Halving cuts the plots across their longer side,
households in proportion; it knows neither limits nor pieces. Seconds are without the import of the optimiser.
"""

from __future__ import annotations

import time
from typing import Annotated

import numpy as np
import shapely
import typer
from rich.console import Console
from rich.table import Table

from linli.places.policy.assigning import optimiser
from linli.places.policy.dividing import Land, divide
from linli.places.policy.fairness import Fairness, fairness
from linli.places.policy.plots import borders, plots
from tests.places.policy.towns import ground, grown

LEAST, MOST = 300, 500


def halved(spots: np.ndarray, households: np.ndarray, members: np.ndarray, count: int) -> list[np.ndarray]:
    """The plots in `count` groups."""
    if count == 1:
        return [members]
    order = members[np.argsort(spots[members][:, int(np.ptp(spots[members], axis=0).argmax())], kind="stable")]
    sums = households[order].cumsum()
    cut = int(np.searchsorted(sums, sums[-1] * (count // 2) / count)) + 1
    return [
        *halved(spots, households, order[:cut], count // 2),
        *halved(spots, households, order[cut:], count - count // 2),
    ]


def figures(bricks: np.ndarray, households: np.ndarray, cells: np.ndarray) -> tuple[Fairness, int]:
    """The figures, and how many cells are in pieces."""
    count = int(cells.max()) + 1
    shapes = np.array([shapely.coverage_union_all(bricks[cells == n]) for n in range(count)], dtype=object)
    sums = [int(households[cells == n].sum()) for n in range(count)]
    return fairness(sums, ground(shapes), LEAST, MOST), int((shapely.get_num_geometries(shapes) > 1).sum())


def main(buildings: Annotated[list[int], typer.Option(help="Sizes, may be repeated.")] = [60, 150, 300]) -> None:  # noqa: B006
    """Print the figures."""
    optimiser()
    table = Table(title=f"Cells of {LEAST} to {MOST} households")
    for title in (
        "buildings",
        "way",
        "cells",
        "within",
        "in pieces",
        "least–most",
        "σ",
        "round least",
        "mean",
        "seconds",
    ):
        table.add_column(title, justify="right")
    for count in buildings:
        shapes, counted, edge = grown(count, 7)
        begun = time.perf_counter()
        bricks, of_building = plots(shapes, edge)
        drawn = time.perf_counter() - begun
        households = np.bincount(of_building, weights=counted).astype(int)
        spots = shapely.get_coordinates(shapely.centroid(bricks))
        begun = time.perf_counter()
        planned = divide(Land.of(spots, households, borders(bricks)), LEAST, MOST)
        spent = time.perf_counter() - begun
        begun = time.perf_counter()
        groups = halved(spots, households, np.arange(len(spots)), int(planned.max()) + 1)
        plain = np.zeros(len(spots), dtype=int)
        for number, group in enumerate(groups):
            plain[group] = number
        rows = {"plots": None, "this": (planned, spent), "halving": (plain, time.perf_counter() - begun)}
        for way, made in rows.items():
            if made is None:
                table.add_row(str(count), way, *[""] * 7, f"{drawn:.1f}")
                continue
            found, torn = figures(bricks, households, made[0])
            table.add_row(
                str(count), way, str(found.cells), str(found.within), str(torn), f"{found.smallest}–{found.largest}",
                f"{found.deviation:.0f}", f"{found.least_round:.2f}", f"{found.mean_round:.2f}", f"{made[1]:.1f}",
            )  # fmt: skip
    Console(width=110).print(table)


if __name__ == "__main__":
    typer.run(main)
