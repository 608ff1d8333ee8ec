"""The sorts of personal data (PIPL arts. 6, 17, 19): why each is kept, who sees it, when it dies.

Which field is of which sort stands in `personal`. The privacy notice and `docs/privacy.md` are made from both.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.lib.words import Labelled, gettext_noop


class Basis(Labelled):
    """Why it may be kept (PIPL art. 13)."""

    DUTY = "duty", gettext_noop("Duty of a Party organisation towards its members")
    CONSENT = "consent", gettext_noop("Your consent, which you can take back")
    REQUEST = "request", gettext_noop("Needed to answer what you asked for")
    LAW = "law", gettext_noop("Duty by law (network logs, rights of those concerned)")


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of personal data; all texts are msgids. `optional`: it is erased on request."""

    what: str
    purpose: str
    basis: Basis
    seen_by: str
    dies: str
    optional: bool = False


_DESK = gettext_noop("Staff of the own branch and above with the right to see members")
_EDITORS = gettext_noop("The own branch secretary and the offices above")
_ENDS = gettext_noop("Kept with the register; names in public records are masked")

SORTS: dict[str, Sort] = {
    "person": Sort(
        gettext_noop("Name, member number, sex, date of birth, education"),
        gettext_noop("To keep the register and to count by age and education"),
        Basis.DUTY, _DESK, _ENDS,
    ),
    "phone": Sort(
        gettext_noop("Phone number"), gettext_noop("To reach you"), Basis.CONSENT,
        gettext_noop(
            "Encrypted at rest; masked for staff of the own branch and above; in clear for the own branch secretary "
            "and the offices above, for a reason that stands in the log"
        ),
        gettext_noop("On your request"), optional=True,
    ),
    "membership": Sort(
        gettext_noop("Stage, unit, class, posts, what holds for a time, transfers, departure, doors linked to you"),
        gettext_noop("To know who is due at meetings and votes, and who answers for whom"),
        Basis.DUTY, _EDITORS, _ENDS,
    ),
    "worker": Sort(
        gettext_noop("Grid workers: name, as what they work, work telephone, cells with their days"),
        gettext_noop("To tell residents whom to turn to, and who answered for a cell on a day"), Basis.LAW,
        gettext_noop(
            "Everybody: the cell, the surname, the whole name and an own telephone where the worker agrees, the work "
            "telephone where the unit posts it; the rest staff who see members"
        ),
        gettext_noop("The telephone with the duty; name and days stay with the history of the cell"),
    ),
    "checkin": Sort(
        gettext_noop("Home unit, its contact and slip, where and when checked in"),
        gettext_noop("To know who takes part in the community, and to tell the home unit where you agreed"),
        Basis.DUTY, _EDITORS, _ENDS,
    ),
    "election": Sort(
        gettext_noop("Rolls of voters, candidacies, votes received; never how somebody voted"),
        gettext_noop("To hold elections by the rules and to prove it"),
        Basis.DUTY, _EDITORS, _ENDS,
    ),
    "applicant": Sort(
        gettext_noop("Applicants: name, sex, date of birth, education, steps with their days"),
        gettext_noop("To accompany an application"), Basis.REQUEST, _EDITORS,
        gettext_noop("With the application; after admission it belongs to the register"),
    ),
    "attendance": Sort(
        gettext_noop("Lines on rolls: present, on leave, absent"),
        gettext_noop("To keep the record of organisational life"), Basis.DUTY,
        gettext_noop("Staff of the own branch and above with the right to see rolls"), _ENDS,
    ),
    "points": Sort(
        gettext_noop("Deeds and points"), gettext_noop("To make the monthly bulletin"), Basis.DUTY,
        gettext_noop("Staff of the own branch; in public only masked, unless you agree"),
        gettext_noop("Never: sealed lines prove that nothing was changed; they hold the number, not the name"),
    ),
    "consent": Sort(
        gettext_noop("What you agreed to, and since when"), gettext_noop("To prove what you agreed to"), Basis.LAW,
        gettext_noop("You; the log"), gettext_noop("Stays, so that it can be proven"),
    ),
    "account": Sort(
        gettext_noop("Account: user name, shown name, e-mail, roles, last log-in"),
        gettext_noop("To let you in, and to give each only what the task needs"), Basis.DUTY,
        gettext_noop("Those who give roles above you"), gettext_noop("Stays without rights when the roles end"),
    ),
    "issue": Sort(
        gettext_noop("Issues and complaints: text, photo, contact, and the reporter where a member chose so"),
        gettext_noop("To answer them"), Basis.REQUEST,
        gettext_noop("Who works on it; in public the masked text only, of private matters nothing"),
        gettext_noop("Stays with the record of the issue; photos without a check are never shown"),
    ),
    "request": Sort(
        gettext_noop("Your requests about your data, and the answers"), gettext_noop("To answer them"), Basis.LAW,
        _EDITORS, gettext_noop("Stays, so that it can be proven"),
    ),
    "duty": Sort(
        gettext_noop("Who answers for a duty, in words"), gettext_noop("To know who does what until when"),
        Basis.DUTY, gettext_noop("Staff who see the organisation tree; everybody where the institution is public"),
        gettext_noop("Stays with the duty"),
    ),
    "trace": Sort(
        gettext_noop("Which account recorded, confirmed or changed something, and when"),
        gettext_noop("To tell who did what"), Basis.LAW, gettext_noop("Auditors and the subdistrict office"),
        gettext_noop("Stays, at least for the six months of the law; the log names accounts, no persons"),
    ),
}  # fmt: skip
