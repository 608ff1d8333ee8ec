"""What the actions on divisions are called."""

from __future__ import annotations

from linli.lib.words import gettext_noop

DIVISION_ACTIONS = {"grid.divide": gettext_noop("A community was divided anew")}
