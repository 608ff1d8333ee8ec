"""Writes of members."""

from linli.members.services.register import appoint, enrol, ensure_class, link_account, name_key, set_consent
from linli.members.services.roster import (
    Imported,
    forget_old_uploads,
    forget_upload,
    import_roster,
    import_upload,
    keep_upload,
)
from linli.members.services.standings import begin_standing, end_standing, note_contact

__all__ = [
    "Imported",
    "appoint",
    "begin_standing",
    "end_standing",
    "enrol",
    "ensure_class",
    "forget_old_uploads",
    "forget_upload",
    "import_roster",
    "import_upload",
    "keep_upload",
    "link_account",
    "name_key",
    "note_contact",
    "set_consent",
]
