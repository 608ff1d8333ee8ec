"""Reads of places and grids; both are public."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from itertools import repeat
from operator import or_

import shapely
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext
from shapely.geometry.base import BaseGeometry

from linli.lib.paths import prefixes, topmost
from linli.places.models import Cell, CellPlace, Grid, GridProposal, Place, PlaceParent
from linli.places.policy.cover import check_cover
from linli.places.policy.datum import Datum, Plane
from linli.places.policy.draft import Changes, Draft
from linli.places.policy.drawing import Drawing, Figure, draw, neighbours, short_labels
from linli.places.policy.editcheck import check_edit
from linli.places.policy.faultmap import FaultMap, draw_faults
from linli.places.policy.features import Cells
from linli.places.policy.fits import Fits, fits
from linli.places.policy.households import ListCover, cover_by_list
from linli.places.policy.kept import prove_kept, read_kept
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.locating import NOWHERE, Locator
from linli.places.policy.placeplan import KnownPlace
from linli.places.policy.repair import Change, Repair, repair
from linli.places.policy.report import KIND_NAMES, CoverReport, Fault, FaultKind
from linli.places.policy.sending import Sent
from linli.places.policy.sending import prove as prove_sent
from linli.places.policy.steps import unpack
from linli.places.policy.survey import Survey, kept
from linli.places.policy.tiles import Tile, tiles
from linli.store.statements import prepared
from linli.store.validity import holds_on

CODES_A_QUERY = 10_000
MOST_AROUND = 60
"""Of cells around one that are drawn; more are of no use on a phone."""


def by_code(code: str) -> Place | None:
    """Return the place with `code`, or None; places are public."""
    return Place.objects.filter(code=code).first()


def place(code: str) -> Place:
    """Return the place with `code`; 404 where there is none."""
    found = by_code(code)
    if found is None:
        raise Http404
    return found


def known(codes: Iterable[str], day: date) -> dict[str, KnownPlace]:
    """Return what is there on `day` of the places with `codes`, however many they are."""
    wanted = sorted(set(codes))
    found: dict[str, KnownPlace] = {}
    for start in range(0, len(wanted), CODES_A_QUERY):
        part = wanted[start : start + CODES_A_QUERY]
        links = PlaceParent.objects.on(day).filter(place__code__in=part)
        parents = dict(links.values_list("place__code", "parent__code"))
        rows = Place.objects.filter(code__in=part).values_list("code", "kind", "name")
        found |= {code: KnownPlace(PlaceKind(kind), name, parents.get(code, "")) for code, kind, name in rows}
    return found


def line(place: Place) -> QuerySet[Place]:
    """Return the places from the root down to `place` itself, in order."""
    return Place.objects.filter(path__in=prefixes(place.path)).order_by("path")


def below(place: Place, day: date) -> QuerySet[Place]:
    """Return the places that stand directly below `place` on `day`, by code."""
    return Place.objects.filter(holds_on(day, "parents__"), parents__parent=place).order_by("code")


def cells_of(place: Place, day: date) -> QuerySet[CellPlace]:
    """Return the cells in which `place` lies on `day`, as listed at itself or at a place above it."""
    listed = CellPlace.objects.filter(holds_on(day, "grid__"), place__path__in=prefixes(place.path))
    return listed.select_related("cell", "grid__place").order_by("grid__place__path", "-place__path")


def line_on(place: Place, day: date) -> list[Place]:
    """Return the places from the root down to `place` itself as they stood on `day`."""
    found, parents = [place], PlaceParent.objects.on(day).select_related("parent")
    while (link := parents.filter(place=found[0]).first()) is not None:
        found.insert(0, link.parent)
    return found


def cells_on(line: Sequence[Place], day: date) -> list[Cell]:
    """Return the cells in which the last place of `line` (from `line_on`) lay on `day`, the smallest first."""
    listed = CellPlace.objects.filter(holds_on(day, "grid__"), place__in=line).select_related("cell__grid__place")
    depth = {place.pk: number for number, place in enumerate(line)}
    rows = sorted(listed, key=lambda link: (-depth.get(link.cell.grid.place_id, -1), -depth[link.place_id]))
    return list({link.cell_id: link.cell for link in rows}.values())


def grids(day: date) -> QuerySet[Grid]:
    """Return the grids that hold on `day`, from the root down."""
    return Grid.objects.on(day).select_related("place").order_by("place__path")


def grid(place: Place, day: date) -> Grid | None:
    """Return the grid of `place` that holds on `day`, or None."""
    return grids(day).filter(place=place).first()


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
    """None where the geometry cannot be read."""
    doors: ListCover
    code_of: dict[str, str]
    """Path → code of the doors below the place."""

    @property
    def is_sound(self) -> bool:
        """Whether land and doors are covered exactly."""
        return self.land is not None and self.land.is_sound and self.doors.is_sound


def prove(grids: Iterable[Grid]) -> list[Proof]:
    """Prove `grids` from what is stored, in four queries whatever their number."""
    given = list(grids)
    ids = [grid.pk for grid in given]
    kept: dict[int, list[Cell]] = {pk: [] for pk in ids}
    for cell in Cell.objects.filter(grid__in=ids).order_by("code"):
        kept[cell.grid_id].append(cell)
    listed: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    for pk, path, code in CellPlace.objects.filter(grid__in=ids).values_list("grid", "place__path", "cell__code"):
        listed[pk][path] = code
    roots = topmost(grid.place.path for grid in given)
    inside = reduce(or_, (Q(path__startswith=path) for path in roots), Q(pk__in=()))
    doors = dict(Place.objects.filter(inside, kind=PlaceKind.HOUSEHOLD).values_list("path", "code"))
    return [_proof(grid, kept[grid.pk], listed[grid.pk], doors) for grid in given]


def _proof(grid: Grid, kept: list[Cell], listed: dict[str, str], doors: dict[str, str]) -> Proof:
    own = {path: code for path, code in doors.items() if path.startswith(grid.place.path)}
    cells = read_kept([(cell.code, cell.name, cell.geometry) for cell in kept])
    land = prove_kept(cells, grid.boundary, tolerance=grid.tolerance_mm / 1000, noise=grid.noise_mm / 1000)
    return Proof(grid, cells, land, cover_by_list(own, listed), own)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault in the reader's language; `lon` and `lat` (WGS-84) lie in it."""

    kind: FaultKind
    kind_name: str
    area: float
    cells: str
    lon: float
    lat: float
    mend: str


def fault_lines(faults: Iterable[Fault]) -> list[FaultLine]:
    """Return `faults` in words, in their order."""
    return [_line(fault) for fault in faults]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a repair in the reader's language; `lon` and `lat` (WGS-84) lie in it."""

    kind: FaultKind
    kind_name: str
    area: float
    lon: float
    lat: float
    done: str


def change_lines(changes: Iterable[Change]) -> list[ChangeLine]:
    """Return `changes` in words, in their order."""
    return [
        ChangeLine(
            change.kind,
            gettext(KIND_NAMES[change.kind]),
            change.area,
            *_inside(change.shape),
            gettext(change.words) % {"gets": change.gets, "loses": ", ".join(change.loses)},
        )
        for change in changes
    ]


def repair_of(proposal: GridProposal) -> Repair:
    """Return the map of a proposal that waits, mended."""
    datum = Datum.WGS84 if proposal.steps.exists() else Datum(proposal.datum)
    return repair(survey_of(proposal), datum=datum)


def change_map(done: Repair, most: int) -> FaultMap:
    """Return the picture of a mended map with its first `most` changes."""
    return draw_faults(done.survey.cells.shapes, done.changes[:most])


def _inside(shape: shapely.Geometry) -> tuple[float, float]:
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
    return float(lon), float(lat)


def _line(fault: Fault) -> FaultLine:
    lon, lat = _inside(fault.shape)
    words = {key: gettext(str(value)) if key == "reason" else value for key, value in fault.words.items()}
    mend = gettext(fault.mend) % words
    return FaultLine(fault.kind, gettext(KIND_NAMES[fault.kind]), fault.area, ", ".join(fault.cells), lon, lat, mend)


@dataclass(frozen=True, slots=True)
class Row:
    """A cell in the list that tells what the map shows."""

    label: str
    cell: Cell
    figure: Figure | None
    """None on a map of so many cells that only borders are drawn."""
    beside: tuple[str, ...]
    """Labels of the cells with which it shares a border."""
    page: int
    """The page of the list on which it stands."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawing of a grid and its list, in the same order."""

    drawing: Drawing
    rows: tuple[Row, ...]
    area_m2: int


def sheet(grid: Grid, rows_a_page: int) -> Sheet:
    """Return the drawing and the list of `grid`, with the places listed at each cell."""
    kept = list(cells(grid))
    labels = short_labels([cell.code for cell in kept])
    drawing, beside = _drawn(tuple(cell.geometry for cell in kept), labels)
    rows = [
        Row(label, cell, figure, tuple(labels[other] for other in others), number // rows_a_page + 1)
        for number, (label, cell, figure, others) in enumerate(
            zip(labels, kept, drawing.figures or repeat(None, len(kept)), beside, strict=True)
        )
    ]
    return Sheet(drawing, tuple(rows), sum(cell.area_m2 for cell in kept))


def cell(place: str, code: str, day: date) -> Cell:
    """Return the cell `code` of the grid that `place` has on `day`, with the places listed; 404 where there is none."""
    found = Cell.objects.filter(holds_on(day, "grid__"), grid__place__code=place, code=code)
    listed = Prefetch("places", CellPlace.objects.select_related("place").order_by("place__path"))
    one = found.select_related("grid__place").prefetch_related(listed).first()
    if one is None:
        raise Http404
    return one


@dataclass(frozen=True, slots=True)
class Around:
    """The drawing of a cell with the cells that border on it; these have numbers, from 1."""

    drawing: Drawing
    own: Figure
    beside: tuple[tuple[Figure, Cell], ...]


def around(cell: Cell) -> Around:
    """Return the drawing of `cell` and of those that border on it; two queries whatever the size of the grid."""
    boxes = Q(west__lte=cell.east, east__gte=cell.west, south__lte=cell.north, north__gte=cell.south)
    near = list(Cell.objects.filter(boxes, grid=cell.grid_id).exclude(pk=cell.pk).order_by("code")[:MOST_AROUND])
    shapes = read_kept([("", "", each.geometry) for each in (cell, *near)]).shapes
    numbers = neighbours(shapes)[0]
    drawing = draw(shapes[[0, *numbers]], ["", *map(str, range(1, len(numbers) + 1))])
    own, *others = drawing.figures
    return Around(drawing, own, tuple(zip(others, (near[number - 1] for number in numbers), strict=True)))


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


@lru_cache(maxsize=32)
def _drawn(geometries: tuple[str, ...], labels: tuple[str, ...]) -> tuple[Drawing, tuple[tuple[int, ...], ...]]:
    shapes = read_kept([("", "", geometry) for geometry in geometries]).shapes
    return draw(shapes, labels), tuple(tuple(others) for others in neighbours(shapes))


def survey_of(proposal: GridProposal) -> Survey:
    """Return the map of a proposal that waits, with its edits, proven."""
    if not proposal.steps.exists():
        named, boundary = _sent(proposal).read()
        return prove_sent(named, boundary, datum=Datum(proposal.datum), tolerance=proposal.tolerance_mm / 1000)
    found = pen(proposal)
    cells, boundary, report = found.draft.cells(), found.base.boundary, found.base.report
    return Survey(cells, boundary, check_cover(cells, boundary, tolerance=report.tolerance, noise=report.noise))


@dataclass(frozen=True, eq=False)
class Pen:
    """A map that is being edited: its cells as they are now, how many edits were made, what it is proven against."""

    draft: Draft
    seen: int
    base: Survey

    @property
    def boundary(self) -> BaseGeometry | None:
        """The area to be covered, or None where it is not known."""
        return None if self.base.boundary is None else self.base.boundary.shapes[0]

    def faults(self, changes: Changes) -> list[Fault]:
        """Return the faults that `changes` would make."""
        report = self.base.report
        return check_edit(self.draft, changes, self.boundary, tolerance=report.tolerance, noise=report.noise)


def pen(proposal: GridProposal) -> Pen:
    """Return the map of a proposal that waits, ready to be edited."""
    base, draft = _base(_sent(proposal), Datum(proposal.datum), proposal.tolerance_mm / 1000)
    steps = list(proposal.steps.values_list("changes", flat=True))
    return Pen(reduce(Draft.after, map(unpack, steps), draft), len(steps), base)


@lru_cache(maxsize=8)
def _base(sent: Sent, datum: Datum, tolerance: float) -> tuple[Survey, Draft]:
    """Return a map as it was sent in, in WGS-84, and a draft of it; found again by its content."""
    base = kept(prove_sent(*sent.read(), datum=datum, tolerance=tolerance), datum)
    return base, Draft(base.cells)


def edit_faults(proposal: GridProposal, changes: Changes) -> list[Fault]:
    """Return the faults that `changes` would make in the map of a proposal that waits."""
    return pen(proposal).faults(changes)


def beside(found: Pen, code: str) -> list[str]:
    """Return the codes of the cells whose box meets that of a cell."""
    return [other for other in found.draft.near(found.draft.get(code).shape) if other != code]


@dataclass(frozen=True, slots=True)
class EditRow:
    """A cell in the list of a map that is edited, and in how many faults it has a part; `label` as on the map."""

    label: str
    code: str
    name: str
    area: float
    places: int
    faults: int


def edit_rows(survey: Survey) -> list[EditRow]:
    """Return the cells of a map, in its order."""
    cells, wrong = survey.cells, Counter(code for fault in survey.report.faults for code in fault.cells)
    areas = shapely.area(shapely.transform(cells.shapes, Plane(shapely.total_bounds(cells.shapes)).flatten))
    listed = cells.places or repeat(())
    rows = zip(short_labels(cells.ids), cells.ids, cells.names, areas.tolist(), listed, strict=False)
    return [EditRow(label, code, name, area, len(places), wrong[code]) for label, code, name, area, places in rows]


@dataclass(frozen=True, slots=True)
class EditMap:
    """A picture with faults over tiles, and (code, label, figure) of each cell; none on a map of too many."""

    picture: FaultMap
    cells: tuple[tuple[str, str, Figure], ...]
    tiles: tuple[Tile, ...]
    ground: list[list[float]]
    """Corners of the drawing in WGS-84, clockwise from north-west."""


def edit_map(survey: Survey, most: int, basemap: str) -> EditMap:
    """Return the picture of a map that is edited, with its first `most` faults, over tiles of `basemap`."""
    labels = short_labels(survey.cells.ids)
    picture = draw_faults(survey.cells.shapes, survey.report.faults[:most], labels)
    figures = picture.cells.figures
    cells = tuple(zip(survey.cells.ids, labels, figures, strict=True)) if figures else ()
    return EditMap(picture, cells, tiles(picture.frame, basemap), picture.frame.edges().tolist())


def waiting_maps(inside: Q) -> QuerySet[GridProposal]:
    """Return the maps that were edited and wait to be saved, the last ones first."""
    found = GridProposal.objects.filter(inside, grid=None).exclude(steps=None)
    return found.select_related("place").order_by("-made_at").distinct()


def _sent(proposal: GridProposal) -> Sent:
    return Sent(
        zlib.decompress(bytes(proposal.cells)),
        zlib.decompress(bytes(proposal.boundary)) if proposal.boundary else b"",
        proposal.identify,
        proposal.layer,
        proposal.boundary_layer,
    )


@dataclass(frozen=True, slots=True)
class Fitting:
    """How well a map fits what is known of the outline of its place; `grid` has it, None: nothing is known."""

    shares: Fits
    grid: Grid | None


def fits_of(place: Place, drawn: Cells) -> Fitting:
    """Compare a map with the newest grid of `place`; where it has none, with the cells above that list the place."""
    own = Grid.objects.filter(place=place).select_related("place").order_by("-valid_from").first()
    listed = Cell.objects.filter(grid=own) if own else Cell.objects.filter(places__place=place)
    cells = list(listed.select_related("grid__place").order_by("-grid__valid_from", "-grid__place__path"))
    if not cells:
        return Fitting({}, None)
    grid = cells[0].grid
    known = [(cell.code, cell.name, cell.geometry) for cell in cells if cell.grid_id == grid.pk]
    if own is not None and own.boundary:
        known = [("", "", own.boundary)]
    return Fitting(fits(drawn.shapes, read_kept(known).shapes), grid)


def fits_of_proposal(proposal: GridProposal) -> Fitting:
    """Compare a map that waits."""
    named, boundary = _sent(proposal).read()
    return fits_of(proposal.place, boundary or named)


def fault_map(survey: Survey, most: int) -> FaultMap:
    """Return the picture of a proven map with its first `most` faults."""
    return draw_faults(survey.cells.shapes, survey.report.faults[:most])


def notes(report: CoverReport) -> list[str]:
    """Return the notes of a proof in the reader's language."""
    return [gettext(note.message) % note.values for note in report.notes]


def codes(path: str) -> tuple[str, ...]:
    """Return the codes of the places from the root down to the one at `path`."""
    return tuple(_codes(prefixes(path)))


@prepared
def _codes(paths: Sequence[str]) -> QuerySet[Place, str]:
    return Place.objects.filter(path__in=paths).order_by("path").values_list("code", flat=True)
