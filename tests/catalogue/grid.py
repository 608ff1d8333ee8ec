from typing import Any

from linli.access.roles import Role
from linli.grid.models import HouseholdLink
from linli.places.models import Place
from tests.catalogue import Example
from tests.catalogue.places import with_grid
from tests.grid.making import TODAY, linked, second_building
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


EXAMPLES = [
    Example("doors", states={"linked": full}),
    Example("doors-free", states={"some": full}),
    Example("doors-members", states={"some": full}, query={"show": "H2"}),
    Example("doors-cells", states={"with a grid": full}, role=Role.COMMUNITY_STAFF),
    Example("doors-list", html=False),
    Example("doors-building", kwargs=held, at="BY2", states={"a stairwell": lambda w: held(w) | {"code": "U9"}}),
    Example(
        "doors-link",
        kwargs=held,
        at="BY2",
        data=lambda w: {"doors": ["U9-002"], "member": "BY2-3", "day": TODAY.isoformat()},
    ),
    Example("doors-unlink", kwargs=held, at="BY2", data=lambda w: {"doors": ["U9-001"], "day": TODAY.isoformat()}),
    Example("my-doors", own="member", states={"some": lambda w: linked(w, "BY1-1") and {} or {}}),
]
