"""Full proof of a grid against an edge-hash check in numpy: the same map, the same run.

    uv run python benchmarks/grid_proof.py [--cells 30 --cells 1000 --cells 10000 --cells 100000] [--rounds 5]

Reference: coordinates out of the same Shapely array, rings turned so that land is on the left, points
numbered by `np.unique`, directed edges counted, what is open summed to an area. It says *that* and *how
much*, on exactly noded data; the product also checks every ring and gives each fault as a polygon with
its cells. Before times are compared, both must give the same net area (covered too often less uncovered), but for
1 m²: the reference takes the half of a long edge for a corner of its own, which lies beside the edge in any plane.
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
from rich.progress import track
from rich.table import Table

from linli.places.policy.cover import check_cover
from linli.places.policy.datum import Plane
from linli.places.policy.features import Cells
from linli.places.policy.report import FaultKind

SEED = 20
MANY, OFTEN = 10_000, 20
"""Maps of fewer cells take milliseconds: they are proven so many times more often."""


def partition(count: int) -> np.ndarray:
    """The `count` cells in the middle of a Voronoi partition, exactly noded, rounded to 9 decimals; all of one size."""
    rng = np.random.default_rng(SEED)
    seeds_in_all = count + 6 * int(count**0.5) + 12
    east, north = np.array([0.5, 0.4]) * (seeds_in_all / 100_000) ** 0.5
    box = shapely.box(114.1, 30.4, 114.1 + east, 30.4 + north)
    seeds = rng.uniform([114.1, 30.4], [114.1 + east, 30.4 + north], size=(seeds_in_all, 2))
    parts = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=box))
    inside = parts[shapely.contains_properly(box, parts)]
    rounded = shapely.transform(inside, lambda points: np.round(points, 9))
    whole = rounded[shapely.is_valid(rounded)]
    return whole[np.sort(np.argsort(shapely.distance(shapely.centroid(whole), shapely.centroid(box)))[:count])]


def pull(shape: shapely.Polygon, by: float) -> shapely.Polygon:
    """Move one corner of a cell by `by` degrees towards its middle, so that the cell stays simple."""
    points = shapely.get_coordinates(shape)[:-1]
    inward = points.mean(axis=0) - points[0]
    points[0] += inward * min(0.5, by / np.hypot(*inward))
    return shapely.Polygon(points)


def maps(shapes: np.ndarray) -> dict[str, np.ndarray]:
    """The perfect map and the faulty ones."""
    rng = np.random.default_rng(SEED)
    middle = len(shapes) // 2
    sliver, overlap, hanging, many = (shapes.copy() for _ in range(4))
    sliver[middle] = pull(shapes[middle], 2e-6)
    overlap[middle] = shapes[middle].buffer(2e-5, join_style="mitre")
    points = shapely.get_coordinates(shapes[middle])
    hanging[middle] = shapely.Polygon(np.insert(points, 1, (points[0] + points[1]) / 2, axis=0))
    for cell in rng.choice(len(shapes), len(shapes) // 1000, replace=False):
        many[cell] = pull(shapes[cell], 5e-5)
    found = {
        "perfect": shapes,
        "one cell missing": np.delete(shapes, middle),
        "one sliver": sliver,
        "one overlap": overlap,
        "one hanging node": hanging,
    }
    return found | ({"1 in 1,000 cells with a shifted corner": many} if len(shapes) >= 1000 else {})


def edge_hash(shapes: np.ndarray, boundary: shapely.Geometry) -> float:
    """The reference: net area in m² that the open edges run round."""
    rings, ring_cell = shapely.get_rings(np.append(shapes, boundary), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inner = ring[1:] == ring[:-1]
    start, end, ring = points[:-1][inner], points[1:][inner], ring[:-1][inner]
    cross = (start[:, 0] - 114) * (end[:, 1] - 30) - (start[:, 1] - 30) * (end[:, 0] - 114)
    turned = np.bincount(ring, weights=cross) < 0
    turned[ring_cell == len(shapes)] ^= True  # the boundary counts against the cells
    _, number = np.unique(points.view(np.complex128).ravel(), return_inverse=True)
    a, b = number[:-1][inner], number[1:][inner]
    key = np.minimum(a, b) * len(points) + np.maximum(a, b)
    _, pair = np.unique(key, return_inverse=True)
    sign = np.where(a < b, 1, -1) * np.where(turned[ring], -1, 1)
    open_ = np.bincount(pair, weights=sign)[pair] != 0
    if not open_.any():
        return 0.0
    plane = Plane(shapely.bounds(boundary))
    one, two = plane.flatten(start[open_]), plane.flatten(end[open_])
    doubled = (one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]) * np.where(turned[ring[open_]], -1, 1)
    return float(doubled.sum() / 2)


def proof(shapes: np.ndarray, boundary: Cells | None) -> float:
    """The product: net area in m² of the faults (slivers have no sign and are checked apart)."""
    ids = tuple(map(str, range(len(shapes))))
    report = check_cover(Cells(ids, ids, shapes), boundary)
    signs = {FaultKind.OVERLAP: 1, FaultKind.STRAY: 1, FaultKind.GAP: -1, FaultKind.HOLE: -1, FaultKind.SLIVER: -1}
    return sum(signs[fault.kind] * fault.area for fault in report.faults)


def geos(shapes: np.ndarray) -> None:
    """For comparison: GEOS coverage check and union."""
    shapely.coverage_invalid_edges(shapes)
    shapely.union_all(shapes) if len(shapes) < 10_000 else shapely.coverage_union_all(shapes)


def timed(*jobs: Callable[[], object], rounds: int) -> list[float]:
    """Median milliseconds of the processor for each job, in turn: others on the machine count for nothing, or alike."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, own in zip(jobs, times, strict=True):
            begun = time.process_time()
            job()
            own.append((time.process_time() - begun) * 1000)
    return [statistics.median(own) for own in times]


def main(
    cells: Annotated[list[int], typer.Option(help="Sizes, may be repeated.")] = [30, 1_000, 10_000, 100_000],  # noqa: B006
    rounds: int = 5,
) -> None:
    table = Table(
        title=f"Full proof, medians of {rounds} (small maps: {rounds * OFTEN}), milliseconds of the processor"
    )
    for title in ("cells", "map", "edge hash", "proof", "ratio", "proof without boundary", "ratio"):
        table.add_column(title, justify="right")
    for count in cells:
        shapes = partition(count)
        outline = shapely.coverage_union_all(shapes)
        boundary = Cells(("b",), ("b",), np.array([outline], dtype=object))
        for name, faulty in track(maps(shapes).items(), f"{count} cells", transient=True):
            reference, product = edge_hash(faulty, outline), proof(faulty, boundary)
            assert abs(reference - product) <= 0.01 * abs(reference) + 1.0, (name, reference, product)
            base, full, free = timed(
                lambda m=faulty, o=outline: edge_hash(m, o),
                lambda m=faulty, b=boundary: proof(m, b),
                lambda m=faulty: proof(m, None),
                rounds=rounds if count >= MANY else rounds * OFTEN,
            )
            table.add_row(
                f"{len(faulty):,}",
                name,
                f"{base:.1f}",
                f"{full:.1f}",
                f"{full / base:.2f}",
                f"{free:.1f}",
                f"{free / base:.2f}",
            )
        table.add_row(
            f"{count:,}", "GEOS coverage check + union", "", f"{timed(lambda s=shapes: geos(s), rounds=3)[0]:.1f}"
        )
    Console(width=130).print(table)


if __name__ == "__main__":
    typer.run(main)
