import pytest

from linli.walls.policy.voice import speaker

OWNER = "1.2.3."


@pytest.mark.parametrize(
    ("seats", "path"),
    [
        ({OWNER}, OWNER),
        ({"1.", OWNER, "1.2."}, OWNER),
        ({"1.", "1.2."}, "1.2."),
        ({"1.9.9.", "1."}, "1."),
        ({"1.9.9.", "1.9."}, "1.9.9."),
        (set(), OWNER),
    ],
    ids=["own", "own among others", "nearest above", "above before beside", "only beside", "no role: the house"],
)
def test_the_nearest_body_speaks(seats, path):
    assert speaker(seats, OWNER) == path
