"""Real map files, written by GDAL: Shapefiles and GeoPackages for the tests."""

from __future__ import annotations

import io
import sqlite3
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely

Fields = Mapping[str, Sequence[Any]]


def _write(path: Path, shapes: Sequence[Any], fields: Fields, **more: Any) -> None:
    values = [
        np.array(list(column)) if _numeric(column) else np.array(list(column), dtype=object)
        for column in fields.values()
    ]
    blobs = [shape if isinstance(shape, bytes) else shapely.to_wkb(shape) for shape in shapes]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            geometry=np.array([*blobs, None], dtype=object)[:-1],
            field_data=values,
            fields=list(fields),
            **{"geometry_type": "Polygon"} | more,
        )


def _numeric(column: Sequence[Any]) -> bool:
    return all(isinstance(value, int | float) for value in column)


def shapefile(
    shapes: Sequence[Any],
    fields: Fields,
    crs: str | None = "EPSG:4490",
    *,
    stem: str = "cells",
    encoding: str = "UTF-8",
    **more: Any,
) -> dict[str, bytes]:
    """The files of a Shapefile: name → content."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder) / "x.shp", shapes, fields, crs=crs, encoding=encoding, driver="ESRI Shapefile", **more)
        return {f"{stem}{file.suffix}": file.read_bytes() for file in sorted(Path(folder).iterdir())}


def zipped(parts: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def geopackage(
    shapes: Sequence[Any],
    fields: Fields,
    crs: str | None = "EPSG:4490",
    *,
    layers: Sequence[str] = ("cells",),
    points: str = "",
    sql: Sequence[str] = (),
    **more: Any,
) -> bytes:
    """A GeoPackage with the same cells in each of `layers`, a layer of points, and what `sql` does to it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.gpkg"
        for layer in layers:
            _write(file, shapes, fields, crs=crs, layer=layer, driver="GPKG", **more)
        if points:
            spots = [shapely.Point(112, 28)]
            _write(file, spots, {"code": ["P"]}, crs=crs, layer=points, driver="GPKG", geometry_type="Point")
        if sql:
            database = sqlite3.connect(file)
            triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for line in (*(f'DROP TRIGGER "{name}"' for (name,) in triggers), *sql):  # they call functions of GDAL
                database.execute(line)
            database.commit()
            database.close()
        return file.read_bytes()


def curved() -> str:
    """SQL that puts a circle in place of the first cell of a GeoPackage."""
    ring = struct.pack("<BII6d", 1, 8, 3, 112.9, 28.2, 112.902, 28.202, 112.9, 28.2)
    blob = b"GP\x00\x01" + struct.pack("<i", 4490) + struct.pack("<BII", 1, 10, 1) + ring
    return f"UPDATE cells SET geom = x'{blob.hex()}' WHERE fid = 1"


CURVED_LAYER = (
    "PRAGMA writable_schema = 1",
    "UPDATE sqlite_master SET sql = replace(sql, ' POLYGON', ' MULTISURFACE') WHERE name = 'cells'",
    "UPDATE gpkg_geometry_columns SET geometry_type_name = 'MULTISURFACE'",
)
