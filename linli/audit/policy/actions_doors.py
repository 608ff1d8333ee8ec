"""What the actions on doors, workers and notices of a grid are called."""

from __future__ import annotations

from linli.lib.words import gettext_noop

DOOR_ACTIONS = {
    "household.end_departed": gettext_noop("Links of who left were ended"),
    "household.link": gettext_noop("Doors were linked"),
    "household.pass_on": gettext_noop("Doors passed to the lasting record"),
    "household.unlink": gettext_noop("Links were ended"),
    "notice.publish": gettext_noop("The notice of a grid was published"),
    "notice.take_back": gettext_noop("The notice of a grid was taken back"),
    "worker.appoint": gettext_noop("A grid worker was entered"),
    "worker.change": gettext_noop("What is shown of a grid worker was changed"),
    "worker.end": gettext_noop("A duty of a grid worker was ended"),
    "worker.end_over": gettext_noop("Duties of grid workers that are over were ended"),
    "worker.reseal": gettext_noop("Telephones of grid workers were sealed anew"),
    "worker.withdraw": gettext_noop("A grid worker took back that the own telephone is shown"),
}
