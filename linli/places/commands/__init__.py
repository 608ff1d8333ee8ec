"""Commands about places and grids."""

from linli.places.commands import dividing, mending
from linli.places.commands.grids import grid
from linli.places.commands.tree import places

grid.command()(mending.repair)
grid.command()(dividing.divide)

__all__ = ["grid", "places"]
