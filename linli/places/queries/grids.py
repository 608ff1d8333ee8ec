"""Reads of grids and their cells, as they are kept; they are public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from linli.lib.paths import prefixes, topmost
from linli.places.models import Cell, CellPlace, Grid, Place
from linli.places.policy.above import Above, against
from linli.places.policy.features import Cells
from linli.places.policy.households import ListCover, cover_by_list
from linli.places.policy.kept import prove_kept, read_kept
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.locating import NOWHERE, Locator
from linli.places.policy.report import CoverReport
from linli.places.queries.above import cells_above
from linli.places.queries.tree import under
from linli.store.validity import holds_on


def cells_of(place: Place, day: date) -> QuerySet[CellPlace]:
    """Return the cells in which `place` lies on `day`, as listed at itself or at a place above it."""
    listed = CellPlace.objects.filter(holds_on(day, "grid__"), place__path__in=prefixes(place.path))
    return listed.select_related("cell", "grid__place").order_by("grid__place__path", "-place__path")


def grids(day: date) -> QuerySet[Grid]:
    """Return the grids that hold on `day`, from the root down."""
    return Grid.objects.on(day).select_related("place").order_by("place__path")


def grid(place: Place, day: date) -> Grid | None:
    """Return the grid of `place` that holds on `day`, or None."""
    return grids(day).filter(place=place).first()


def history(place: Place) -> QuerySet[Grid]:
    """Return every grid that `place` has had or will have, the latest first, with the number of its cells (`count`)."""
    return place.grids.annotate(count=Count("cells")).order_by("-valid_from")


def cells(grid: Grid) -> QuerySet[Cell]:
    """Return the cells of `grid` by code, with the places listed at each."""
    listed = Prefetch("places", CellPlace.objects.select_related("place").order_by("place__path"))
    return grid.cells.order_by("code").prefetch_related(listed)


@dataclass(frozen=True, eq=False)
class Proof:
    """A grid as it is kept, proven afresh: its cells, the cover of its land and of its doors."""

    grid: Grid
    cells: Cells
    land: CoverReport | None
    """Against the own boundary, else as `fit`, else without; None where the geometry cannot be read."""
    above: Above | None
    """The cell in which the place lies."""
    fit: CoverReport | None
    """Against the cell above, whatever the own boundary; None where there is none."""
    doors: ListCover
    code_of: dict[str, str]
    """Path → code of the doors below the place."""

    @property
    def is_sound(self) -> bool:
        """Whether land and doors are covered exactly."""
        return self.land is not None and self.land.is_sound and self.doors.is_sound


def prove(grids: Iterable[Grid], day: date) -> list[Proof]:
    """Prove `grids` from what is stored, beside the grids above them on `day`; as many queries for one as for all."""
    given = list(grids)
    ids = [grid.pk for grid in given]
    kept: dict[int, list[Cell]] = {pk: [] for pk in ids}
    for cell in Cell.objects.filter(grid__in=ids).order_by("code"):
        kept[cell.grid_id].append(cell)
    listed: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    for pk, path, code in CellPlace.objects.filter(grid__in=ids).values_list("grid", "place__path", "cell__code"):
        listed[pk][path] = code
    inside = under(topmost(grid.place.path for grid in given))
    doors = dict(Place.objects.filter(inside, kind=PlaceKind.HOUSEHOLD).values_list("path", "code"))
    above = cells_above([grid.place for grid in given], day)
    return [_proof(grid, kept[grid.pk], listed[grid.pk], doors, above.get(grid.place_id)) for grid in given]


def _proof(grid: Grid, kept: list[Cell], listed: dict[str, str], doors: dict[str, str], above: Above | None) -> Proof:
    own = {path: code for path, code in doors.items() if path.startswith(grid.place.path)}
    cells = read_kept([(cell.code, cell.name, cell.geometry) for cell in kept])
    widths = {"tolerance": grid.tolerance_mm / 1000, "noise": grid.noise_mm / 1000}
    widths = {"tolerance": grid.tolerance_mm / 1000, "noise": grid.noise_mm / 1000}
    land = prove_kept(cells, grid.boundary, **widths)
    fit = None if land is None or above is None else against(cells, above, **widths)
    return Proof(grid, cells, land if grid.boundary else fit or land, above, fit, cover_by_list(own, listed), own)


def cell(place: str, code: str, day: date) -> Cell:
    """Return the cell `code` of the grid that `place` has on `day`, with the places listed; 404 where there is none."""
    found = Cell.objects.filter(holds_on(day, "grid__"), grid__place__code=place, code=code)
    listed = Prefetch("places", CellPlace.objects.select_related("place").order_by("place__path"))
    one = found.select_related("grid__place").prefetch_related(listed).first()
    if one is None:
        raise Http404
    return one


def locate(longitude: float, latitude: float, day: date) -> list[Cell]:
    """Return the cells of `day` in which a spot (WGS-84) lies, the smallest first; the boxes choose, one query."""
    box = Q(west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude)
    near = Cell.objects.filter(box, holds_on(day, "grid__")).select_related("grid__place").order_by("code")
    grids: dict[str, list[Cell]] = {}
    for cell in near:
        grids.setdefault(cell.grid.place.path, []).append(cell)
    found = []
    for path in sorted(grids, key=lambda path: -len(prefixes(path))):
        number = Locator(read_kept([("", "", cell.geometry) for cell in grids[path]]).shapes).find(longitude, latitude)
        found += [grids[path][number]] if number != NOWHERE else []
    return found
