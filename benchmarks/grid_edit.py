"""One edit of a map with its proof, at 30 and at 100,000 cells: the same time, and the same answer as the whole proof.

    uv run python benchmarks/grid_edit.py [--cells 30 --cells 1000 --cells 10000 --cells 100000] [--rounds 50]

An edit moves a corner that several cells share by two metres: finding the cells, moving them, proving what changed
and its neighbours. Faulty: the corner of one cell alone. Cells are of the same size on every map, so that an edit
concerns as many corners. Before times are compared, the proof of the whole map must agree that there is a fault or none.
"""

from __future__ import annotations

import statistics
import time
from typing import Annotated

import numpy as np
import shapely
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from linli.places.policy import corners
from linli.places.policy.cover import check_cover
from linli.places.policy.draft import Changes, Content, Draft
from linli.places.policy.editcheck import check_edit
from linli.places.policy.features import Cells

STEP = 0.002
WIDTHS = {"tolerance": 0.5, "noise": 0.02}


def partition(count: int) -> np.ndarray:
    """Squares of about 200 m whose inner corners are moved at random, the same for all their cells."""
    rows = max(3, round(np.sqrt(count * 0.8)))
    columns = max(3, round(count / rows))
    rng = np.random.default_rng(20)
    east, north = np.meshgrid(np.arange(columns + 1), np.arange(rows + 1), indexing="ij")
    points = np.stack([114.1 + east * STEP, 30.4 + north * STEP], axis=-1).astype(float)
    points[1:-1, 1:-1] += rng.uniform(-0.3, 0.3, size=points[1:-1, 1:-1].shape) * STEP
    points = np.round(points, 7)
    ring = np.stack([points[:-1, :-1], points[1:, :-1], points[1:, 1:], points[:-1, 1:]], axis=2)
    shapes: np.ndarray = shapely.polygons(ring.reshape(-1, 4, 2))
    return shapes


def edits(draft: Draft, codes: list[str]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """The corner to move in each of `codes`, and where to."""
    found = []
    for code in codes:
        point = corners.corner(draft.get(code), 1)
        found.append((code, point, corners.moved(point, 2.0, 1.0)))
    return found


def alone(draft: Draft, code: str, point: np.ndarray, to: np.ndarray) -> Changes:
    """Only one cell follows: a fault."""
    content = corners.move(draft, point, to)[code]
    assert content is not None
    return {code: Content(content.name, content.shape)}


def main(
    cells: Annotated[list[int], typer.Option(help="Sizes, may be repeated.")] = [30, 1_000, 10_000, 100_000],  # noqa: B006
    rounds: int = 50,
) -> None:
    """Print the medians."""
    table = Table(title=f"One edit with its proof, medians of {rounds}, milliseconds of the processor")
    for title in ("cells", "sound edit", "to the smallest", "faulty edit", "to the smallest", "whole proof"):
        table.add_column(title, justify="right")
    first: tuple[float, float] | None = None
    for count in track(cells, transient=True):
        shapes = partition(count)
        ids = tuple(map(str, range(len(shapes))))
        draft, edge = Draft(Cells(ids, ids, shapes)), shapely.coverage_union_all(shapes)
        rim = shapely.boundary(edge)
        inner = [ids[i] for i in np.flatnonzero(shapely.distance(shapes, rim) > 0)[:: max(1, len(shapes) // 60)][:50]]
        inner = inner or [ids[len(ids) // 2]]
        sound, faulty = [], []
        for turn in range(rounds):
            code, point, to = edits(draft, [inner[turn % len(inner)]])[0]
            begun = time.process_time()
            changes = corners.move(draft, point, to)
            assert not check_edit(draft, changes, edge, **WIDTHS)
            draft.after(changes)
            sound.append((time.process_time() - begun) * 1000)
            wrong = alone(draft, code, point, to)
            begun = time.process_time()
            assert check_edit(draft, wrong, edge, **WIDTHS)
            faulty.append((time.process_time() - begun) * 1000)
        begun = time.process_time()
        boundary = Cells(("b",), ("b",), np.array([edge], dtype=object))
        assert check_cover(draft.after(changes).cells(), boundary).is_sound
        whole = (time.process_time() - begun) * 1000
        assert not check_cover(draft.after(wrong).cells(), boundary).is_sound
        medians = statistics.median(sound), statistics.median(faulty)
        first = first or medians
        table.add_row(
            f"{len(shapes):,}",
            f"{medians[0]:.2f}",
            f"{medians[0] / first[0]:.2f}",
            f"{medians[1]:.2f}",
            f"{medians[1] / first[1]:.2f}",
            f"{whole:.0f}",
        )
    Console(width=110).print(table)


if __name__ == "__main__":
    typer.run(main)
