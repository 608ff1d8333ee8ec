"""A refusal knows the field at which the form shows it."""

import pytest

from linli.lib.errors import Refusal
from linli.places.policy.datum import Datum
from linli.places.policy.kept import prove_kept
from linli.places.policy.sending import Sent, prove
from tests.places.making import geojson, proven, squares

GOOD = geojson(squares())
FAR = b'{"type": "Polygon", "coordinates": [[[10, 10], [10.1, 10], [10.1, 10.1], [10, 10]]]}'


@pytest.mark.parametrize(
    ("cells", "boundary", "tolerance", "field"),
    [(b"", b"", 0.5, "file"), (GOOD, b"?", 0.5, "boundary"), (GOOD, FAR, 0.5, "boundary"), (GOOD, b"", 0, "tolerance")],
)
def test_where_a_refusal_stands(cells, boundary, tolerance, field):
    with pytest.raises(Refusal) as refused:
        prove(*Sent(cells, boundary).read(), datum=Datum.WGS84, tolerance=tolerance)
    assert refused.value.field == field


def test_a_kept_grid_that_does_not_touch_its_boundary_is_not_proven():
    cells = proven().cells
    assert prove_kept(cells, "", tolerance=0.5, noise=0.02) is not None
    assert prove_kept(cells, FAR.decode(), tolerance=0.5, noise=0.02) is None
