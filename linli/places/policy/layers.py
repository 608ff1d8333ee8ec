"""A Shapefile or GeoPackage → titles and shapes, through GDAL (package pyogrio)."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.dbf import reader
from linli.places.policy.fields import plain, taken
from linli.places.policy.projection import to_degrees
from linli.places.policy.rings import LONGITUDE, build_shape, check_degrees
from linli.places.policy.sheet import Shapes, Sheet, choose
from linli.places.policy.titles import Title, read_title

_BYTES = "ISO-8859-1"
"""One character for each byte; what the bytes of a .dbf mean is told in `dbf`."""
_NOT_AREAS = re.compile("Point|Line|CircularString|CompoundCurve|MultiCurve")
_POLYGONS = (3, 6)


def read_layer(path: Path, wanted: str, identify: str | None, households: str = "") -> Sheet:
    """Return the cells of the Shapefile at `path`, or of the GeoPackage's layer `wanted`; arcs as GDAL's short lines.

    Refused: what GDAL cannot read, several layers where none is wanted, layers of points or lines, outlines that are
    no rings, and what `dbf`, `to_degrees` and `check_degrees` refuse.
    """
    names = _areas(_gdal(lambda gdal: gdal.list_layers(path)))
    is_table = path.suffix == ".shp"
    source = {"layer": names[0 if is_table else choose(names, wanted)], "encoding": _BYTES if is_table else None}
    fields = [str(name) for name in _gdal(lambda gdal: gdal.read_info(path, **source))["fields"]]
    reads = reader(path.with_suffix(".dbf")) if is_table else list
    numbers = taken(reads(fields), identify, households)
    columns = [fields[number] for number in numbers.values()]
    meta, _ids, outlines, values = _gdal(lambda gdal: gdal.raw.read(path, columns=columns, force_2d=True, **source))
    lists = dict(zip(map(str, meta["fields"]), map(plain, values), strict=True))
    titles = _titles(
        {key: reads(lists[fields[number]]) for key, number in numbers.items()}, len(outlines), identify, households
    )
    shapes = _shapes(outlines, titles)
    if meta["crs"]:
        shapes = to_degrees(shapes, meta["crs"])
    _check_degrees(shapes, titles, named=bool(meta["crs"]))
    return Sheet(titles, shapes, bool(meta["crs"]))


def _gdal[T](work: Callable[[Any], T]) -> T:
    """Return what `work` reads with the library; its errors become refusals, its warnings are left."""
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError:
        raise Refusal(
            "grid.no_library",
            gettext_noop(
                "To read a Shapefile or GeoPackage the package pyogrio is missing here: "
                "install it (uv sync --extra maps), or export GeoJSON."
            ),
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return work(pyogrio)
    except (RuntimeError, ValueError) as fault:
        raise Refusal(
            "grid.layer_damaged", gettext_noop("The map is cut off or damaged and cannot be read: export it again.")
        ) from fault


def _areas(layers: NDArray[np.object_]) -> list[str]:
    """Return the names of the layers that may hold areas."""
    names = [str(name) for name, kind in layers if kind is not None and not _NOT_AREAS.search(kind)]
    if not names:
        kinds = sorted({str(kind or "-") for _name, kind in layers})
        raise Refusal(
            "grid.no_area_layer",
            gettext_noop("The file holds no layer of areas (only: %(kinds)s): export the layer of the cells."),
            kinds=", ".join(kinds)[:80] or "-",
        )
    return names


def _titles(lists: dict[str, list[Any]], count: int, identify: str | None, households: str) -> tuple[Title, ...]:
    rows: Iterator[tuple[Any, ...]] = zip(*lists.values(), strict=True) if lists else iter([()] * count)
    return tuple(
        read_title({"properties": dict(zip(lists, row, strict=True))}, number, identify, households)
        for number, row in enumerate(rows, 1)
    )


def _shapes(outlines: NDArray[np.object_], titles: tuple[Title, ...]) -> Shapes:
    shapes: Shapes = shapely.from_wkb(outlines, on_invalid="ignore")
    for number in np.flatnonzero(~np.isin(shapely.get_type_id(shapes), _POLYGONS) | shapely.is_empty(shapes)).tolist():
        where, shape = titles[number].where, shapes[number]
        if shape is None and outlines[number] is not None:
            raise Refusal(
                "grid.bad_outline",
                gettext_noop(
                    "Feature %(where)s has an outline that cannot be read (not closed, too few points, or curved): "
                    "draw it again."
                ),
                where=where,
            )
        shapes[number] = build_shape(json.loads(shapely.to_geojson(shape)) if shape else None, where)
    return shapes


def _check_degrees(shapes: Shapes, titles: tuple[Title, ...], *, named: bool) -> None:
    points, of_shape = shapely.get_coordinates(shapes, return_index=True)
    bad = np.flatnonzero(~((np.abs(points) <= (LONGITUDE, LONGITUDE / 2)).all(axis=1)))
    if not len(bad):
        return
    x, y = points[bad[0]].tolist()
    number = int(of_shape[bad[0]])
    if not named and max(abs(x), abs(y)) > LONGITUDE:
        raise Refusal(
            "grid.no_projection",
            gettext_noop(
                "Feature %(where)s: %(x).10g, %(y).10g is in metres, and the file does not say in which projection: "
                "add its .prj, or export it in WGS 84."
            ),
            where=titles[number].where,
            x=x,
            y=y,
        )
    for ring, line in enumerate(shapely.get_rings(shapes[number]), 1):
        check_degrees(shapely.get_coordinates(line), {"where": titles[number].where, "ring": ring})
