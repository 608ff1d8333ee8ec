"""Commands about places and grids."""

from linli.places.commands.grids import grid
from linli.places.commands.tree import places

__all__ = ["grid", "places"]
