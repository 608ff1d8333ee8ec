from typing import Any

from linli.access.roles import Role
from linli.grid.models import CellWorker, GridNotice, HouseholdLink
from linli.grid.policy.workers import PhoneUse
from linli.places.models import Place
from tests.catalogue import Example
from tests.catalogue.places import with_grid
from tests.grid.making import TODAY, a_grid, cell_of, linked, posted_notice, second_building, worker
from tests.places.making import LAT, LON, STEP
from tests.world import World


def held(w: World) -> dict[str, Any]:
    """A building of BY2 with one door that is linked and one that is free."""
    second_building(w)
    if not HouseholdLink.objects.exists():
        linked(w, "BY2-2", doors=[Place.objects.get(code="U9-001")])
    return {"code": "B9"}


def full(w: World) -> dict[str, Any]:
    held(w)
    with_grid(w)
    return {}


def cell(w: World) -> dict[str, Any]:
    """A cell with two workers and a notice, made once; its neighbours are vacant."""
    here = {"place": "E1", "code": "G00"}
    if CellWorker.objects.filter(cell_code="G00", valid_to=None).exists():
        return here
    a_grid(w)
    worker(w, phone="0731-88880001", phone_use=PhoneUse.WORK)
    worker(w, name="钱小七", member=w.members["BY2"][1], full_name=True, phone="13800000001", phone_use=PhoneUse.AGREED)
    posted_notice(w)
    return here


def vacant(w: World) -> dict[str, Any]:
    return cell(w) | {"code": "G01"}


def duty(w: World) -> dict[str, Any]:
    cell(w)
    return {"pk": CellWorker.objects.filter(member=None).latest("pk").pk}


def own_duty(w: World) -> dict[str, Any]:
    """A duty of the member whose own telephone is shown."""
    cell(w)
    held = CellWorker.objects.filter(cell_code="G10", valid_to=None).first()
    if held is not None:
        return {"pk": held.pk}
    given = {"name": "", "phone": "13800000001", "phone_use": PhoneUse.AGREED}
    return {"pk": worker(w, cell_of(code="G10"), member=w.members["BY1"][0], **given).pk}


def listed(w: World) -> dict[str, Any]:
    cell(w)
    return {}


def noticed(w: World) -> dict[str, Any]:
    """A place with a notice of its own."""
    cell(w)
    if not GridNotice.objects.filter(place__code="E1", valid_to=None).exists():
        posted_notice(w, "E1", since=TODAY)
    return {"place": "E1"}


def answering(w: World) -> dict[str, Any]:
    cell(w)
    second_building(w)
    if not HouseholdLink.objects.filter(door__code="U9-001").exists():
        linked(w, "BY2-2", doors=[Place.objects.get(code="U9-001")])
    return {"code": "U9-001"}


def spot(_w: World) -> dict[str, Any]:
    return {"longitude": str(LON + STEP / 2), "latitude": str(LAT + STEP / 2)}


SHOWN = {"kind": "staff", "phone": "0731-88880002", "phone_use": "work"}
NOTICE = {"supervision": "0731-88880000", "items": "独居老人｜每周看望", "since": TODAY.isoformat()}


EXAMPLES = [
    Example("doors", states={"linked": full}),
    Example("doors-free", states={"some": full}),
    Example("doors-members", states={"some": full}, query={"show": "H2"}),
    Example("doors-cells", states={"with a grid": full}, role=Role.COMMUNITY_STAFF),
    Example("doors-sizes", states={"with a grid": full}, role=Role.COMMUNITY_STAFF),
    Example("doors-sizes-list", html=False),
    Example("doors-list", html=False),
    Example("doors-building", kwargs=held, at="BY2", states={"a stairwell": lambda w: held(w) | {"code": "U9"}}),
    Example(
        "doors-link",
        kwargs=held,
        at="BY2",
        data=lambda w: {"doors": ["U9-002"], "member": "BY2-3", "day": TODAY.isoformat()},
    ),
    Example("doors-unlink", kwargs=held, at="BY2", data=lambda w: {"doors": ["U9-001"], "day": TODAY.isoformat()}),
    Example(
        "worker-add",
        kwargs=vacant,
        at="BR1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: {"name": "孙小八", "since": TODAY.isoformat()} | SHOWN,
    ),
    Example("worker", kwargs=duty, at="BR1", role=Role.COMMUNITY_STAFF, data=lambda w: SHOWN),
    Example("worker-end", kwargs=duty, at="BR1", role=Role.COMMUNITY_STAFF, data=lambda w: {"day": TODAY.isoformat()}),
    Example(
        "grid-notice",
        kwargs=lambda w: listed(w) | {"place": "E1"},
        at="BR1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: NOTICE,
        states={"of its own": noticed},
    ),
    Example(
        "grid-notice-back",
        kwargs=noticed,
        at="BR1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: {"reason": "电话写错了"},
    ),
    Example("door", kwargs=answering, at="BY2", query={"on": TODAY.isoformat()}),
    Example("door-pdf", kwargs=answering, at="BY2", html=False),
    Example("api-door", kwargs=answering, at="BY2", html=False),
    Example("map", states={"with a grid": listed}),
    Example("cell", kwargs=cell, states={"vacant": vacant}),
    Example("map-data", kwargs=lambda w: listed(w) | {"place": "E1"}, html=False),
    Example("cell-poster", kwargs=cell, html=False),
    Example(
        "cell-posters", kwargs=lambda w: listed(w) | {"place": "E1"}, at="BR1", role=Role.COMMUNITY_STAFF, html=False
    ),
    Example("find-cell", query={"q": "地E1"}, states={"several": listed}),
    Example("find-here", data=spot, keyed=False, writes=False),
    Example("my-cells", own="member", states={"some": lambda w: own_duty(w) and {}}),
    Example("my-cell-phone", kwargs=own_duty, own="member", data=lambda w: {}),
    Example("my-doors", own="member", states={"some": lambda w: linked(w, "BY1-1") and {} or {}}),
]
