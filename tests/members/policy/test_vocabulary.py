"""The words of the sheets and the values of the register are one list."""

import pytest

from linli.members.policy.kinds import Education, Sex, Stage, Title
from linli.members.policy.vocabulary import CLASSES, EDUCATIONS, SEXES, STAGES, TITLES, by_word, default_class


@pytest.mark.parametrize(("words", "kind"), [(SEXES, Sex), (STAGES, Stage), (EDUCATIONS, Education), (TITLES, Title)])
def test_every_value_has_words_and_no_word_stands_for_two(words, kind):
    assert set(words) == {member.value for member in kind}
    assert len(by_word(words)) == sum(map(len, words.values()))


@pytest.mark.parametrize(
    ("classes", "code"), [(CLASSES, "direct"), ({"a": "在职", "b": "社区直管"}, "b"), ({"a": "在职"}, ""), ({}, "")]
)
def test_the_class_of_those_whose_roster_names_none(classes, code):
    assert default_class(classes) == code
