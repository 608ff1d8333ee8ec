from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.lib.errors import Refusal
from linli.rules import queries, services
from linli.rules.models import RuleValue, SpecialDay
from linli.rules.policy import years

RULE = "wall.child_days"
TODAY = date(2026, 3, 18)


def let(world, value, since=TODAY, place="S", **changes):
    given = {"by": world.by, "now": world.now, "key": world.key(), "source": "街道〔2026〕1号"} | changes
    return services.set_value(RULE, place_code=place, value=value, since=since, **given)


def on(day, *places):
    return queries.value(RULE, places, day)


def test_a_value_holds_from_its_day_and_below_its_place(world):
    let(world, 5, date(2026, 4, 1))
    assert on(date(2026, 3, 31), "S", "C1") == 7
    assert on(date(2026, 4, 1), "S", "C1") == 5
    let(world, 3, date(2026, 4, 1), place="C1")
    assert on(date(2026, 4, 1), "S", "C1") == 3
    assert on(date(2026, 4, 1), "S", "C2") == 5


def test_values_follow_each_other_in_any_order(world):
    let(world, 5, date(2026, 6, 1))
    let(world, 6, date(2026, 4, 1))
    let(world, 4, date(2026, 5, 1))
    let(world, 3, date(2026, 5, 1))
    found = [on(date(2026, month, 1), "S") for month in (3, 4, 5, 6)]
    assert found == [7, 6, 3, 5]
    assert RuleValue.objects.filter(code=RULE).count() == 3


@pytest.mark.parametrize(
    ("value", "since", "code"),
    [(5, TODAY - timedelta(days=1), "rule-past"), (0, TODAY, "rule-bounds"), (366, TODAY, "rule-bounds")],
)
def test_what_is_refused(world, value, since, code):
    with pytest.raises(Refusal) as refused:
        let(world, value, since)
    assert refused.value.code == code
    assert refused.value.field in {"value", "since"}
    assert not RuleValue.objects.exists()


def test_an_unknown_rule_is_an_error(world):
    with pytest.raises(KeyError):
        services.set_value(
            "no.such", place_code="S", value=1, since=TODAY, source="", by=world.by, now=world.now, key=world.key()
        )


def test_the_settings_show_value_source_and_what_is_to_come(world):
    let(world, 5)
    let(world, 4, date(2026, 5, 1))
    row = next(row for row in queries.settings_of(["S"], TODAY) if row.code == RULE)
    assert (row.value, row.source, row.since, row.coming) == (5, "街道〔2026〕1号", TODAY, ((date(2026, 5, 1), 4),))
    assert queries.settings_of(["S"], TODAY)[0].since is None


def seed(world, year):
    return services.seed_year(year, by=world.by, now=world.now, key=world.key())


def test_the_official_year_2026_with_its_make_up_days(world):
    seed(world, 2026)
    calendar = queries.calendar()
    assert calendar.is_working(date(2026, 2, 14))  # Saturday, made up
    assert calendar.is_working(date(2026, 1, 4))  # Sunday, made up
    assert not calendar.is_working(date(2026, 2, 18))
    assert not calendar.is_working(date(2026, 2, 23))  # Monday, bridging day
    assert not calendar.provisional(date(2026, 2, 18))


def test_a_year_without_the_notice_is_provisional_until_confirmed(world):
    assert not years.official(2027)
    assert seed(world, 2027) > 10
    day = date(2027, 10, 1)
    assert queries.calendar().provisional(day)
    services.set_day(date(2027, 10, 9), working=True, name="调休上班", by=world.by, now=world.now, key=world.key())
    assert queries.calendar().provisional(day)
    services.confirm_year(2027, by=world.by, now=world.now, key=world.key())
    assert not queries.calendar().provisional(day)
    assert queries.calendar().is_working(date(2027, 10, 9))


def test_a_year_without_days_cannot_be_confirmed(world):
    with pytest.raises(Refusal):
        services.confirm_year(2030, by=world.by, now=world.now, key=world.key())


def test_seeding_again_changes_nothing_that_was_entered(world):
    seed(world, 2026)
    services.set_day(date(2026, 5, 6), working=False, name="地方假日", by=world.by, now=world.now, key=world.key())
    before = SpecialDay.objects.count()
    assert seed(world, 2026) == 0
    assert SpecialDay.objects.count() == before


def test_a_day_goes_back_to_the_week(world):
    seed(world, 2026)
    services.set_day(date(2026, 2, 14), working=None, name="", by=world.by, now=world.now, key=world.key())
    assert not queries.calendar().is_working(date(2026, 2, 14))


def test_days_of_other_years_do_not_slip_in():
    assert {entry.day.year for entry in years.days_of(2024)} == {2024}
