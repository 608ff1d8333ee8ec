"""The grids: one of the communities in the subdistrict, and one of the estates and courtyards in each community."""

from __future__ import annotations

import json

from linli.demo.policy import land
from linli.demo.policy.land import Ring
from linli.demo.policy.tree import COMMUNITIES, SUBDISTRICT
from linli.demo.services.build import Build
from linli.places import services as places
from linli.places.policy.datum import Datum
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.policy.sending import Sent, prove

APART = 0.012
"""Degrees between the lands of two trees."""


def draw_grids(build: Build) -> None:
    """Import the proven grids, with the places that lie in each cell."""
    south = APART * (int(build.prefix.removesuffix("-") or 1) - 1)
    rows = [(c.code, c.name, land.outline(index, south)) for index, c in enumerate(COMMUNITIES)]
    _import(build, SUBDISTRICT[0], rows, land.whole(south))
    for index, community in enumerate(COMMUNITIES):
        drawn = zip(land.cells(community), land.parts(index, south), strict=True)
        _import(build, community.code, [(c, name, ring) for (c, name), ring in drawn], land.outline(index, south))


def _import(build: Build, place: str, rows: list[tuple[str, str, Ring]], boundary: Ring) -> None:
    cells = [
        _feature(ring, {"code": f"{c}-WG", "name": f"{name}网格", "places": [build.code(c)]}) for c, name, ring in rows
    ]
    sent = Sent(_collection(cells), _collection([_feature(boundary, {})]), identify="code")
    survey = prove(*sent.read(), datum=Datum.WGS84, tolerance=DEFAULT_TOLERANCE)
    places.import_grid(build.place(place), survey, by=build.by, now=build.days.start, key=build.key())


def _feature(ring: Ring, properties: dict[str, object]) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[dict[str, object]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
