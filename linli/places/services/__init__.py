"""Writes of places: their tree, and grids."""

from linli.places.services.grids import adopt_proposal, assign_places, import_grid, propose_grid
from linli.places.services.tree import add_place

__all__ = ["add_place", "adopt_proposal", "assign_places", "import_grid", "propose_grid"]
