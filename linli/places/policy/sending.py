"""A map as it is sent in: the file of the cells, perhaps one of the boundary, and how to read them."""

from __future__ import annotations

from linli.lib.errors import Refusal
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells, read_cells
from linli.places.policy.survey import Survey, survey

MAX_FILE = 20 * 2**20


def read_survey(cells: bytes, boundary: bytes, *, datum: Datum, tolerance: float, identify: str) -> Survey:
    """Read and prove; `boundary` and `identify` may be empty.

    Refused, with the field `file`, `boundary` or `tolerance`: what cannot be read, what `check_cover` refuses.
    """
    named = _read(cells, "file", identify or None)
    parent = _read(boundary, "boundary", "#") if boundary else None
    try:
        return survey(named, parent, tolerance=tolerance, datum=datum)
    except Refusal as refusal:
        field = "tolerance" if refusal.code == "grid.tolerance" else "boundary"
        raise refusal.at(field=field) from None


def _read(data: bytes, field: str, identify: str | None) -> Cells:
    try:
        return read_cells(data, identify=identify)
    except Refusal as refusal:
        raise refusal.at(field=field) from None
