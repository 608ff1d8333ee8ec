"""What is wrong with the class or the unit of a member, case by case."""

import pytest

from linli.members.policy.classes import MENDS, Flaw, Held, flaws

GOOD, ENDED, GROUP = Held(unit=True, living=True), Held(unit=True, living=False), Held(unit=False, living=True)


@pytest.mark.parametrize(
    ("units", "classes", "found"),
    [
        ([GOOD], [1], []),
        ([], [1], [Flaw.NO_UNIT]),
        ([GOOD, GOOD], [1], [Flaw.TWO_UNITS]),
        ([GROUP], [1], [Flaw.UNIT_KIND]),
        ([ENDED], [1], [Flaw.UNIT_ENDED]),
        ([GOOD], [], [Flaw.NO_CLASS]),
        ([GOOD], [1, 2], [Flaw.TWO_CLASSES]),
        ([GOOD], [2], [Flaw.CLASS_DIFFERS]),
        ([], [], [Flaw.NO_UNIT, Flaw.NO_CLASS]),
    ],
)
def test_each_flaw_is_named(units, classes, found):
    assert flaws(units, classes, 1) == found


def test_each_flaw_has_a_mend():
    assert MENDS.keys() == set(Flaw)
