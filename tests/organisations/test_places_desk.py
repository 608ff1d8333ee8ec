from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from urllib.parse import unquote

import eviltransform
import numpy as np
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.roles import Role
from linli.lib.errors import Refusal
from linli.places import queries, services
from linli.places.models import Grid, GridProposal, Place
from linli.places.policy.datum import Datum
from linli.places.policy.sending import MAX_FILE
from tests.catalogue.organisations import unsaid
from tests.places.making import geojson, overlapping, proven, squares
from tests.places.mapfiles import geopackage, shapefile, zipped

KEY = "a-request-key-long-enough"


@pytest.fixture
def client(world, as_user):
    return as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))


def send(client, content: bytes, name="网格.geojson", **more):
    given = {"place": "E1", "datum": "wgs84", "tolerance": "0.5", "since": "2026-03-18", "key": KEY}
    return client.post("/desk/grid/new/", given | {"file": SimpleUploadedFile(name, content)} | more)


def test_a_sound_map_is_shown_and_saved_as_a_second_step(client):
    response = send(client, geojson(squares()))
    shown = client.get(response["Location"])
    assert shown.status_code == 200
    assert not Grid.objects.exists()
    again = send(client, geojson(squares()))
    assert again["Location"] == response["Location"]
    saved = client.post(response["Location"], {"since": "2026-04-01", "seen": 0, "key": KEY + "2"})
    assert saved["Location"] == "/desk/grid/"
    grid = Grid.objects.get()
    assert (str(grid.valid_from), grid.cells.count()) == ("2026-04-01", 4)
    assert bytes(GridProposal.objects.get().cells) == b""
    assert client.get(response["Location"])["Location"] == "/desk/grid/"
    assert client.post(response["Location"], {"since": "2026-04-01", "seen": 0, "key": KEY + "3"}).status_code == 302
    assert Grid.objects.count() == 1


def test_faults_are_listed_drawn_and_given_for_the_map_program(client):
    address = send(client, geojson(overlapping()))["Location"]
    text = client.get(address).content.decode()
    assert 'id="fault-1"' in text
    assert "url(#overlap)" in text
    assert '<form method="post" class="form"' not in text
    answer = client.get(f"{address}faults.geojson")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "地图问题-" in unquote(answer.headers["Content-Disposition"])
    faults = answer.json()
    assert sorted(faults["features"][0]["properties"]["cells"]) == ["G00", "G01"]
    refused = client.post(address, {"since": "2026-04-01", "seen": 0, "key": KEY + "2"})
    assert refused.status_code == 422
    assert not Grid.objects.exists()


def gcj() -> dict[str, shapely.Polygon]:
    def move(points):
        return np.array([eviltransform.wgs2gcj(lat, lon)[::-1] for lon, lat in points])

    return {code: shapely.transform(shape, move) for code, shape in squares().items()}


def test_a_map_that_does_not_say_its_coordinates_is_asked_for_them(client):
    address = send(client, geojson(gcj()), datum="")["Location"]
    asked = client.get(address)["Location"]
    assert asked == f"{address}datum/"
    text = client.get(asked).content.decode()
    assert text.count('type="radio"') == 3
    assert "checked" not in text
    assert client.post(address, {"since": "2026-04-01", "seen": 0, "key": KEY + "2"})["Location"] == asked
    assert not Grid.objects.exists()
    assert client.post(asked, {"key": KEY + "3"}).status_code == 422
    assert client.post(asked, {"datum": "gcj02", "key": KEY + "4"})["Location"] == address
    assert client.post(address, {"since": "2026-04-01", "seen": 0, "key": KEY + "5"})["Location"] == "/desk/grid/"
    kept = shapely.from_geojson([cell.geometry for cell in Grid.objects.get().cells.order_by("code")])
    assert shapely.hausdorff_distance(kept, list(squares().values())).max() < 1e-6
    assert client.get(asked)["Location"] == "/desk/grid/"
    assert client.post(asked, {"datum": "bd09", "key": KEY + "6"})["Location"] == "/desk/grid/"


@pytest.mark.parametrize("told", ["wgs84", "", "bd09"])
def test_a_map_that_fits_the_grid_better_otherwise_is_asked_about(client, world, told):
    services.import_grid(world.places["E1"], proven(), by=world.by, now=world.now, key=world.key())
    address = send(client, geojson(gcj()), datum=told)["Location"]
    text = client.get(client.get(address)["Location"]).content.decode()
    assert "100.0%" in text or "100.0 %" in text
    assert re.search(r'value="gcj02"[^>]*checked', text)
    assert client.get(f"{address}faults.geojson").status_code == 200


def test_no_question_where_the_answer_is_known(client, world):
    fields = {"code": list(squares())}
    for content, told in (
        (geojson(gcj()), "gcj02"),
        (geopackage(list(squares().values()), fields), ""),
        (zipped(shapefile(list(squares().values()), fields)), ""),
    ):
        address = send(client, content, datum=told, key=world.key() + "-" * 12)["Location"]
        assert client.get(address).status_code == 200
    services.import_grid(world.places["E1"], proven(), by=world.by, now=world.now, key=world.key())
    address = send(client, geojson(squares()), datum="", key=KEY + "9")["Location"]
    assert client.get(address).status_code == 200


def test_an_open_question_holds_up_saving_and_an_answer_after_saving_is_refused(world):
    made = GridProposal.objects.get(pk=unsaid(world)["pk"])
    more = {"by": world.by, "now": world.now}
    with pytest.raises(Refusal, match="First say"):
        services.adopt_proposal(made, since=world.now.date(), seen=0, key=world.key(), **more)
    services.answer_datum(made, Datum.WGS84, key=world.key(), **more)
    services.adopt_proposal(made, since=world.now.date(), seen=0, key=world.key(), **more)
    with pytest.raises(Refusal, match="saved already"):
        services.answer_datum(made, Datum.WGS84, key=world.key(), **more)


def test_layers_are_offered_by_name_where_there_are_several(client):
    two = geopackage(list(squares().values()), {"code": list(squares())}, layers=["网格", "旧网格"])
    asked = send(client, two, name="网格.gpkg", identify="code")
    assert asked.status_code == 422
    assert list(asked.context["form"].errors) == ["layer"]
    text = asked.content.decode()
    assert '<option value="旧网格">' in text
    assert 'value="code"' in text
    edge = {"boundary": SimpleUploadedFile("b.gpkg", two)}
    again = send(client, two, layer="旧网格", key=KEY + "2", **edge)
    assert list(again.context["form"].errors) == ["boundary_layer"]
    edge = {"boundary": SimpleUploadedFile("b.gpkg", two), "boundary_layer": "网格"}
    address = send(client, two, layer="旧网格", key=KEY + "3", **edge)["Location"]
    assert client.get(address).status_code == 200
    assert client.post(address, {"since": "2026-04-01", "seen": 0, "key": KEY + "4"})["Location"] == "/desk/grid/"
    assert Grid.objects.get().cells.count() == 4


def bomb() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b"0" * 50_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"{", b"\x00\xffjunk" * 1_700_000, bomb(), geojson(squares())[:500], b"x" * (MAX_FILE + 1), geojson({})],
    ids=["brace", "10 MB of junk", "zip bomb", "cut", "too large", "no cells"],
)
def test_bad_files_give_one_sentence_and_keep_what_was_typed(client, content):
    response = send(client, content, tolerance="0.25", identify="编码")
    assert response.status_code == 422
    (sentence,) = response.context["form"].errors["file"]
    assert len(sentence) < 300
    text = response.content.decode()
    assert 'value="0.25"' in text
    assert 'value="编码"' in text
    assert 'value="E1"' in text
    assert not GridProposal.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("since", "2026-02-30"), ("tolerance", "NaN"), ("tolerance", "-1"), ("place", "E3"), ("datum", "mars")],
)
def test_wrong_fields_are_named(client, field, value):
    response = send(client, geojson(squares()), **{field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_day_that_cannot_be_is_refused_at_saving(client):
    address = send(client, geojson(squares()))["Location"]
    response = client.post(address, {"since": "1900-01-01", "seen": 0, "key": KEY + "2"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["since"]


def test_a_new_map_replaces_the_one_that_waits(client):
    send(client, geojson(squares()))
    send(client, geojson(squares()), key=KEY + "2")
    assert GridProposal.objects.count() == 1


def test_places_of_others_are_not_shown_nor_added_to(client):
    text = client.get("/desk/places/").content.decode()
    assert "地Y1" in text
    assert "地E3" not in text
    given = {"parent": "E3", "kind": "courtyard", "name": "院", "code": "Y9", "key": KEY}
    assert client.post("/desk/places/new/", given).status_code == 422
    assert client.post("/desk/places/new/", given | {"parent": "Y1"}).status_code == 422  # no courtyard in a courtyard
    assert client.post("/desk/places/new/", given | {"parent": "E1"})["Location"] == "/desk/places/"
    assert Place.objects.get(code="Y9").path.startswith(Place.objects.get(code="E1").path)
    assert 'value="Y1"' in client.get("/desk/places/new/?below=Y1").content.decode()


def test_lists_take_the_same_queries_with_1_and_30_rows(world, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from linli.places import services
    from linli.places.policy.kinds import PlaceKind
    from tests.places.making import proven

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    more = {"by": world.by, "now": world.now}
    services.import_grid(world.places["Y1"], proven(), key=world.key(), **more)
    few = queries("/desk/places/"), queries("/desk/grid/")
    for number in range(30):
        estate = services.add_place(
            kind=PlaceKind.ESTATE, code=f"EE{number}", name="园", parent=world.places["C1"], key=world.key(), **more
        )
        services.import_grid(estate, proven(), key=world.key(), **more)
    assert (queries("/desk/places/"), queries("/desk/grid/")) == few


def test_a_mended_map_is_shown_with_what_changes_and_saved_only_when_confirmed(client):
    address = send(client, geojson(overlapping()))["Location"]
    assert f'href="{address}mended/"' in client.get(address).content.decode()
    shown = client.get(f"{address}mended/")
    (line,) = shown.context["lines"]
    assert (line.kind, line.done) == ("overlap", "留给 G01，从 G00 裁掉")
    ((cell, more),) = shown.context["differences"]
    assert (cell.cell, round(cell.after / cell.before, 2)) == ("G00", 0.8)
    assert more == cell.after - cell.before
    assert not Grid.objects.exists()
    mended = client.get(f"{address}mended.geojson").json()
    saved = client.post(f"{address}mended/", {"since": "2026-04-01", "seen": 0, "key": KEY + "2"})
    assert saved["Location"] == "/desk/grid/"
    grid = Grid.objects.get()
    given = {feature["id"]: feature["geometry"]["coordinates"] for feature in mended["features"]}
    kept = {cell.code: json.loads(cell.geometry)["coordinates"] for cell in grid.cells.all()}
    assert {code: set(map(tuple, ring)) for code, (ring,) in given.items()} == {
        code: set(map(tuple, ring)) for code, (ring,) in kept.items()
    }
    (proof,) = queries.prove([grid], grid.valid_from)
    assert proof.land.is_sound
    for gone in ("mended/", "mended.geojson"):
        assert client.get(f"{address}{gone}")["Location"] == "/desk/grid/"


def test_what_cannot_be_mended_by_itself_is_said_and_not_saved(client):
    twice = squares() | {"G99": squares()["G00"]}
    address = send(client, geojson(twice))["Location"]
    shown = client.get(f"{address}mended/")
    assert '<form method="post" class="form"' not in shown.content.decode()
    assert [line.kind for line in shown.context["left"]] == ["overlap"]
    refused = client.post(f"{address}mended/", {"since": "2026-04-01", "seen": 0, "key": KEY + "2"})
    assert refused.status_code == 422
    assert not Grid.objects.exists()


def test_a_mended_map_of_others_is_not_there(client, world, as_user):
    address = send(client, geojson(overlapping()))["Location"]
    other = as_user(world.user(Role.COMMUNITY_STAFF, "RC2"))
    assert [other.get(f"{address}{page}").status_code for page in ("mended/", "mended.geojson")] == [404, 404]
