from random import Random

import pytest

from linli.demo.policy.people import OLDEST, YOUNGEST, committee_ages


@pytest.mark.parametrize("count", [5, 35])
def test_the_mean_age_is_exact_whatever_the_seed(count):
    for seed in range(300):
        ages = committee_ages(Random(seed), count)
        assert sum(ages) * 10 == 338 * count
        assert YOUNGEST <= min(ages)
        assert max(ages) <= OLDEST


def test_a_mean_that_no_whole_years_give_is_an_error():
    with pytest.raises(ValueError, match="3"):
        committee_ages(Random(1), 3)
