"""What a map that waits must not do: lie elsewhere after an edit, overwrite what others did, stop the house."""

# ruff: noqa: F811 -- fixtures come by their names

from __future__ import annotations

import time
from datetime import date

import eviltransform
import numpy as np
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.lib.errors import Refusal
from linli.places import queries, services
from linli.places.models import Grid, GridProposal
from linli.places.policy import editing
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells
from linli.places.policy.kept import read_kept
from linli.places.policy.steps import EditAction
from linli.places.policy.survey import survey
from linli.places.policy.validity import mend_outlines
from tests.organisations.test_map_editing import BY, KEY, client, middle_corner, move, waiting  # noqa: F401 -- fixtures
from tests.places.making import LAT, LON, STEP, geojson, squares

SAVE = {"since": "2026-04-01", "key": KEY + "save"}


def gcj02(shape):
    """As a map of Amap has it."""
    return shapely.transform(shape, lambda points: np.array([eviltransform.wgs2gcj(y, x)[::-1] for x, y in points]))


def send(client, shapes, boundary=None):
    given = {"place": "Y1", "datum": "gcj02", "tolerance": "0.5", "since": "2026-03-18", "key": KEY + "gcj"}
    given["file"] = SimpleUploadedFile("网格.geojson", geojson({code: gcj02(shape) for code, shape in shapes.items()}))
    if boundary is not None:
        given["boundary"] = SimpleUploadedFile("边界.geojson", geojson({"B": gcj02(boundary)}))
    return client.post("/desk/grid/new/", given)["Location"], GridProposal.objects.get()


def bounds(shapes):
    return shapely.total_bounds(np.array(list(shapes), dtype=object))


def test_an_edited_map_of_other_coordinates_is_moved_once(client, world):
    there, found = send(client, squares())
    sent = queries.survey_of(found)
    assert sent.report.is_sound
    before = bounds(sent.cells.shapes)
    assert abs(before - bounds(squares().values())).max() < 1e-6
    assert abs(bounds(queries.repair_of(found).survey.cells.shapes) - before).max() == 0
    changes = editing.rename(queries.pen(found).draft, "G00", new="G00", name="新名", places=())
    services.edit_map(found, changes, action=EditAction.RENAME, seen=0, by=BY, now=world.now, key=world.key())
    assert client.post(there, SAVE | {"seen": queries.pen(found).seen}).status_code == 302
    rows = [(cell.code, "", cell.geometry) for cell in Grid.objects.get().cells.all()]
    assert abs(bounds(read_kept(rows).shapes) - before).max() < 1e-8


def test_the_picture_of_a_faulty_map_of_other_coordinates_shows_its_faults_in_it(client):
    land = shapely.union_all(list(squares().values()))
    _there, found = send(client, {code: shape for code, shape in squares().items() if code != "G11"}, land)
    survey = queries.survey_of(found)
    (fault,) = survey.report.faults
    assert shapely.box(*bounds(survey.cells.shapes)).buffer(1e-6).covers(fault.shape)


def test_a_copy_is_not_saved_over_a_grid_that_came_meanwhile(client, world, waiting):
    """Two people copy the same grid; the second to save would undo what the first did."""
    other = services.draft_grid(Grid.objects.get(), since=world.now.date(), by=BY, now=world.now, key=world.key())
    move(client, waiting, corner=middle_corner(waiting))
    first = {"since": "2026-03-20", "seen": queries.pen(waiting).seen, "key": KEY + "first"}
    assert client.post(f"/desk/grid/proposals/{waiting.pk}/", first)["Location"] == "/desk/grid/"
    answer = client.post(f"/desk/grid/proposals/{other.pk}/", SAVE | {"seen": 0})
    assert answer.status_code == 422
    assert "有人保存了" in answer.content.decode()
    assert Grid.objects.count() == 2


def test_only_what_was_looked_at_is_saved(client, waiting):
    move(client, waiting)
    assert client.post(f"/desk/grid/proposals/{waiting.pk}/", SAVE | {"seen": 0}).status_code == 422
    assert Grid.objects.count() == 1


def test_as_many_edits_are_not_the_same_edits(client, world, waiting):
    move(client, waiting)
    seen = queries.pen(waiting).seen
    services.undo_edit(waiting, seen=seen, by=BY, now=world.now, key=world.key())
    changes = editing.rename(queries.pen(waiting).draft, "G00", new="G00", name="新名", places=())
    services.edit_map(waiting, changes, action=EditAction.RENAME, seen=0, by=BY, now=world.now, key=world.key())
    assert waiting.steps.count() == 1
    with pytest.raises(Refusal) as told:
        services.undo_edit(waiting, seen=seen, by=BY, now=world.now, key=world.key())
    assert told.value.code == "grid.edit_seen"


def test_a_copy_is_proven_as_its_grid_was(world, waiting):
    assert (waiting.noise_mm, waiting.begun_from) == (Grid.objects.get().noise_mm, Grid.objects.get().pk)


def coarse() -> dict[str, shapely.Polygon]:
    """Three cells as a map of Amap has them with five decimals: where two meet the long edge of the third, it gapes."""

    def cell(*points):
        shape = shapely.Polygon([(LON + east, LAT + north) for east, north in points])
        return shapely.transform(gcj02(shape), lambda at: np.round(at, 5))

    edge, middle = (0.0101, 0.0037), (0.0101 * 0.37, 0.0037 * 0.37)
    return {
        "south": cell((0, 0), edge, (0.0101, -0.004), (0, -0.004)),
        "west": cell((0, 0), middle, (middle[0], 0.006), (0, 0.006)),
        "east": cell(middle, edge, (0.0101, 0.006), (middle[0], 0.006)),
    }


def test_a_copy_of_a_coarse_map_is_as_sound_as_its_grid(world):
    """Kept in WGS-84 its digits are fine, and say nothing any more of how coarsely it was drawn."""
    shapes = coarse()
    codes, array = tuple(shapes), np.array(list(shapes.values()), dtype=object)
    made = survey(Cells(codes, ("",) * 3, array, (("E1",), (), ())), datum=Datum.GCJ02)
    grid = services.import_grid(world.places["C1"], made, by=BY, now=world.now, key=world.key())
    assert grid.noise_mm == 500
    copy = services.draft_grid(grid, since=world.now.date(), by=BY, now=world.now, key=world.key())
    assert queries.survey_of(copy).report.is_sound
    assert not survey(queries.survey_of(copy).cells).report.is_sound, "the digits alone would not do"
    changes = editing.rename(queries.pen(copy).draft, "east", new="east", name="东", places=())
    assert queries.edit_faults(copy, changes) == []
    saved = services.adopt_proposal(copy, since=date(2026, 4, 1), seen=0, by=BY, now=world.now, key=world.key())
    assert saved.noise_mm == grid.noise_mm
    assert all(proof.is_sound for proof in queries.prove([grid, saved], world.now.date()))


def test_a_scribble_is_refused_before_it_is_mended():
    ring = np.random.default_rng(1).uniform(0, 1, (3000, 2))
    began = time.process_time()
    with pytest.raises(Refusal) as told:
        mend_outlines(np.array([shapely.box(0, 0, 1, 1), shapely.Polygon(ring)], dtype=object))
    assert told.value.code == "grid.scribble"
    assert told.value.values["number"] == 2
    assert time.process_time() - began < 5


def test_a_scribble_that_is_sent_in_is_one_sentence_with_the_number_of_its_feature(client):
    ring = np.random.default_rng(1).uniform(0, STEP, (3000, 2)) + [LON, LAT]
    file = SimpleUploadedFile("网格.geojson", geojson(squares() | {"G11": shapely.Polygon(ring)}))
    given = {"place": "Y1", "datum": "wgs84", "tolerance": "0.5", "since": "2026-03-18", "key": KEY + "scribble"}
    began = time.process_time()
    answer = client.post("/desk/grid/new/", given | {"file": file})
    assert answer.status_code == 422
    (words,) = next(iter(answer.context["form"].errors.values()))
    assert "第 4 个要素" in words
    assert not GridProposal.objects.exists()
    assert time.process_time() - began < 20


def test_a_thousand_parts_with_one_knot_are_no_scribble():
    """What leads from one part to the next is no edge, and crosses nothing."""
    random = np.random.default_rng(2)
    spots = np.stack(np.divmod(random.permutation(1024), 32), axis=1)
    shapes = [
        shapely.box(x, y, x + 0.5, y + 0.5) if box else shapely.Polygon([(x, y), (x + 0.5, y), (x, y + 0.5)])
        for (x, y), box in zip(spots, random.random(1024) < 0.5, strict=True)
    ]
    bow = shapely.Polygon([(40, 0), (41, 1), (41, 0), (40, 1)])
    mended, trouble = mend_outlines(np.array([shapely.MultiPolygon([*shapes, bow])], dtype=object))
    assert len(trouble) == 1
    assert mended[0].is_valid
    assert mended[0].area == pytest.approx(sum(shape.area for shape in shapes) + 0.5)


def test_an_outline_of_many_corners_with_one_knot_is_mended():
    angles = np.linspace(0, 2 * np.pi, 5000, endpoint=False)
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    ring[[10, 11]] = ring[[11, 10]]
    mended, trouble = mend_outlines(np.array([shapely.Polygon(ring)], dtype=object))
    assert len(trouble) == 1
    assert mended[0].is_valid
