"""Readers of single cells: each turns what a person typed into a value, or refuses with what and how to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial

from linli.files.policy.workbook import Cell
from linli.lib.cells import clean
from linli.lib.dates import read_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.policy.text import folded, plain
from linli.members.policy.vocabulary import (
    CLASS_WORDS,
    EDUCATIONS,
    NO_TITLE,
    SEXES,
    STAGES,
    TITLES,
    Words,
    by_word,
)

MAX_NUMBER, MAX_NAME = 20, 40
EXACT_DIGITS = 15
CARD_LENGTH = 18

NO_NAME = gettext_noop("The name is missing. Write it, or empty the whole row.")
BAD_NAME = gettext_noop("“%(text)s” cannot be a name. Write the name, at most %(limit)s characters.")
BAD_WORD = gettext_noop("“%(text)s” is not known here. Write one of: %(known)s.")
BAD_PHONE = gettext_noop("“%(text)s” is not one phone number. Write one mobile or landline number with its area code.")
LONG_NUMBER = gettext_noop("“%(text)s” is longer than %(limit)s characters. Write the member number only.")
ROUNDED = gettext_noop(
    "Excel has rounded this number to “%(text)s”. Format the column as text and write the member number again."
)
IDENTITY = gettext_noop("This looks like an identity-card number, which Linli does not keep. Write the member number.")

_PHONE = re.compile(r"1[3-9]\d{9}|(?:0\d{2,3})?-?[2-8]\d{6,7}(?:-\d{1,5})?")
_CARD = re.compile(r"\d{17}[\dXx]")
_NAME = re.compile(r"[^\d\W_](?:[^\d\W_]|[·•.\-' ])*")
_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,10}")
_TITLE_BREAK = re.compile(r"[、,，;；/兼和\n]+")


def read_name(value: Cell) -> str:
    """Return the name; spaces inside a Chinese name (张 三) are layout and go."""
    if isinstance(value, str) and _PLAIN_NAME.fullmatch(value):
        return value
    text = folded(value)
    if not text:
        raise Refusal("roster.name_missing", NO_NAME)
    if _NAME.fullmatch(text) is None or len(text) > MAX_NAME:
        raise Refusal("roster.name_bad", BAD_NAME, text=text[:MAX_NAME], limit=MAX_NAME)
    return text if text.isascii() else "".join(text.split())


def read_number(value: Cell) -> str:
    """Return the member number, or "" where none is given; refuses identity-card numbers and rounded ones."""
    if isinstance(value, str) and len(value) < CARD_LENGTH and value.isascii() and value.isalnum():
        return value
    text = plain(value)
    if isinstance(value, float) and len(text) > EXACT_DIGITS:
        raise Refusal("roster.number_rounded", ROUNDED, text=text)
    if _CARD.fullmatch(text):
        raise Refusal("roster.number_identity", IDENTITY)
    if len(text) > MAX_NUMBER:
        raise Refusal("roster.number_long", LONG_NUMBER, text=text, limit=MAX_NUMBER)
    return text


def read_phone(value: Cell) -> str:
    """Return the phone number, a mobile one as digits only, or ""."""
    if isinstance(value, str) and (not value or _PHONE.fullmatch(value)):
        return value
    text = plain(value).replace("(", "").replace(")", "-")
    text = re.sub(r"^(?:\+|00)86-?", "", text)
    joined = text.replace("-", "")
    phone = joined if joined.startswith("1") else text
    if phone and _PHONE.fullmatch(phone) is None:
        raise Refusal("roster.phone_bad", BAD_PHONE, text=plain(value))
    return phone


def _unknown(text: str, known: Collection[str]) -> str:
    raise Refusal("roster.word_unknown", BAD_WORD, text=text, known="、".join(known))


def _read_word(value: Cell, words: Mapping[str, str], known: Collection[str]) -> str:
    text = plain(value).casefold()
    return words[text] if text in words else _unknown(plain(value), known)


def word_reader(words: Words) -> Callable[[Cell], str]:
    """Return the reader of one vocabulary; an empty cell gives ""."""
    return partial(_read_word, words={"": ""} | by_word(words), known=[each[0] for each in words.values()])


read_sex = word_reader(SEXES)
read_stage = word_reader(STAGES)
read_education = word_reader(EDUCATIONS)
_TITLE_OF = by_word(TITLES)


def read_posts(value: Cell) -> tuple[str, ...]:
    """Return the titles of posts, several divided by 、 or 兼; none for 无, 党员, a dash."""
    titles = []
    for word in _TITLE_BREAK.split(str(value).strip()):
        text = plain(word)
        if text not in NO_TITLE:
            titles.append(_TITLE_OF.get(text) or _unknown(text, [each[0] for each in TITLES.values()]))
    return tuple(dict.fromkeys(titles))


def class_reader(classes: Mapping[str, str]) -> Callable[[Cell], str]:
    """Return the reader of the member class among `classes` (code → name); an empty cell gives ""."""
    codes = {plain(name).casefold(): code for code, name in classes.items()}
    words = {"": ""} | {code.casefold(): code for code in classes} | codes
    words |= {word: codes[name] for word, name in CLASS_WORDS.items() if name in codes}
    words |= {f"{word}党员": code for word, code in words.items() if word}
    return partial(_read_word, words=words, known=list(classes.values()))


def day_reader(today: date) -> Callable[[Cell], date | None]:
    """Return the reader of days; an empty cell gives None, a month or a year alone its first day."""

    def read(value: Cell) -> date | None:
        blank = isinstance(value, str) and not clean(value)
        return None if blank else read_date(value, today).day

    return read
