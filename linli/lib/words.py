"""Texts where Django may not be imported: marking for translation, enumerations with a label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def gettext_noop(message: str) -> str:
    """Return `message` unchanged; marks it for the message catalogue (xgettext knows the name)."""
    return message


class Labelled(StrEnum):
    """An enumeration whose members carry a stored value and an English label (a msgid).

    Members are written `ACCEPTED = "accepted", gettext_noop("Accepted")`.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member of the stored `value` with its `label`."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
