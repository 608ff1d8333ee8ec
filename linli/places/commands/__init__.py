"""Commands about places and grids."""

from linli.places.commands.grids import grid

__all__ = ["grid"]
