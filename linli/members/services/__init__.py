"""Writes of members."""

from linli.members.services.applicants import admit, advance, apply, make_full, prolong, talk
from linli.members.services.checkins import check_in, check_out
from linli.members.services.classes import (
    add_rule,
    assign,
    ensure_class,
    ensure_default_classes,
    note_check,
    reassign,
    remove_rule,
    set_unified,
)
from linli.members.services.departures import depart, take_back
from linli.members.services.duplicates import join
from linli.members.services.phones import note_phones_exported, reseal_phones, show_phone
from linli.members.services.posts import appoint, end_post
from linli.members.services.register import enrol, link_account, set_consent, show_identity
from linli.members.services.reorganise import dissolve, hand_over, merge, split
from linli.members.services.requests import answer, ask
from linli.members.services.roster import (
    Imported,
    forget_old_uploads,
    forget_upload,
    import_roster,
    import_upload,
    keep_upload,
)
from linli.members.services.standings import begin_standing, end_standing, note_contact
from linli.members.services.transfers import announce, issue, receive, withdraw

__all__ = [
    "Imported",
    "add_rule",
    "admit",
    "advance",
    "announce",
    "answer",
    "apply",
    "appoint",
    "ask",
    "assign",
    "begin_standing",
    "check_in",
    "check_out",
    "depart",
    "dissolve",
    "end_post",
    "end_standing",
    "enrol",
    "ensure_class",
    "ensure_default_classes",
    "forget_old_uploads",
    "forget_upload",
    "hand_over",
    "import_roster",
    "import_upload",
    "issue",
    "join",
    "keep_upload",
    "link_account",
    "make_full",
    "merge",
    "note_check",
    "note_contact",
    "note_phones_exported",
    "prolong",
    "reassign",
    "receive",
    "remove_rule",
    "reseal_phones",
    "set_consent",
    "set_unified",
    "show_identity",
    "show_phone",
    "split",
    "take_back",
    "talk",
    "withdraw",
]
