"""What a command says about the datum of a map."""

from __future__ import annotations

from typing import Any

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells
from linli.places.policy.fits import better, settle
from linli.places.policy.report import Note
from linli.places.queries import Fitting


def datum_notes(told: Datum | None, cells: Cells, fitting: Fitting | None) -> tuple[Note, ...]:
    """Return what is to be said about the datum. Refused: one that was not told and is clearly not WGS-84."""
    shares = fitting.shares if fitting else {}
    if settle(told, cells, shares) is not None:
        return ()
    read = told or Datum.WGS84
    best = better(shares, read)
    if best is None:
        return (Note(gettext_noop("The file does not say its coordinates; it was read as WGS 84 (--crs tells)."), {}),)
    values: dict[str, Any] = {
        "best": best.value,
        "fits": f"{100 * shares[best]:.1f}",
        "read": read.value,
        "else": f"{100 * shares[read]:.1f}",
        "grid": str(fitting.grid.valid_from) if fitting and fitting.grid else "",
    }
    message = gettext_noop(
        "Compared with the grid from %(grid)s on, the map fits as %(best)s (%(fits)s %% of the land agree), not as "
        "%(read)s (%(else)s %%): tell it by --crs."
    )
    if told is None:
        raise Refusal("grid.datum", message, **values)
    return (Note(message, values),)
