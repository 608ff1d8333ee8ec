"""Where the default numbers come from, with how sure that is."""

from __future__ import annotations

from linli.lib.words import gettext_noop

MOBILE = gettext_noop("Practice of managing mobile members; source still to be checked")
BRANCHES = gettext_noop("Regulations on the work of party branches (trial, 2018); source still to be checked")
ORGANS = gettext_noop(
    "Regulations for party organisations in organs (arts. 5–6), made for organs (B8); source still to be checked"
)
ELECTIONS = gettext_noop(
    "Regulations on elections of grass-roots party organisations (2020); source still to be checked"
)
ELECTIONS_SEEN = gettext_noop("Regulations on elections of grass-roots party organisations (2020), arts. 3 and 4")
TERMS = gettext_noop("Regulations on the work of party branches (2018), rule B7; source still to be checked")
FOSHAN = gettext_noop("Practice of Foshan: once every half-year; source still to be checked")
OWN = gettext_noop("Default of this product")
LOST = gettext_noop("Rules on mobile members of 2024, with a term of two years; source still to be checked")
WAY = gettext_noop("Rules on developing members of the Communist Party of China, 2014; source still to be checked")
DUTY = gettext_noop("Talk at three months, action at six; source still to be checked")
CENTRES = gettext_noop(
    "Opinion of Ninghai county on centre households (2020), a local practice; source still to be checked"
)
BEIJING = gettext_noop("Order times of a Beijing standard (draft of 2021); source still to be checked")
CELLS = gettext_noop("Practice of subdistricts with 300 to 500 households a cell; source still to be checked")
LINE = gettext_noop("Line of the political and legal committees on the size of cells; source still to be checked")
MICRO = gettext_noop("Practice of micro-grids with 30 to 50 households; source still to be checked")
