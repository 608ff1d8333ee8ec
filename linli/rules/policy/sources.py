"""Where the default numbers come from, with how sure that is."""

from __future__ import annotations

from linli.lib.words import gettext_noop

MOBILE = gettext_noop("Seen in secondary pages on mobile members (rule L1), article unchecked")
BRANCHES = gettext_noop("Regulations on the work of party branches (trial, 2018), seen in secondary pages")
ORGANS = gettext_noop("Regulations for party organisations in organs (arts. 5–6); unverified for communities (B8)")
ELECTIONS = gettext_noop("Regulations on elections of grass-roots party organisations (2020); seen in secondary pages")
ELECTIONS_SEEN = gettext_noop("Regulations on elections of grass-roots party organisations (2020), arts. 3 and 4")
TERMS = gettext_noop("Regulations on the work of party branches (2018); seen in secondary pages (rule B7)")
FOSHAN = gettext_noop("Practice of Foshan: once every half-year; seen in secondary pages")
OWN = gettext_noop("Default of this product")
LOST = gettext_noop("Unverified (rule L5): the regulation was not seen")
WAY = gettext_noop("Unverified: Rules on developing members of the Communist Party of China, 2014")
DUTY = gettext_noop("Seen in secondary pages on rule D6: talk at three months, action at six")
CENTRES = gettext_noop(
    "Opinion of Ninghai county on centre households (2020), a local practice; seen in secondary pages"
)
BEIJING = gettext_noop("Order times of a Beijing standard (draft of 2021), unverified")
