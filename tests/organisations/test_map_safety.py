"""What a map that waits must not do: lie elsewhere after an edit, overwrite what others did, stop the house."""

# ruff: noqa: F811 -- fixtures come by their names

from __future__ import annotations

import time

import eviltransform
import numpy as np
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.lib.errors import Refusal
from linli.places import queries, services
from linli.places.models import Grid, GridProposal
from linli.places.policy import editing
from linli.places.policy.kept import read_kept
from linli.places.policy.steps import EditAction
from linli.places.policy.validity import mend_outlines
from tests.organisations.test_map_editing import BY, KEY, client, middle_corner, move, waiting  # noqa: F401 -- fixtures
from tests.places.making import geojson, squares

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


def test_a_scribble_is_refused_before_it_is_mended():
    ring = np.random.default_rng(1).uniform(0, 1, (3000, 2))
    began = time.process_time()
    with pytest.raises(Refusal) as told:
        mend_outlines(np.array([shapely.box(0, 0, 1, 1), shapely.Polygon(ring)], dtype=object))
    assert told.value.code == "grid.scribble"
    assert told.value.values["number"] == 2
    assert time.process_time() - began < 5


def test_an_outline_of_many_corners_with_one_knot_is_mended():
    angles = np.linspace(0, 2 * np.pi, 5000, endpoint=False)
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    ring[[10, 11]] = ring[[11, 10]]
    mended, trouble = mend_outlines(np.array([shapely.Polygon(ring)], dtype=object))
    assert len(trouble) == 1
    assert mended[0].is_valid
