"""Point → cell against a bare STRtree: the same cells, the same points, one by one and in bulk.

    uv run python benchmarks/point_to_cell.py [--cells 30 --cells 1000 --cells 10000 --cells 100000] [--rounds 5]

Reference: `shapely.STRtree(cells).query(points, "intersects")`, nothing made of its answer but a list. The product
(`linli.places.policy.locating.Locator`) also decides what is on a border and says where nothing is found. Before
times are compared, both must name the same cells.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Annotated

import numpy as np
import shapely
import typer
from rich.console import Console
from rich.table import Table

from linli.places.policy.locating import NOWHERE, Locator

SEED = 20
ONE_BY_ONE, BULK = 20_000, 200_000


def partition(count: int) -> np.ndarray:
    """A Voronoi partition of about 0.5° by 0.4°."""
    rng = np.random.default_rng(SEED)
    box = shapely.box(114.1, 30.4, 114.6, 30.8)
    seeds = rng.uniform([114.1, 30.4], [114.6, 30.8], size=(count, 2))
    parts = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=box))
    return shapely.intersection(parts, box)


def timed(*jobs: Callable[[], object], rounds: int) -> list[float]:
    """Median seconds of each job, taken in turn so that a busy machine hits all alike."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, own in zip(jobs, times, strict=True):
            begun = time.perf_counter()
            job()
            own.append(time.perf_counter() - begun)
    return [statistics.median(own) for own in times]


def main(
    cells: Annotated[list[int], typer.Option(help="Sizes, may be repeated.")] = [30, 1_000, 10_000, 100_000],  # noqa: B006
    rounds: int = 5,
) -> None:
    table = Table(title=f"Point → cell, medians of {rounds}")
    for title in ("cells", "how", "bare STRtree, points/s", "Locator, points/s", "ratio (goal ≥ 0.8)"):
        table.add_column(title, justify="right")
    for count in cells:
        shapes = partition(count)
        tree, locator = shapely.STRtree(shapes), Locator(shapes)
        spots = np.random.default_rng(SEED + 1).uniform([114.05, 30.35], [114.65, 30.85], size=(BULK, 2))
        many, few = (spots[:, 0], spots[:, 1]), spots[:ONE_BY_ONE].tolist()

        def bare_one(few=few, tree=tree):
            return [tree.query(shapely.points(x, y), "intersects").tolist() for x, y in few]

        def own_one(few=few, locator=locator):
            return [locator.find(x, y) for x, y in few]

        def bare_bulk(many=many, tree=tree):
            return tree.query(shapely.points(*many), "intersects")

        def own_bulk(many=many, locator=locator):
            return locator.find_all(*many)

        place, cell = bare_bulk()
        expected = np.full(BULK, NOWHERE)
        expected[place] = cell
        assert (own_bulk() == expected).all()
        assert own_one() == expected[:ONE_BY_ONE].tolist()
        assert own_one() == [min(hits, default=NOWHERE) for hits in bare_one()]
        for how, number, jobs in (
            ("one by one", ONE_BY_ONE, (bare_one, own_one)),
            ("bulk", BULK, (bare_bulk, own_bulk)),
        ):
            base, own = timed(*jobs, rounds=rounds)
            table.add_row(f"{len(shapes):,}", how, f"{number / base:,.0f}", f"{number / own:,.0f}", f"{base / own:.2f}")
    Console(width=110).print(table)


if __name__ == "__main__":
    typer.run(main)
