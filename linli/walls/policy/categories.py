"""The categories that a new house starts with. A subdistrict may rename them, or add its own."""

from __future__ import annotations

from dataclasses import dataclass

from linli.lib.words import gettext_noop
from linli.walls.policy.kinds import Clock


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """A category as shipped: name and guidance are English msgids."""

    name: str
    guidance: str
    clock: Clock
    private: bool = False


COMPLAINT = "complaint"
"""Taken by the complaint page of the subdistrict's wall only, so that no courtyard answers for itself."""

DEFAULTS: dict[str, CategoryWords] = {
    "rubbish": CategoryWords(
        gettext_noop("Rubbish and cleaning"), gettext_noop("Bins, stairwells, pests, smells"), Clock.ORDINARY
    ),
    "repair": CategoryWords(
        gettext_noop("Broken things"), gettext_noop("Lamps, doors, lifts, paths, playground"), Clock.ORDINARY
    ),
    "utility": CategoryWords(
        gettext_noop("No water, power, gas or heating"), gettext_noop("It failed and has not come back"), Clock.URGENT
    ),
    "danger": CategoryWords(
        gettext_noop("Danger"),
        gettext_noop(
            "Open manhole, fallen wire, blocked fire exit. Somebody in danger now: call 110, 119 or 120 first"
        ),
        Clock.DANGER,
    ),
    "neighbours": CategoryWords(
        gettext_noop("Noise and neighbours"), gettext_noop("Noise, pets, things left in the stairwell"), Clock.ORDINARY
    ),
    "parking": CategoryWords(
        gettext_noop("Parking and traffic"), gettext_noop("Parking spaces, charging, blocked ways"), Clock.ORDINARY
    ),
    "works": CategoryWords(
        gettext_noop("Larger works"), gettext_noop("Roof, pipes, lift replacement, shared money"), Clock.COMPLEX
    ),
    "private": CategoryWords(
        gettext_noop("Something personal"),
        gettext_noop("Your words are never shown in public, only that there is an issue and where it stands"),
        Clock.ORDINARY,
        private=True,
    ),
    COMPLAINT: CategoryWords(
        gettext_noop("Complaint or suggestion"),
        gettext_noop("About this site, or how we work; the subdistrict office answers"),
        Clock.ORDINARY,
        private=True,
    ),
    "other": CategoryWords(gettext_noop("Something else"), gettext_noop("We sort it for you"), Clock.ORDINARY),
}
