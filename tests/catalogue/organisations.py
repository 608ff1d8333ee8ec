from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.places import services as places
from linli.places.policy.datum import Datum
from tests.catalogue import Example
from tests.catalogue.places import with_grid
from tests.places.making import geojson, overlapping, squares
from tests.world import World


def proposal(world: World, content: bytes | None = None, sender: str = "tests") -> dict[str, int]:
    made = places.propose_grid(
        world.places["E1"],
        since=world.now.date(),
        file_name="网格.geojson",
        cells=content or geojson(squares()),
        boundary=b"",
        datum=Datum.WGS84,
        tolerance=0.5,
        identify="",
        by=Actor(name=sender),
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
        by=Actor(name="a fourth sender"),
        now=world.now,
        key=world.key(),
    )
    return {"pk": made.pk}


def faulty(world: World) -> dict[str, int]:
    return proposal(world, geojson(overlapping()), "another sender")


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
    Example("desk-grids", role=Role.SUBDISTRICT_STAFF, states={"with a grid": with_grid}),
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
        "grid-proposal",
        kwargs=proposal,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"since": "2026-04-01"},
        states={"faulty": faulty},
    ),
    Example(
        "grid-datum",
        kwargs=unsaid,
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"datum": "gcj02"},
    ),
    Example("grid-faults", kwargs=faulty, at="BR1", role=Role.SUBDISTRICT_STAFF, html=False),
]
