import pytest

from linli.lib.month import Month


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-3", "0000-01", "0001-01", "9999-12", "２０２６-01"])
def test_a_month_that_cannot_be(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        Month.parse(text)


def test_every_month_has_one_before_and_one_after():
    assert Month.parse("0002-01").previous.first.year == 1
    assert Month.parse("9998-12").following.first.year == 9999
