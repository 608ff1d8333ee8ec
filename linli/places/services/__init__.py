"""Writes of places: their tree, and grids."""

from linli.places.services.dividing import propose_division
from linli.places.services.drafting import draft_grid, edit_map, undo_edit
from linli.places.services.forgetting import forget_maps
from linli.places.services.grids import (
    adopt_proposal,
    answer_datum,
    discard_proposal,
    import_grid,
    propose_grid,
)
from linli.places.services.tree import NewPlace, add_place, add_places, import_places

__all__ = [
    "NewPlace",
    "add_place",
    "add_places",
    "adopt_proposal",
    "answer_datum",
    "discard_proposal",
    "draft_grid",
    "edit_map",
    "forget_maps",
    "import_grid",
    "import_places",
    "propose_division",
    "propose_grid",
    "undo_edit",
]
