import pytest

from linli.lib.rulebook import Finding, Mark, Rule, Severity, broken


def too_many(count: int) -> Finding | None:
    return Finding(MOST, {"count": count}, "%(count)s is more than 3: take some away.") if count > 3 else None


def odd(count: int) -> Finding | None:
    return Finding(EVEN, {}, "Add one.") if count % 2 else None


MOST = Rule("T1", "At most 3", "A regulation, 2018", Mark.SECOND_HAND, Severity.USUALLY, too_many)
EVEN = Rule("T2", "Even", "A regulation, 2018", Mark.UNVERIFIED, Severity.MUST, odd)


@pytest.mark.parametrize(("count", "codes"), [(2, []), (3, ["T2"]), (4, ["T1"]), (5, ["T1", "T2"])])
def test_what_is_broken_comes_in_the_order_of_the_rules(count, codes):
    assert [finding.rule.code for finding in broken((MOST, EVEN), count)] == codes


def test_a_finding_says_what_is_wrong_and_how_to_mend_it():
    assert [str(finding) for finding in broken((MOST, EVEN), 5)] == ["5 is more than 3: take some away.", "Add one."]


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("severity", list(Severity))
def test_nobody_fails_by_a_source_that_was_not_seen(mark, severity):
    rule = Rule("T3", "Even", "A regulation, 2018", mark, severity, odd)
    assert (rule.weight is Severity.MUST) is (mark is Mark.SEEN and severity is Severity.MUST)
