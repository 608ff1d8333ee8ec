"""Telephone numbers in clear: each look is an event, of one member or of a roster; sealing anew after a new secret."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.members.policy.phones import ShowReason
from linli.members.queries import phones
from linli.organisations.models import Body

NONE_KEPT = gettext_noop("No telephone number of this member is kept.")
FIELD = "phone"


def show_phone(member: Member, *, reason: ShowReason, by: Actor, now: datetime, key: str) -> str:
    """Return the member's number in clear. The event says who, whose, which field and why, never the number.

    Refused: where none is kept, or none that can be read.
    """
    with writing("member.show_phone", by=by, now=now, key=key) as event:
        if not member.phone:
            raise Refusal("phone-none", NONE_KEPT)
        event.about(member.ref, field=FIELD, reason=reason.value)
        number: str = member.phone
    return number


def note_phones_exported(scope: Body | None, *, count: int, by: Actor, now: datetime, key: str) -> None:
    """Enter in the log that a roster of `scope` (None: the whole house) goes out with `count` numbers in clear."""
    with writing("roster.export_phones", by=by, now=now, key=key) as event:
        event.about(scope.ref if scope else "body:", field=FIELD, count=count)


def reseal_phones(*, by: Actor, now: datetime, key: str) -> int:
    """Seal every readable number under the newest secret of the server; return how many changed. Locks each."""
    with writing("member.reseal_phones", by=by, now=now, key=key) as event:
        wanted = phones.stale_keys()
        for member in Member.objects.select_for_update().filter(pk__in=wanted).only("pk", FIELD).order_by("pk"):
            member.save(update_fields=[FIELD])
        event.about("phones", count=len(wanted))
    return len(wanted)
