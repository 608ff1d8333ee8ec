"""The words of the sheets and the values of the register are one list."""

import pytest

from linli.members.policy.kinds import Education, Sex, Stage, Title
from linli.members.policy.vocabulary import EDUCATIONS, SEXES, STAGES, TITLES, by_word


@pytest.mark.parametrize(("words", "kind"), [(SEXES, Sex), (STAGES, Stage), (EDUCATIONS, Education), (TITLES, Title)])
def test_every_value_has_words_and_no_word_stands_for_two(words, kind):
    assert set(words) == {member.value for member in kind}
    assert len(by_word(words)) == sum(map(len, words.values()))
