"""The proof that the cells of a level cover their parent exactly: no gap, no overlap, nothing outside."""

from __future__ import annotations

import numpy as np
import shapely

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.datum import Datum, Plane
from linli.places.policy.edges import Numbers, outline_edges, residual_edges
from linli.places.policy.faces import enclose, is_wider
from linli.places.policy.faults import describe, describe_invalid
from linli.places.policy.features import Cells, Shapes
from linli.places.policy.noding import Net, join
from linli.places.policy.precision import DEFAULT_TOLERANCE, MAX_TOLERANCE, rounding_noise
from linli.places.policy.report import CoverReport, Fault, FaultKind, Note
from linli.places.policy.validity import laid_flat, mend_outlines

_ALL = 1 - 1e-9
OPEN = Note(gettext_noop("Without a boundary, a gap that is open to the outside cannot be seen."), {})


def check_cover(
    cells: Cells,
    boundary: Cells | None = None,
    *,
    tolerance: float = DEFAULT_TOLERANCE,
    datum: Datum = Datum.WGS84,
    noise: float | None = None,
) -> CoverReport:
    """Prove that `cells` cover `boundary` (all its features together) exactly, or say where they do not.

    Both are in degrees of `datum`; `tolerance` in metres parts gaps, overlaps and stray pieces from
    slivers; thinner than the rounding of the file is no fault: `noise` metres, where it is known. Without a
    boundary the outline is the outer edge of the union: empty places enclosed by it are faults, separate islands
    are a note.
    Refused: a tolerance outside 0 to 100 m, a boundary that is not valid or that no cell touches,
    edges over continents that cannot be laid flat.
    """
    if not 0 < tolerance <= MAX_TOLERANCE:
        raise Refusal(
            "grid.tolerance",
            gettext_noop("The tolerance must be a number of metres above 0, at most %(most)d."),
            most=MAX_TOLERANCE,
        )
    shapes, invalid = mend_outlines(cells.shapes)
    parent = None if boundary is None else _parent(boundary)
    maps = [cells.shapes] if boundary is None else [cells.shapes, boundary.shapes]
    bounds = shapely.total_bounds(np.concatenate(maps))
    plane = Plane(bounds, datum)
    noise = rounding_noise(maps, tolerance) if noise is None else noise
    with laid_flat(maps):
        parent_edges = None if parent is None else outline_edges(np.array([parent], dtype=object))
        net = join(residual_edges(outline_edges(shapes), parent_edges), plane, noise)
        faces, turns = enclose(net)
        flat_parent = None if parent is None else shapely.transform(parent, plane.flatten)
        if flat_parent is None:
            gaps, overlaps, strays = faces[turns <= 0], faces[turns > 1], faces[:0]
        else:
            gaps = faces[turns < 0]
            overlaps, strays = _apart(faces[turns > 0], turns[turns > 0], flat_parent)
            if shapely.area(gaps).sum() >= _ALL * shapely.area(flat_parent):
                raise Refusal(
                    "grid.boundary_apart",
                    gettext_noop(
                        "No cell touches the boundary: check that both files show the same place and coordinates."
                    ),
                )
        faults = describe_invalid(invalid, cells, shapes, plane, tolerance)
        faults += _thin_cells(cells, shapes, plane, tolerance)
        for kind, pieces in ((FaultKind.GAP, gaps), (FaultKind.OVERLAP, overlaps), (FaultKind.STRAY, strays)):
            wide = pieces[is_wider(pieces, noise)]
            faults += describe(
                kind, wide, is_wider(wide, tolerance), ids=cells.ids, shapes=shapes, net=net, plane=plane
            )
    order = {kind: number for number, kind in enumerate(FaultKind)}
    faults.sort(key=lambda fault: (order[fault.kind], -fault.area))
    area = _signed_area(net) + (shapely.area(flat_parent) if flat_parent is not None else 0.0)
    notes = _notes(faces[turns > 0]) if parent is None else ()
    return CoverReport(len(cells.ids), area, tuple(faults), notes, tolerance, noise)


def _parent(boundary: Cells) -> shapely.Geometry:
    _mended, trouble = mend_outlines(boundary.shapes)
    if trouble:
        lon, lat = trouble[0].place
        raise Refusal(
            "grid.boundary_invalid",
            gettext_noop("The boundary is not a proper area: mend feature %(where)s near %(lon).6f, %(lat).6f first."),
            where=boundary.ids[trouble[0].cell],
            lon=lon,
            lat=lat,
        )
    return boundary.shapes[0] if len(boundary.shapes) == 1 else shapely.union_all(boundary.shapes)


def _apart(extra: Shapes, turns: Numbers, parent: shapely.Geometry) -> tuple[Shapes, Shapes]:
    """Part faces that are covered once too often: (overlaps, stray pieces outside the parent).

    A face may lie on both sides, where an edge of the boundary has cancelled against a cell's.
    A stray face that is covered more than once is an overlap too.
    """
    if not len(extra):
        return extra, extra
    shapely.prepare(parent)
    inside = shapely.covers(parent, extra)
    crossing = np.flatnonzero(~inside)
    outer = shapely.difference(extra[crossing], parent)
    inner = shapely.intersection(extra[crossing], parent)
    twice = outer[turns[crossing] > 1]
    return np.concatenate([extra[inside], _polygons(inner), _polygons(twice)]), _polygons(outer)


def _polygons(shapes: Shapes) -> Shapes:
    parts: Shapes = shapely.get_parts(shapely.get_parts(shapes))
    return parts[shapely.area(parts) > 0]


def _thin_cells(cells: Cells, shapes: Shapes, plane: Plane, tolerance: float) -> list[Fault]:
    """Cells that are thinner than the tolerance everywhere."""
    lean = np.cos(np.radians(np.abs(shapely.total_bounds(shapes)[[1, 3]]).max())) * 110_000.0
    maybe = np.flatnonzero(shapely.area(shapes) * lean <= tolerance / 2 * shapely.length(shapes))
    maybe = maybe[~shapely.is_empty(shapes[maybe])]
    if not len(maybe):
        return []
    flat = shapely.transform(shapes[maybe], plane.flatten)
    thin = np.flatnonzero(~is_wider(flat, tolerance))
    return [
        Fault.of(FaultKind.SLIVER, shapely.transform(flat[i], plane.unflatten), flat[i].area, (cells.ids[maybe[i]],))
        for i in thin.tolist()
    ]


def _signed_area(net: Net) -> float:
    """Area that the edges run round, each face as often as they do (m²)."""
    start, end = net.points[net.start], net.points[net.end]
    return float((start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0]).sum() / 2)


def _notes(covered: Shapes) -> tuple[Note, ...]:
    notes = [OPEN]
    parts = len(covered) if len(covered) <= 1 else len(shapely.get_parts(shapely.coverage_union_all(covered)))
    if parts > 1:
        message = gettext_noop("The cells form %(parts)d separate parts; a boundary tells if that is right.")
        notes.append(Note(message, {"parts": parts}))
    return tuple(notes)
