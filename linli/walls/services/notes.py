"""What the bodies are told: a number and an address, never the words of a resident."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext, override

from linli.lib.words import gettext_noop
from linli.notify.services import Note

ARRIVED = gettext_noop("New on %(wall)s: issue %(number)s")
PASSED_UP = gettext_noop("Passed up to %(wall)s: issue %(number)s")
OVERDUE_UP = gettext_noop("Overdue, passed up to %(wall)s: issue %(number)s")
LEFT = gettext_noop("Overdue and passed up from your wall to %(wall)s: issue %(number)s")
LATE = gettext_noop("Overdue on %(wall)s: issue %(number)s")
REOPENED = gettext_noop("The reporter is not satisfied, opened again on %(wall)s: issue %(number)s")


def note(message: str, *, number: str, wall: str, body_code: str, cause: str) -> Note:
    """Return the message `message` about an issue for a body, in the language of the house.

    `cause` says what happened to the issue, so that the same happening is told once.
    """
    with override(settings.LANGUAGE_CODE):
        subject = gettext(message) % {"number": number, "wall": wall}
        body = f"{subject}\n/desk/issues/{number}/"
    return Note(cause=f"issue:{number}:{cause}", audience=f"body:{body_code}", subject=subject, body=body)
