"""Of a map that waits the house keeps what it reads, and that for 30 days."""

import json
import zlib
from datetime import timedelta
from importlib import import_module

import numpy as np
import pytest
import shapely
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from linli.access.decide import Actor
from linli.audit.models import Event
from linli.places import jobs, queries, services
from linli.places.models import GridProposal, GridStep
from linli.places.policy.datum import Datum
from linli.places.policy.draft import Content
from linli.places.policy.features import read_cells
from linli.places.policy.sending import Sent
from linli.places.policy.steps import EditAction
from linli.project import timetable
from tests.places.making import geojson, proven, squares
from tests.places.mapfiles import geopackage, shapefile, zipped

PEOPLE = {"网格长": "赵小六", "电话": "13800000001", "身份证": "430102199001011234"}
MONTH = timedelta(days=30)
HANDS = tuple(Actor(name=f"hand {number}") for number in range(4))


def registers() -> dict[str, bytes]:
    """Maps as offices send them: with the workers of each cell, and with residents, in the table beside the outlines."""
    document = json.loads(geojson(squares(), {"G00": "B1"}))
    for number, feature in enumerate(document["features"]):
        feature["properties"] |= PEOPLE | {"户数": str(number)}
        feature["description"] = PEOPLE
    fields = {key: [value] * 4 for key, value in PEOPLE.items()} | {"编码": list(squares()), "户数": [0, 1, 2, 3]}
    shapes = list(squares().values())
    document["网格长"] = "赵小六"
    return {
        "GeoJSON": json.dumps(document, ensure_ascii=False).encode(),
        "Shapefile": zipped(shapefile(shapes, fields)),
        "GeoPackage": geopackage(shapes, fields, "EPSG:4490"),
    }


def proposed(world, cells, boundary=b"", **more):
    given = {"identify": "", "datum": Datum.WGS84, "tolerance": 0.5, "by": world.by} | more
    return services.propose_grid(
        world.places["E1"], since=world.now.date(), file_name="a", cells=cells, boundary=boundary,
        now=world.now, key=world.key(), **given,
    )  # fmt: skip


def edit(world, proposal, name, *, seen, now):
    one = queries.pen(proposal).draft.get("G00")
    changes = {"G00": Content(name, one.shape, one.places)}
    return services.edit_map(
        proposal, changes, action=EditAction.RENAME, seen=seen, by=world.by, now=now, key=world.key()
    )


def stored(table="places_gridproposal") -> str:
    """Every byte of the table, unpacked."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        values = [value for row in cursor.fetchall() for value in row]
    packed = [bytes(value) for value in values if isinstance(value, bytes | memoryview) and len(value)]
    return " ".join([*map(str, values), *(zlib.decompress(each).decode() for each in packed)])


@pytest.mark.parametrize("kind", ["GeoJSON", "Shapefile", "GeoPackage"])
def test_nobody_who_stands_in_the_file_stands_in_the_database(world, kind):
    sent = registers()[kind]
    found = proposed(world, sent, sent)
    text = stored()
    assert not [word for pair in PEOPLE.items() for word in pair if word in text]
    before, (after, edge) = (
        read_cells(sent),
        Sent(zlib.decompress(bytes(found.cells)), zlib.decompress(bytes(found.boundary))).read(),
    )
    assert (after.ids, after.names, after.places) == (before.ids, before.names, before.places)
    assert after.households == ("0", "1", "2", "3") and after.declared == before.declared
    assert (shapely.to_wkb(after.shapes) == shapely.to_wkb(before.shapes)).all(), "corner by corner"
    assert edge.names == ("",) * 4 and not edge.places and not edge.households
    assert queries.survey_of(found).report.is_sound


def test_cells_without_a_code_keep_their_numbers(world):
    found = proposed(world, geojson(squares()), identify="#")
    assert queries.survey_of(found).cells.ids == ("#1", "#2", "#3", "#4")
    named = proposed(world, geojson(squares()), identify="name")
    assert queries.survey_of(named).cells.ids == ("网格G00", "网格G01", "网格G10", "网格G11")


def test_a_faulty_outline_stays_as_it_was_drawn(world):
    bow = [[112.9, 28.2], [112.902, 28.202], [112.902, 28.2], [112.9, 28.202], [112.9, 28.2]]
    feature = {"type": "Feature", "properties": {"code": "A"}, "geometry": {"type": "Polygon", "coordinates": [bow]}}
    found = proposed(world, json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    (shape,) = queries.survey_of(found).cells.shapes
    assert np.array_equal(shapely.get_coordinates(shape), bow)


def test_maps_that_waited_before_are_trimmed_too(world):
    sent = registers()
    kept, lost = (
        proposed(world, sent["Shapefile"], sent["GeoPackage"], datum=Datum.GCJ02),
        proposed(world, sent["GeoJSON"], by=HANDS[0]),
    )
    connection.check_constraints()
    with connection.cursor() as cursor:
        for column in ("identify", "layer", "boundary_layer"):
            cursor.execute(f"ALTER TABLE places_gridproposal ADD COLUMN {column} varchar(120) DEFAULT '' NOT NULL")
    old = MigrationLoader(connection).project_state([("places", "0005_copies")]).apps
    rows = old.get_model("places", "GridProposal").objects
    rows.filter(pk=kept.pk).update(
        identify="编码", cells=zlib.compress(sent["Shapefile"]), boundary=zlib.compress(sent["GeoPackage"])
    )
    rows.filter(pk=lost.pk).update(cells=zlib.compress(b"PK\x03\x04"))
    import_module("linli.places.migrations.0007_only_what_is_read").trim(old, None)
    assert list(GridProposal.objects.all()) == [kept]
    assert not [word for pair in PEOPLE.items() for word in pair if word in stored()]
    assert queries.survey_of(GridProposal.objects.get()).cells.ids == tuple(squares())


def test_after_thirty_days_a_map_is_gone_with_its_edits_unless_it_is_in_use_or_saved(world):
    services.import_grid(world.places["E1"], proven(), by=world.by, now=world.now, key=world.key())
    saved, sent, edited, begun = (proposed(world, geojson(squares()), by=hand) for hand in HANDS)
    services.adopt_proposal(saved, since=world.now.date(), seen=0, by=world.by, now=world.now, key=world.key())
    first = edit(world, edited, "x", seen=0, now=world.now)
    edit(world, edited, "y", seen=first.pk, now=world.now + MONTH)
    edit(world, begun, "x", seen=0, now=world.now)
    assert jobs.forget_maps(world.now + MONTH) == 0
    events = Event.objects.count()
    assert jobs.forget_maps(world.now + MONTH + timedelta(seconds=1)) == 2
    assert set(GridProposal.objects.all()) == {saved, edited}
    assert Event.objects.get(action="grid.forget").data == {"maps": [sent.pk, begun.pk]}
    assert jobs.forget_maps(world.now + MONTH + timedelta(seconds=1)) == 0
    assert Event.objects.count() == events + 1
    assert jobs.forget_maps(world.now + 2 * MONTH + timedelta(seconds=1)) == 1
    assert list(GridProposal.objects.all()) == [saved] and not GridStep.objects.exists()
    assert ("places.forget_maps", jobs.forget_maps) in timetable.jobs()
