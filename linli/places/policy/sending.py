"""A map as it is sent in: the file of the cells, perhaps one of the boundary, and how to read them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from linli.lib.errors import Refusal
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells, read_cells
from linli.places.policy.kept import as_read
from linli.places.policy.survey import Survey, survey

MAX_FILE = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Sent:
    """Files as they came; all but `cells` may be empty. The layers are named where a file holds several."""

    cells: bytes
    boundary: bytes = b""
    identify: str = ""
    layer: str = ""
    boundary_layer: str = ""
    households: str = ""

    def read(self) -> tuple[Cells, Cells | None]:
        """Return cells and boundary. Refused, at the field of the file or its layer: what cannot be read."""
        named = _read(self.cells, "file", self.layer, self.identify or None, self.households)
        return named, _read(self.boundary, "boundary", self.boundary_layer, "#") if self.boundary else None

    def bare(self) -> Sent:
        """Return the same map without what nobody reads; attribute tables often name people. Refused: as `read`."""
        named, edge = self.read()
        bounds = None if edge is None else replace(edge, names=("",) * len(edge.ids), places=(), households=())
        return Sent(_packed(named), _packed(bounds) if bounds else b"")


def prove(
    named: Cells, boundary: Cells | None, *, datum: Datum, tolerance: float, noise: float | None = None
) -> Survey:
    """Prove what was read; `noise` as in `survey`.

    Refused, with the field `boundary` or `tolerance`: what `check_cover` refuses.
    """
    try:
        return survey(named, boundary, tolerance=tolerance, datum=datum, noise=noise)
    except Refusal as refusal:
        field = "tolerance" if refusal.code == "grid.tolerance" else refusal.field or "boundary"
        raise refusal.at(field=field) from None


def _packed(cells: Cells) -> bytes:
    return json.dumps(as_read(cells), ensure_ascii=False).encode()


def _read(data: bytes, field: str, layer: str, identify: str | None, households: str = "") -> Cells:
    try:
        return read_cells(data, identify=identify, layer=layer, households=households)
    except Refusal as refusal:
        asked = "layer" if field == "file" else "boundary_layer"
        raise refusal.at(field=asked if refusal.field == "layer" else field) from None
