"""What a telephone number may be shown in clear for; the reason stands in the audit log, which holds no free text."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class ShowReason(Labelled):
    """Why somebody looks at a member's number."""

    NOTICE = "notice", gettext_noop("To tell the member about an activity or a meeting")
    CARE = "care", gettext_noop("To ask how the member is, or to visit")
    CHECK = "check", gettext_noop("To check the register with the member")
    URGENT = "urgent", gettext_noop("In an emergency")
