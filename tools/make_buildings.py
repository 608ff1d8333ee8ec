"""Writes `docs/samples/jm-buildings.geojson`: invented outlines of the buildings of one community of the demonstration.

With it the page “divide anew” can be tried: each building has the code that the register of the demonstration gives it.
"""

from __future__ import annotations

import json
from pathlib import Path

from linli.demo.policy import land
from linli.demo.policy.tree import COMMUNITIES

SAMPLE = Path(__file__).resolve().parent.parent / "docs" / "samples" / "jm-buildings.geojson"
WIDE, HIGH = 0.00042, 0.00014
"""Degrees of a building from west to east and from north to south."""


def codes_in_order() -> list[list[str]]:
    """Return the buildings of each cell of the first community, from west to east."""
    community, found = COMMUNITIES[0], []
    for estate in community.estates:
        code, first = f"{community.code}-{estate.code}", 1
        for parent, count in [(f"{code}-{yard.code}", yard.buildings) for yard in estate.yards] or [
            (code, estate.buildings)
        ]:
            found.append([f"{parent}-{number:02d}" for number in range(first, first + count)])
            first += count
    return found


def main() -> None:
    features = []
    for codes, ring in zip(codes_in_order(), land.parts(0, 0.0), strict=True):
        west, east = max(min(p[0] for p in ring), land.WEST), max(p[0] for p in ring)
        south, north = min(p[1] for p in ring), max(p[1] for p in ring)
        for number, code in enumerate(codes):
            x = (west + east) / 2 - WIDE / 2
            y = north - (north - south) * (number + 1) / (len(codes) + 1) - HIGH / 2
            corners = [(x, y), (x + WIDE, y), (x + WIDE, y + HIGH), (x, y + HIGH), (x, y)]
            shape = {"type": "Polygon", "coordinates": [[(round(a, 7), round(b, 7)) for a, b in corners]]}
            features.append({"type": "Feature", "properties": {"code": code}, "geometry": shape})
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1) + "\n")


if __name__ == "__main__":
    main()
