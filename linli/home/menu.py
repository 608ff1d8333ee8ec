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
    ("walls", gettext_noop("Walls"), Need.PUBLIC),
    ("echo", gettext_noop("Echo wall"), Need.PUBLIC),
    ("calendar", gettext_noop("Calendar"), Need.PUBLIC),
    ("map", gettext_noop("Map"), Need.PUBLIC),
    ("bulletins", gettext_noop("Bulletins"), Need.PUBLIC),
    ("me", gettext_noop("My page"), Need.SIGNED_IN),
    ("desk", gettext_noop("Desk"), Permission.DESK_OPEN),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu."""

    words: str
    address: str
    current: bool


def menu(request: HttpRequest) -> dict[str, list[Entry]]:
    """Return the entries that the reader may open."""
    actor = actor_of(request)
    entries = []
    for name, words, need in ENTRIES:
        if need is Need.SIGNED_IN and not actor.signed_in:
            continue
        if isinstance(need, Permission) and not (actor.may(need) or actor.held_back):
            continue
        address = reverse(name)
        entries.append(Entry(gettext(words), address, request.path.startswith(address)))
    return {"menu": entries}
