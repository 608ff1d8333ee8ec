"""A map file of any kind that the house reads → named cells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.archive import ZIP, unpack_map
from linli.places.policy.geojson import read_geojson
from linli.places.policy.geopackage import GEOPACKAGE, disarm
from linli.places.policy.layers import read_layer
from linli.places.policy.sheet import Shapes, Sheet
from linli.places.policy.titles import has_address, is_numbered

__all__ = ["Cells", "Shapes", "read_cells"]


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of one file, in file order: `shapes` are Polygons or MultiPolygons in file degrees (x = longitude).

    `places` are the codes of the places listed at each cell; empty altogether where the file lists none.
    `declared`: the file says that its degrees are WGS-84 (or CGCS2000), or names a projection from which they came.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    shapes: Shapes
    places: tuple[tuple[str, ...], ...] = ()
    declared: bool = False
    households: tuple[str, ...] = ()
    """As written; empty altogether where the file counts none."""


def read_cells(data: bytes, *, identify: str | None = None, layer: str = "", households: str = "") -> Cells:
    """Return the cells in `data`: GeoJSON, a zipped Shapefile or a GeoPackage, in the order of the file.

    Degrees are kept as they are; other systems that the file names are moved to WGS-84. A cell's identifier is
    the first of ID_PROPERTIES that it has, else its feature's `id`, else "#" and its number, counted from 1. `identify`
    names another property, or "#" to number all; `layer` names one of several layers; `households` names the property
    that counts them, else it is the first of HOUSEHOLD_PROPERTIES.
    Refused: unreadable files (see `document`, `archive`, `geopackage`, `layers`, `rings`), features that are not
    areas, files without features or without the property named, coordinates of no known system, identifiers used twice
    or of dots and slashes alone.
    """
    sheet = _sheet(data, identify, layer, households)
    titles = sheet.titles
    if not titles:
        raise Refusal("grid.no_features", gettext_noop("The file holds no features: export the cells again."))
    if identify not in {None, "#"} and all(is_numbered(title.identifier) for title in titles):
        raise Refusal(
            "grid.no_property",
            gettext_noop("No feature has the property %(name)s: name the one that holds the code."),
            name=str(identify)[:60],
        )
    if households and not any(title.households for title in titles):
        raise Refusal(
            "grid.no_households",
            gettext_noop("No feature has the property %(name)s: name the one that counts the households."),
            name=households[:60],
        )
    ids = tuple(title.identifier for title in titles)
    _check_unique(ids)
    _check_addresses(ids)
    listed = tuple(title.places for title in titles)
    names = tuple(title.name for title in titles)
    counted = tuple(title.households for title in titles)
    places, numbers = listed if any(listed) else (), counted if any(counted) else ()
    return Cells(ids, names, sheet.shapes, places, sheet.declared, numbers)


def _sheet(data: bytes, identify: str | None, layer: str, households: str) -> Sheet:
    if not data.startswith((ZIP, GEOPACKAGE)):
        if layer:
            message = gettext_noop("The file has no layers, as GeoJSON never has: leave the name of the layer out.")
            raise Refusal("grid.no_layers", message, field="layer")
        return read_geojson(data, identify, households)
    with TemporaryDirectory(prefix="linli-map-") as folder:
        if data.startswith(ZIP):
            path, layer = unpack_map(data, Path(folder), layer)
        else:
            path = Path(folder) / "map.gpkg"
            path.write_bytes(data)
        if path.suffix == ".gpkg":
            disarm(path)
        if path.suffix not in {".gpkg", ".shp"}:
            return read_geojson(path.read_bytes(), identify, households)
        return read_layer(path, layer, identify, households)


def _check_unique(ids: tuple[str, ...]) -> None:
    first: dict[str, int] = {}
    for number, identifier in enumerate(ids, 1):
        if identifier in first:
            raise Refusal(
                "grid.duplicate_id",
                gettext_noop(
                    "Features %(first)d and %(second)d have the same identifier %(identifier)s: "
                    "give each its own, or name the property that holds it."
                ),
                first=first[identifier],
                second=number,
                identifier=identifier[:60],
            )
        first[identifier] = number


def _check_addresses(ids: tuple[str, ...]) -> None:
    for number, identifier in enumerate(ids, 1):
        if not has_address(identifier):
            raise Refusal(
                "grid.no_address",
                gettext_noop(
                    "Feature %(number)d has the code %(code)s, which no address can hold: "
                    "no part between slashes may be empty or only dots."
                ),
                number=number,
                code=identifier[:60],
            )
