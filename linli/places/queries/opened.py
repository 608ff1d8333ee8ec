"""Grids as open data: GeoJSON (RFC 7946), as kept or with coarser outlines. Land and places, nobody's name."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

import shapely
from django.core.cache import caches

from linli.places.models import Grid
from linli.places.policy.kept import as_feature_collection, read_kept
from linli.places.policy.simplify import simplify
from linli.places.queries.grids import cells
from linli.places.queries.levels import leaves


def open_map(grid: Grid, day: date, metres: float | None = None) -> dict[str, Any]:
    """Return `grid` as a FeatureCollection; with `metres`, outlines simplified within them, and by how much they were.

    `smallest` says of a cell whether no finer grid of `day` divides it (ADR 119). Refused: what `simplify` refuses.
    """
    kept = list(cells(grid))
    outlines = tuple(cell.geometry for cell in kept)
    simplified: dict[str, float] = {}
    if metres is not None:
        outlines, used = _simplified(grid, outlines, metres)
        simplified = {"simplified_m": used}
    until = grid.valid_to.isoformat() if grid.valid_to else None
    also = {"grid": grid.place.code, "valid_from": grid.valid_from.isoformat(), "valid_to": until}
    rows = [
        (cell.code, cell.name, outline, cell.area_m2, cell.place_codes)
        for cell, outline in zip(kept, outlines, strict=True)
    ]
    document = as_feature_collection(rows, also)
    smallest = {leaf.cell.code for leaf in leaves([grid], day)}
    for feature in document["features"]:
        feature["properties"]["smallest"] = feature["id"] in smallest
    return document | {"name": grid.place.name} | simplified


def _simplified(grid: Grid, outlines: tuple[str, ...], metres: float) -> tuple[tuple[str, ...], float]:
    """Return outlines (GeoJSON) simplified, and the tolerance used; kept, since a saved grid never changes."""
    key = f"{grid.pk}:{metres:g}:{sha256(''.join(outlines).encode()).hexdigest()}"
    kept: tuple[tuple[str, ...], float] | None = caches["maps"].get(key)
    if kept is None:
        shapes = read_kept([(str(number), "", each) for number, each in enumerate(outlines)])
        done = simplify(shapes, metres, noise=grid.noise_mm / 1000)
        kept = (tuple(shapely.to_geojson(done.cells.shapes)) if done.metres else outlines, done.metres)
        caches["maps"].set(key, kept)
    return kept
