"""The menu: what a visitor, a member and each role can open. Only what is built is listed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from linli.access.catalogue import Permission
from linli.lib.words import gettext_noop
from linli.web.access import Need, actor_of

ENTRIES: tuple[tuple[str, str, Permission | Need], ...] = (
    ("desk", gettext_noop("Desk"), Permission.DESK_OPEN),
    ("walls", gettext_noop("Walls"), Need.PUBLIC),
    ("echo", gettext_noop("Echo wall"), Need.PUBLIC),
    ("calendar", gettext_noop("Calendar"), Need.PUBLIC),
    ("map", gettext_noop("Map"), Need.PUBLIC),
    ("bulletins", gettext_noop("Bulletins"), Need.PUBLIC),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu."""

    words: str
    address: str
    current: bool


def menu(request: HttpRequest) -> dict[str, list[Entry]]:
    """Return the pages that the reader may open, and what leads to the reader's own page."""
    actor = actor_of(request)
    shown = [
        _entry(request, name, words)
        for name, words, need in ENTRIES
        if not isinstance(need, Permission) or actor.may(need) or actor.held_back
    ]
    mine = ("me", gettext_noop("My page")) if actor.signed_in else ("account_login", gettext_noop("Log in"))
    return {"menu": shown, "reader": [_entry(request, *mine)]}


def _entry(request: HttpRequest, name: str, words: str) -> Entry:
    address = reverse(name)
    return Entry(gettext(words), address, request.path.startswith(address))
