"""A zip of map files → the one map that is to be read, unpacked under a name of our own."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from linli.files.policy.package import UNPACKING
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.sheet import choose

ZIP = b"PK\x03\x04"
MAX_UNPACKED = 300 * 2**20
MAX_TEXT = 100 * 2**20
"""Of GeoJSON, which takes ten times its size to read."""
MAPS = (".shp", ".gpkg", ".geojson", ".json")
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_NEEDED = (".shx", ".dbf")
_OTHERS = (
    (
        re.compile(r"^\[Content_Types\]\.xml$"),
        gettext_noop("The file is an Excel or Word file, not a map: export the map from your map program."),
    ),
    (re.compile(r"\.kml$", re.IGNORECASE), gettext_noop("The file is a KMZ: export a GeoPackage or GeoJSON instead.")),
    (
        re.compile(r"\.gdb/", re.IGNORECASE),
        gettext_noop("The zip holds a file geodatabase: export the layer as a GeoPackage or Shapefile instead."),
    ),
    (
        re.compile(r"\.(shx|dbf|prj)$", re.IGNORECASE),
        gettext_noop("The zip holds parts of a Shapefile but no .shp: zip all its files together."),
    ),
)
_OUTSIDE = re.compile(r"^[\\/]|^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)")

Parts = Mapping[str, zipfile.ZipInfo]


def unpack_map(data: bytes, folder: Path, wanted: str) -> tuple[Path, str]:
    """Unpack the one map in `data` into `folder` (a Shapefile with its parts); return its path.

    `wanted` names one of several maps by its file without ending; what it still has to name in the map comes back.
    No name of the zip becomes a path.
    Refused: what cannot be unpacked, is locked or larger than MAX_UNPACKED, names that point out of their folder,
    no map, several maps where none is wanted, a Shapefile without .shx or .dbf.
    """
    try:
        with _opened(data) as package:
            maps = _maps(package.infolist())
            is_choice = len(maps) > 1 or ".shp" in maps[0]
            parts = maps[choose(_names(maps), wanted) if is_choice else 0]
            path = folder / f"map{_suffix(parts)}"
            _write(package, parts, path)
            return path, "" if is_choice else wanted
    except UNPACKING as fault:
        raise Refusal(
            "grid.zip_damaged", gettext_noop("The zip is cut off or damaged: copy it again, or make it anew.")
        ) from fault


def _opened(data: bytes) -> zipfile.ZipFile:
    """Open a zip whose names are in UTF-8 or, as Chinese Windows writes them, in GBK."""
    try:
        return zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030")
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(data))


def _maps(members: list[zipfile.ZipInfo]) -> list[Parts]:
    """Return the parts of each map, by ending: files that share a folder and a name belong together."""
    for member in members:
        if _OUTSIDE.search(member.filename):
            raise Refusal(
                "grid.zip_outside",
                gettext_noop("The zip holds a name that points out of its folder (%(name)s): zip the files anew."),
                name=member.filename[:60],
            )
    groups: dict[tuple[str, str], dict[str, zipfile.ZipInfo]] = {}
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if not member.is_dir() and not path.name.startswith(".") and "__MACOSX" not in path.parts:
            suffix = path.suffix.lower()
            kind = ".shp" if suffix in _PARTS else suffix
            groups.setdefault((str(path.with_suffix("")).casefold(), kind), {})[suffix] = member
    maps: list[Parts] = [parts for parts in groups.values() if _suffix(parts)]
    if not maps:
        _refuse_other([member.filename for member in members])
    return maps


def _suffix(parts: Parts) -> str:
    return next((suffix for suffix in MAPS if suffix in parts), "")


def _names(maps: list[Parts]) -> list[str]:
    """Name each map by its file without ending; by its whole path where two files share a name."""
    paths = [PurePosixPath(parts[_suffix(parts)].filename.replace("\\", "/")) for parts in maps]
    stems = [path.stem for path in paths]
    return stems if len({stem.casefold() for stem in stems}) == len(stems) else [str(path) for path in paths]


def _refuse_other(names: list[str]) -> None:
    for pattern, message in _OTHERS:
        if any(pattern.search(name) for name in names):
            raise Refusal("grid.zip_other", message)
    raise Refusal(
        "grid.zip_without_map",
        gettext_noop("The zip holds no map: put all files of one Shapefile (.shp, .shx, .dbf, .prj) into it."),
    )


def _write(package: zipfile.ZipFile, parts: Parts, target: Path) -> None:
    missing = [suffix for suffix in _NEEDED if target.suffix == ".shp" and suffix not in parts]
    if missing:
        raise Refusal(
            "grid.zip_incomplete",
            gettext_noop("The zip holds the .shp of the map but not its %(missing)s: zip all its files together."),
            missing=", ".join(missing),
        )
    taken = {suffix: member for suffix, member in parts.items() if suffix in _PARTS or suffix == target.suffix}
    if any(member.flag_bits & 1 for member in taken.values()):
        raise Refusal("grid.zip_locked", gettext_noop("The zip is locked by a password: make it anew without one."))
    # zipfile gives no more than a member declares, so that the declared sizes bound what is written
    limit = MAX_UNPACKED if target.suffix in {".shp", ".gpkg"} else MAX_TEXT
    if sum(member.file_size for member in taken.values()) > limit:
        raise Refusal(
            "grid.zip_too_large",
            gettext_noop("The zip unpacks to more than %(limit)d MB: keep only the cells with their code and name."),
            limit=limit // 2**20,
        )
    for suffix, member in taken.items():
        with package.open(member) as packed, target.with_suffix(suffix).open("wb") as file:
            shutil.copyfileobj(packed, file, 2**20)
