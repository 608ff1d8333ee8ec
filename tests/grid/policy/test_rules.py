"""The warnings about linked households and centre households, at their boundaries."""

import pytest

from linli.grid.policy.rules import CELL_RULES, MEMBER_RULES, CellFacts, Load
from linli.lib.rulebook import broken
from linli.rules.policy.defaults import DEFAULTS

LIMITS = {code: default.value for code, default in DEFAULTS.items()}


@pytest.mark.parametrize(
    ("doors", "age", "away", "codes"),
    [
        (0, 40, False, "H2"),
        (4, None, False, "H2"),
        (5, 40, False, ""),
        (20, 40, False, ""),
        (21, 40, False, "H1"),
        (0, 69, False, "H2"),
        (0, 70, False, ""),
        (0, 40, True, ""),
        (1, 70, False, "H3"),
        (6, 40, True, "H3"),
        (21, 70, False, "H1 H3"),
    ],
)
def test_members(doors, age, away, codes):
    found = broken(MEMBER_RULES, Load(doors, age, away, LIMITS))
    assert " ".join(finding.rule.code for finding in found) == codes
    assert all(str(finding).startswith(f"{doors} households") for finding in found)


@pytest.mark.parametrize(("centres", "codes"), [(0, "H4"), (1, "H4"), (2, ""), (5, ""), (6, "H5")])
def test_cells(centres, codes):
    found = broken(CELL_RULES, CellFacts(centres, LIMITS))
    assert " ".join(finding.rule.code for finding in found) == codes
    assert all(str(finding).startswith(f"{centres} centre households") for finding in found)
