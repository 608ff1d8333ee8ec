"""A member's code that an organiser scans: who it is, for ten minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.clock import local_date
from linli.lib.mask import mask_name
from linli.members import queries as members
from linli.members.models import Member

LIVES = timedelta(minutes=10)
SALT = "linli.activities.scan"


def code_of(member: Member) -> str:
    """Return the code of the member, signed; it holds for ten minutes."""
    return signing.dumps(member.number, salt=SALT)


def member_of(code: str) -> Member | None:
    """Return whose code it is, the lasting record of a second number; None for one too old, 404 for what is none."""
    try:
        number = signing.loads(code, salt=SALT, max_age=LIVES)
    except signing.SignatureExpired:
        return None
    except signing.BadSignature as error:
        raise Http404 from error
    found = Member.objects.select_related("same_as").filter(number=number).first()
    if found is None:
        raise Http404
    return found.same_as or found


def name_for(actor: Actor, member: Member, now: datetime) -> str:
    """Return the name as `actor` may read it: masked where the member's unit is beyond the reach."""
    reached = members.members(actor, Permission.ROLL_RECORD, local_date(now)).filter(pk=member.pk).exists()
    return member.name if reached else mask_name(member.name)
