"""The one way in which a rule says no."""

from __future__ import annotations

from typing import Self


class Refusal(Exception):
    """A rule, a state or an input refused an action.

    `code` is stable and machine readable. `message` is an English msgid with named
    `%(name)s` places, marked by `gettext_noop`; it says what, where, and how to mend.
    `field` names the form field at fault, where there is one.
    """

    def __init__(self, code: str, message: str, /, *, field: str | None = None, **values: object) -> None:
        super().__init__(code, message, values)
        self.code = code
        self.message = message
        self.field = field
        self.values = values
        self.file = ""

    def at(self, *, file: str = "", field: str | None = None) -> Self:
        """Return the refusal, which now knows where the fault lies: in `file`, said first; at `field`."""
        self.file = file or self.file
        self.field = field or self.field
        return self

    def __str__(self) -> str:
        said = self.message % self.values if self.values else self.message
        return f"{self.file}: {said}" if self.file else said


class Repeated(Exception):
    """The request key was used before: the work is done already; `ref` names what it made or changed."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.ref = ref
