import numpy as np
import pytest
import shapely

from linli.places.policy.drawing import draw, short_labels
from tests.places.policy.maps import jittered_grid, placed


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        ((), ()),
        (("G1",), ("G1",)),
        (("网格10", "网格11"), ("10", "11")),
        (("A-东", "A-西"), ("东", "西")),
        (("the-long-east-side", "the-long-west-side"), ("1", "2")),
    ],
)
def test_labels_are_the_ends_in_which_codes_differ(codes, labels):
    assert short_labels(codes) == labels


def test_an_outline_that_crosses_itself_is_drawn_as_it_is():
    bow = shapely.Polygon([(114.3, 30.6), (114.301, 30.601), (114.301, 30.6), (114.3, 30.601)])
    shapes = np.append(placed(jittered_grid(2, 2, 1)), bow)
    drawing = draw(shapes, [str(number) for number in range(len(shapes))])
    assert len(drawing.figures) == len(shapes)
