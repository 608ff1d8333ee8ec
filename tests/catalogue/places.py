from linli.places import services
from tests.catalogue import Example
from tests.places.making import proven
from tests.world import World


def with_grid(world: World) -> dict[str, str]:
    services.import_grid(
        world.places["Y1"], proven(places={"G00": ("B1",)}), by=world.by, now=world.now, key=world.key()
    )
    return {}


EXAMPLES = [
    Example("place", kwargs=lambda w: {"code": "E1"}, states={"in a cell": lambda w: with_grid(w) or {"code": "B1"}}),
]
