from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.places import queries
from linli.places import services as places
from linli.places.models import GridProposal, GridStep
from linli.places.policy import editing
from linli.places.policy.datum import Datum
from linli.places.policy.steps import EditAction
from tests.catalogue import Example
from tests.catalogue.places import with_grid
from tests.places.making import geojson, overlapping, proven, squares
from tests.world import World


def sender(world: World) -> Actor:
    """Somebody who has sent no map before: a later map of one sender would take the place of the earlier."""
    return Actor(name=f"sender {world.key()}")


def proposal(world: World, content: bytes | None = None) -> dict[str, int]:
    made = places.propose_grid(
        world.places["E1"],
        since=world.now.date(),
        file_name="网格.geojson",
        cells=content or geojson(squares()),
        boundary=b"",
        datum=Datum.WGS84,
        tolerance=0.5,
        identify="",
        by=sender(world),
        now=world.now,
        key=world.key(),
    )
    return {"pk": made.pk}


def unsaid(world: World) -> dict[str, int]:
    """A map that does not say its datum."""
    made = places.propose_grid(
        world.places["E1"],
        since=world.now.date(),
        file_name="网格.geojson",
        cells=geojson(squares()),
        boundary=b"",
        datum=None,
        tolerance=0.5,
        identify="",
        by=sender(world),
        now=world.now,
        key=world.key(),
    )
    return {"pk": made.pk}


def divided_community(world: World) -> dict[str, str]:
    """A community with a map of four cells, made once, of which one lists its estate."""
    if not world.places["C1"].grids.exists():
        survey = proven(places={"G00": ("E1",)})
        places.import_grid(world.places["C1"], survey, by=world.by, now=world.now, key=world.key())
    return {"code": "C1"}


def faulty(world: World) -> dict[str, int]:
    return proposal(world, geojson(overlapping()))


def edited(world: World) -> dict[str, int]:
    """A map with one edit: a cell has another name."""
    made = proposal(world, geojson(squares()))
    found = GridProposal.objects.get(pk=made["pk"])
    changes = editing.rename(queries.pen(found).draft, "G00", new="G00", name="一号网格", places=())
    by = sender(world)
    places.edit_map(found, changes, action=EditAction.RENAME, seen=0, by=by, now=world.now, key=world.key())
    return made


def last_edit() -> int:
    """The key of the last edit of the map that was edited last."""
    return GridStep.objects.latest("pk").pk


def undecided(world: World) -> dict[str, int]:
    """A map with two cells that lie on each other: people have to say which of them goes."""
    return proposal(world, geojson(squares() | {"G99": squares()["G00"]}))


EXAMPLES = [
    Example("organisations", query={"on": "2026-03-01"}),
    Example("body-rules"),
    Example("body", kwargs=lambda w: {"code": "BR1"}, at="BR1"),
    Example(
        "body-found",
        chooses="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {
            "parent": "BR1" if w else "",
            "kind": "branch",
            "name": "第三院落党支部",
            "code": "BY3",
            "serves": "Y2",
            "since": "2026-01-01",
            "document": "〔2026〕1号",
        },
    ),
    Example(
        "body-rename",
        kwargs=lambda w: {"code": "BR1"},
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"name": "改名的党支部", "on": "2026-03-18", "document": "〔2026〕2号"},
    ),
    Example(
        "body-move",
        kwargs=lambda w: {"code": "BY2"},
        at="BR1",
        chooses="BY1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"parent": "BY1", "on": "2026-03-18", "document": "〔2026〕3号"},
    ),
    Example("desk-places", role=Role.SUBDISTRICT_STAFF),
    Example(
        "place-add",
        chooses="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"parent": "E1", "kind": "courtyard", "name": "第三院落", "code": "Y3"},
    ),
    Example(
        "desk-grids",
        role=Role.SUBDISTRICT_STAFF,
        states={"with a grid": with_grid, "maps that wait": lambda w: edited(w) and proposal(w) and {}},
    ),
    Example(
        "grid-propose",
        chooses="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {
            "place": "E1",
            "file": SimpleUploadedFile("网格.geojson", geojson(squares())),
            "datum": "wgs84",
            "tolerance": "0.5",
            "since": "2026-03-18",
        },
    ),
    Example(
        "grid-divide",
        kwargs=divided_community,
        at="RC1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"least": "1", "most": "5", "datum": "wgs84", "since": "2026-03-18"},
    ),
    Example(
        "grid-figures",
        kwargs=proposal,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        states={"beside the map that holds": lambda w: with_grid(w) and {} or proposal(w)},
    ),
    Example(
        "grid-proposal",
        kwargs=proposal,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"since": "2026-04-01", "seen": "0"},
        states={"faulty": faulty},
    ),
    Example("grid-discard", kwargs=edited, at="BR1", role=Role.SUBDISTRICT_STAFF, data=lambda w: {}),
    Example(
        "grid-history",
        kwargs=lambda w: with_grid(w) or {"code": "Y1"},
        at="BY1",
        role=Role.SUBDISTRICT_STAFF,
        states={"none": lambda w: {"code": "B1"}},
    ),
    Example(
        "grid-datum",
        kwargs=unsaid,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"datum": "gcj02"},
    ),
    Example(
        "grid-mended",
        kwargs=faulty,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"since": "2026-04-01", "seen": "0"},
        states={"something left": undecided},
    ),
    Example(
        "grid-begin",
        kwargs=lambda w: with_grid(w) or {"code": "Y1"},
        at="BY1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"seen": "0"},
    ),
    Example(
        "grid-edit",
        kwargs=edited,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {
            "seen": last_edit(),
            "ring": "112.9005,28.2005\n112.9015,28.2005\n112.9015,28.2015",
            "new": "NEW",
        },
        states={"faulty": faulty},
    ),
    Example(
        "grid-edit-cell",
        kwargs=lambda w: edited(w) | {"code": "G00"},
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {
            "does": "corner",
            "seen": last_edit(),
            "corner": "1",
            "action": "move",
            "east": "1",
            "north": "0",
        },
        states={"faulty": lambda w: faulty(w) | {"code": "G00"}},
    ),
    Example(
        "grid-edit-try",
        kwargs=lambda w: edited(w) | {"code": "G00"},
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"seen": last_edit(), "corner": "1", "action": "move", "east": "1", "north": "0"},
        html=False,
        writes=False,
    ),
    Example(
        "grid-edit-undo",
        kwargs=edited,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"seen": last_edit()},
        html=False,
    ),
    Example("grid-mended-map", kwargs=faulty, at="BR1", role=Role.SUBDISTRICT_STAFF, html=False),
    Example("grid-faults", kwargs=faulty, at="BR1", role=Role.SUBDISTRICT_STAFF, html=False),
]
