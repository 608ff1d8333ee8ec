from typing import Any

from tests.catalogue import Example
from tests.home.test_shown import centre, show
from tests.world import World


def shown(w: World) -> dict[str, Any]:
    return {"token": show(w, w.members["BY1"][1], full_name=True, branch=True)}


def bare(w: World) -> dict[str, Any]:
    return {"token": show(w, w.members["BY1"][2])}


def of_centre(w: World) -> dict[str, Any]:
    centre(w, w.members["BY1"][3])
    return {"token": show(w, w.members["BY1"][3], full_name=True, branch=True, centre=True)}


def own(w: World) -> dict[str, Any]:
    show(w, branch=True)
    return {}


EXAMPLES = [
    Example("shown", kwargs=shown, states={"bare": bare, "centre household": of_centre}),
    Example("my-identity", own="member", data=lambda w: {"full_name": "on"}, states={"shown": own}),
    Example("my-card", kwargs=own, own="member", html=False),
    Example("my-plate", kwargs=own, own="member", html=False),
]
