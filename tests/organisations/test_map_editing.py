from __future__ import annotations

import json

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.places import queries, services
from linli.places.models import Grid, GridProposal, GridStep
from linli.places.policy import corners, editing
from linli.places.policy.datum import Datum
from linli.places.policy.steps import EditAction
from tests.catalogue.organisations import unsaid
from tests.places.making import LAT, LON, STEP, geojson, overlapping, proven, squares

KEY = "a-request-key-long-enough"
BY = Actor(name="editor")
RING = "\n".join(f"{LON + x * STEP}, {LAT + y * STEP}" for x, y in ((0.2, 0.2), (1.5, 0.2), (1.5, 1.5), (0.2, 1.5)))


@pytest.fixture
def client(world, as_user):
    return as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))


@pytest.fixture
def waiting(client, world):
    """The grid of a courtyard under the pen."""
    services.import_grid(
        world.places["Y1"], proven(places={"G00": ("B1",)}), by=world.by, now=world.now, key=world.key()
    )
    answer = client.post("/desk/grid/edit/Y1/", {"seen": "0", "key": KEY})
    return GridProposal.objects.get(pk=int(answer["Location"].split("/")[4]))


def address(found, page="", cell=""):
    return f"/desk/grid/proposals/{found.pk}/edit/{page}" + (f"{cell}/" if cell else "")


def sent(client, found, cell, /, **given):
    return client.post(
        address(found, "cells/", cell),
        {"seen": queries.pen(found).seen, "key": f"{KEY}-{found.steps.count()}"} | given,
    )


def move(client, found, cell="G00", *, corner=1, action="move", east=3, north=2):
    return sent(client, found, cell, does="corner", corner=str(corner), action=action, east=str(east), north=str(north))


def shape(found, code):
    return queries.pen(found).draft.get(code).shape


def middle_corner(found):
    """The number that the corner of all four cells has in G00."""
    at = (round(LON + STEP, 6), round(LAT + STEP, 6))
    points = corners.corners(shape(found, "G00")).round(6).tolist()
    return points.index(list(at)) + 1


def test_a_copy_is_edited_and_the_grid_stays_until_it_is_saved(client, waiting):
    kept = [cell.geometry for cell in Grid.objects.get().cells.all()]
    assert move(client, waiting, corner=middle_corner(waiting)).status_code == 302
    assert [cell.geometry for cell in Grid.objects.get().cells.all()] == kept
    text = client.get("/desk/grid/").content.decode()
    assert f'href="{address(waiting)}"' in text
    saved = client.post(
        f"/desk/grid/proposals/{waiting.pk}/",
        {"since": "2026-04-01", "seen": queries.pen(waiting).seen, "key": KEY + "save"},
    )
    assert saved["Location"] == "/desk/grid/"
    new = Grid.objects.get(valid_from="2026-04-01")
    (proof,) = queries.prove([new], new.valid_from)
    assert proof.land.is_sound
    assert [link.cell.code for link in new.cell_places.all()] == ["G00"]
    assert [cell.geometry for cell in new.cells.order_by("code")] != kept
    assert not GridStep.objects.exists()
    assert client.get(address(waiting)).status_code == 404


def test_a_shared_corner_moves_in_all_its_cells_and_back(client, waiting):
    before = {code: shape(waiting, code) for code in squares()}
    move(client, waiting, corner=middle_corner(waiting))
    step = GridStep.objects.get()
    assert (step.action, step.cells) == ("move", "G00, G01, G10, G11")
    assert all(not shape(waiting, code).equals(before[code]) for code in before)
    assert queries.survey_of(waiting).report.is_sound
    client.post(address(waiting, "undo/"), {"seen": queries.pen(waiting).seen, "key": KEY + "undo"})
    assert all(shape(waiting, code).equals(before[code]) for code in before)
    client.post(address(waiting, "undo/"), {"seen": "0", "key": KEY + "undo2"})
    assert [event.action for event in Event.objects.filter(action__startswith="grid.").order_by("pk")] == [
        "grid.import",
        "grid.draft",
        "grid.edit",
        "grid.undo",
    ]


def test_all_edits_of_the_list(client, waiting):
    move(client, waiting, action="bend", east=5, north=5)
    assert len(corners.corners(shape(waiting, "G00"))) == 5
    sent(client, waiting, "G00", does="split", first="1", last="4", via="", new="G02", name="新网格")
    assert {*queries.pen(waiting).draft.codes()} == {*squares(), "G02"}
    answer = sent(client, waiting, "G02", does="rename", new="G09", name="九号", places="B2，B3")
    assert answer["Location"].endswith("/cells/G09/")
    assert queries.pen(waiting).draft.get("G09").places == ("B2", "B3")
    sent(client, waiting, "G00", does="join", other="G09")
    assert queries.pen(waiting).draft.get("G00").places == ("B1", "B2", "B3")
    answer = client.post(
        address(waiting),
        {"seen": queries.pen(waiting).seen, "key": KEY + "draw", "ring": RING, "new": "MID", "name": ""},
    )
    assert answer.status_code == 302
    assert queries.survey_of(waiting).report.is_sound
    text = client.get(address(waiting)).content.decode()
    assert "撤销：画了新网格" in text, text[text.index("<main") : text.index("<main") + 3000]
    assert [step.action for step in GridStep.objects.all()] == ["bend", "split", "rename", "join", "draw"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"does": "corner", "corner": "77", "action": "move"}, "corner"),
        ({"does": "corner", "corner": "1", "action": "fly"}, "action"),
        ({"does": "split", "first": "1", "last": "2", "new": "N"}, "last"),
        ({"does": "split", "first": "1", "last": "3", "new": "N", "via": "北京"}, "via"),
        ({"does": "split", "first": "1", "last": "3", "new": "N", "via": "200, 1"}, "via"),
        ({"does": "split", "first": "1", "last": "3", "new": "G01"}, "new"),
        ({"does": "join", "other": "nobody"}, "other"),
        ({"does": "rename", "new": "G01", "name": ""}, "new"),
    ],
)
def test_a_wrong_edit_is_one_sentence_at_its_field_and_saves_nothing(client, waiting, given, field):
    answer = sent(client, waiting, "G00", **given)
    assert answer.status_code == 422
    (form,) = [form for form in answer.context["forms"].values() if form.is_bound]
    assert list(form.errors) == [field]
    assert len(form.errors[field]) == 1
    assert not GridStep.objects.exists()


def test_an_outline_that_would_cross_itself_is_refused(client, waiting):
    bent = move(client, waiting, action="bend", east=0, north=0)
    assert bent.status_code == 302
    answer = move(client, waiting, corner=2, east=2000, north=3000)
    assert answer.status_code == 422
    assert GridStep.objects.count() == 1


def test_an_edit_of_a_page_that_is_older_is_refused(client, waiting):
    assert move(client, waiting).status_code == 302
    answer = client.post(
        address(waiting, "cells/", "G01"),
        {"does": "rename", "seen": "0", "key": KEY + "late", "new": "G01", "name": "二号"},
    )
    assert answer.status_code == 422
    again = move(client, waiting)
    assert again.status_code == 302
    same = client.post(
        address(waiting, "cells/", "G00"),
        {"does": "corner", "seen": "0", "key": f"{KEY}-0", "corner": "1", "action": "move", "east": "3", "north": "2"},
    )
    assert same.status_code == 302, "sent twice is done once"
    assert GridStep.objects.count() == 2


def test_a_try_tells_what_is_wrong_and_saves_nothing(client, waiting):
    given = {"does": "corner", "seen": "0", "key": KEY, "corner": "1", "action": "move", "east": "30", "north": "20"}
    found = client.post(address(waiting, "try/", "G00"), given).json()
    assert "空白" in found["words"]
    assert len(found["faults"]) == 1
    assert "G00" in found["cells"]
    fine = client.post(address(waiting, "try/", "G00"), given | {"corner": str(middle_corner(waiting))}).json()
    assert (fine["words"], fine["faults"], len(fine["cells"])) == ("没有空白，没有重叠。", [], 4)
    for wrong in ({"corner": "77"}, {"corner": "x"}):
        answer = client.post(address(waiting, "try/", "G00"), given | wrong)
        assert (answer.status_code, bool(answer.json()["words"])) == (422, True)
    assert client.post(address(waiting, "try/", "gone"), given).status_code == 422
    assert not GridStep.objects.exists()


def test_a_faulty_map_is_mended_by_hand(client):
    content = geojson(overlapping())
    given = {"place": "E1", "datum": "wgs84", "tolerance": "0.5", "since": "2026-03-18", "key": KEY + "send"}
    there = client.post("/desk/grid/new/", given | {"file": SimpleUploadedFile("网格.geojson", content)})["Location"]
    found = GridProposal.objects.get()
    text = client.get(address(found)).content.decode()
    assert "重叠" in text
    for _corner in range(2):
        points = corners.corners(shape(found, "G00"))
        number = int(points[:, 0].argmax()) + 1
        metres = (LON + STEP - points[number - 1][0]) * 98_000
        for _try in range(3):
            here = corners.corners(shape(found, "G00"))[number - 1]
            metres = (LON + STEP - here[0]) * 98_000
            move(client, found, corner=number, east=round(metres, 3), north=0)
    assert queries.survey_of(found).report.is_sound, queries.survey_of(found).report.faults
    done = {"since": "2026-04-01", "seen": queries.pen(found).seen, "key": KEY + "save"}
    assert client.post(there, done)["Location"] == "/desk/grid/"


def test_an_edited_map_is_not_thrown_away_when_another_is_sent(client, waiting):
    move(client, waiting)
    for number in range(2):
        given = {"place": "Y1", "datum": "wgs84", "tolerance": "0.5", "since": "2026-03-18", "key": f"{KEY}{number}"}
        client.post("/desk/grid/new/", given | {"file": SimpleUploadedFile("网格.geojson", geojson(squares()))})
    assert GridProposal.objects.count() == 2
    assert GridProposal.objects.filter(pk=waiting.pk).exists()


def test_maps_of_others_are_not_there(waiting, world, as_user):
    other = as_user(world.user(Role.COMMUNITY_STAFF, "RC2"))
    assert other.get("/desk/grid/edit/Y1/").status_code == 404
    for page, cell in (("", ""), ("cells/", "G00")):
        assert other.get(address(waiting, page, cell)).status_code == 404
    for page in ("try/", "undo/"):
        assert (
            other.post(address(waiting, page, "G00" if page == "try/" else ""), {"seen": "0", "key": KEY}).status_code
            == 404
        )


def test_a_cell_that_is_gone_leads_back_to_the_map(client, waiting):
    assert client.get(address(waiting, "cells/", "gone"))["Location"] == address(waiting)


def test_undo_leads_back_to_the_page_on_which_it_was_asked(client, waiting):
    for east in (3, 4):
        move(client, waiting, corner=middle_corner(waiting) if east == 3 else 1, east=east)
    for left, back, code in ((1, address(waiting, "cells/", "G00"), "G00"), (0, address(waiting), None)):
        undo = client.get(back).context["undo"]
        assert (undo["seen"].value(), undo["cell"].value()) == (queries.pen(waiting).seen, code)
        given = {"seen": undo["seen"].value(), "cell": code or "", "key": f"{KEY}undo{left}"}
        assert client.post(address(waiting, "undo/"), given).headers["Location"] == back
        assert waiting.steps.count() == left


def test_nothing_is_left_to_undo(world, waiting):
    with pytest.raises(Refusal) as told:
        services.undo_edit(waiting, seen=0, by=BY, now=world.now, key=world.key())
    assert told.value.code == "grid.edit_none"


def test_an_edit_keeps_what_was_there_to_the_last_digit(world, waiting):
    before = json.loads(Grid.objects.get().cells.get(code="G11").geometry)
    changes = editing.rename(queries.pen(waiting).draft, "G11", new="G11", name="新名", places=())
    services.edit_map(waiting, changes, action=EditAction.RENAME, seen=0, by=BY, now=world.now, key=world.key())
    assert json.loads(shapely.to_geojson(shape(waiting, "G11"))) == before


def test_a_map_of_unsaid_coordinates_is_not_edited_and_an_edited_one_keeps_its_coordinates(client, world, waiting):
    open_ = GridProposal.objects.get(pk=unsaid(world)["pk"])
    for page, cell in (("", ""), ("cells/", "G00")):
        assert client.get(address(open_, page, cell)).status_code == 404
    changes = editing.rename(queries.pen(open_).draft, "G00", new="G00", name="新名", places=())
    with pytest.raises(Refusal) as told:
        services.edit_map(open_, changes, action=EditAction.RENAME, seen=0, by=BY, now=world.now, key=world.key())
    assert told.value.code == "grid.datum_open"
    move(client, waiting)
    with pytest.raises(Refusal) as told:
        services.answer_datum(waiting, Datum.GCJ02, by=BY, now=world.now, key=world.key())
    assert told.value.code == "grid.datum_edited"


def test_a_boundary_of_several_features_bounds_every_edit(client, world):
    whole = squares()
    west = shapely.union_all([whole["G00"], whole["G10"]])
    east = shapely.union_all([whole["G01"], whole["G11"]])
    given = {"place": "E1", "datum": "wgs84", "tolerance": "0.5", "since": "2026-03-18", "key": KEY + "two"}
    files = {
        "file": SimpleUploadedFile("网格.geojson", geojson(whole)),
        "boundary": SimpleUploadedFile("边界.geojson", geojson({"w": west, "e": east})),
    }
    client.post("/desk/grid/new/", given | files)
    found = GridProposal.objects.get()
    changes = editing.rename(queries.pen(found).draft, "G11", new="G11", name="新名", places=())
    assert queries.pen(found).faults(changes) == []
    points = corners.corners(shape(found, "G01"))
    rim = points[points[:, 0].argmax()]
    inward = corners.move(queries.pen(found).draft, rim, corners.moved(rim, -20, 0))
    assert [fault.kind.value for fault in queries.pen(found).faults(inward)] == ["gap"]


@pytest.mark.parametrize(
    ("cell", "given", "leads"),
    [
        ("G00", {"does": "split", "first": "1", "last": "3", "via": "", "new": "G02", "name": ""}, "cells/G00/"),
        ("G00", {"does": "join", "other": "G01"}, "cells/G00/"),
        ("G00", {"does": "rename", "new": "G09", "name": "九号", "places": "B1"}, "cells/G09/"),
        ("G00", {"does": "corner", "corner": "1", "action": "drop"}, "cells/G00/"),
        ("", {"ring": RING, "new": "MID", "name": ""}, ""),
    ],
    ids=["split", "join", "rename", "corner", "draw"],
)
def test_a_second_click_counts_as_done(client, waiting, cell, given, leads):
    there = address(waiting, "cells/" if cell else "", cell)
    sent_twice = {"seen": "0", "key": KEY + "twice"} | given
    answers = [client.post(there, sent_twice) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer["Location"] for answer in answers} == {address(waiting) + leads}
    assert GridStep.objects.count() == 1


def test_an_undo_that_is_too_late_says_so(client, world, waiting):
    move(client, waiting)
    seen = queries.pen(waiting).seen
    services.undo_edit(waiting, seen=seen, by=BY, now=world.now, key=world.key())
    late = client.post(address(waiting, "undo/"), {"seen": seen, "key": KEY + "late"}, follow=True)
    assert [str(one) for one in late.context["messages"]] == ["您打开页面以后，图又改过，请重新看一遍。"]
    none = client.post(address(waiting, "undo/"), {"seen": "0", "key": KEY + "none"}, follow=True)
    assert [str(one) for one in none.context["messages"]] == ["还没有改过。"]
    again = client.post(address(waiting, "undo/"), {"seen": seen, "key": KEY + "late"}, follow=True)
    assert len([*again.context["messages"]]) == 1, "what was refused is refused again"
