"""What the actions on grids and maps are called."""

from __future__ import annotations

from linli.lib.words import gettext_noop

GRID_ACTIONS = {
    "grid.adopt": gettext_noop("A grid was adopted"),
    "grid.datum": gettext_noop("The coordinates of a map were said"),
    "grid.discard": gettext_noop("A map that waited was thrown away"),
    "grid.divide": gettext_noop("A community was divided anew"),
    "grid.draft": gettext_noop("A copy of a grid was taken to be edited"),
    "grid.edit": gettext_noop("A map was edited"),
    "grid.forget": gettext_noop("Maps that nobody saved for 30 days were removed"),
    "grid.import": gettext_noop("A grid was imported"),
    "grid.propose": gettext_noop("A grid was proposed"),
    "grid.undo": gettext_noop("An edit of a map was taken back"),
}
