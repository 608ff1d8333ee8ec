"""Writes of persons who were entered twice: one record lasts, of the other only its number is left."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import (
    Applicant,
    Candidate,
    Classification,
    Consent,
    Contact,
    DataRequest,
    Departure,
    Member,
    Membership,
    Post,
    Transfer,
    Voter,
)
from linli.members.policy.election_states import OVER
from linli.members.policy.kinds import TransferState
from linli.members.queries.duplicates import Joining, Passing, joining

SAME = gettext_noop("%(number)s is this member; give the other number.")
DONE = gettext_noop("%(number)s is the second number of somebody already; look the member up again.")
STRANGERS = gettext_noop(
    "%(one)s and %(two)s share neither name, birthday nor telephone. Correct what is wrong first, then make them one."
)
SLIP_OPEN = gettext_noop("A transfer of %(name)s is under way (slip %(number)s); take the slip back first.")
ELECTED = gettext_noop(
    "%(number)s stands on the roll of an election of %(body)s that is not over; finish it or call it off first."
)
CHANGED = gettext_noop("What would happen is not what you were shown; look at it again and confirm it.")
CARRIED = (Contact, DataRequest, Departure, Transfer)
"""Rows that pass over as they are."""


def join(other: Member, *, into: Member, shown: str, by: Actor, now: datetime, key: str) -> Member:
    """Make `other` one with `into`, as the plan with the mark `shown` says; return the lasting record.

    What holds between dates passes over for the days of which `into` says nothing, empty facts are filled, a log-in
    passes where `into` has none. What bears the number (rolls, ledger, closed elections) keeps it; consents end, since
    they were given for another record. Locks both. Not undone. Refused: strangers, an open slip or election of the
    other, a plan that is not the one shown.
    """
    day = local_date(now)
    with writing("member.join", by=by, now=now, key=key) as event:
        both = Member.objects.select_for_update().filter(pk__in=[other.pk, into.pk]).order_by("pk")
        found = {member.pk: member for member in both}
        _refuse(found[other.pk], found[into.pk])
        plan = joining(found[into.pk], found[other.pk], day)
        if not plan.same_person:
            values = {"one": found[into.pk].number, "two": found[other.pk].number}
            raise Refusal("join-strangers", STRANGERS, field="number", **values)
        if plan.mark != shown:
            raise Refusal("plan-changed", CHANGED)
        kept, gone = found[into.pk], found[other.pk]
        _pass_on(plan, kept)
        _carry(gone, kept, now)
        _fill(plan, kept, gone, day)
        event.about(kept.ref, other=gone.number, rows=sum(bool(each.spans) for each in plan.rows))
        event.also("member.joined", gone.ref, into=kept.number)
    return kept


def _refuse(other: Member, into: Member) -> None:
    if other.pk == into.pk:
        raise Refusal("join-same", SAME, field="number", number=other.number)
    for each in (other, into):
        if each.same_as_id is not None:
            raise Refusal("join-done", DONE, field="number", number=each.number)
    slip = Transfer.objects.filter(member=other, state=TransferState.ISSUED).first()
    if slip is not None:
        raise Refusal("join-slip", SLIP_OPEN, field="number", name=other.name, number=slip.number)
    over = [state.value for state in OVER]
    for table in (Voter, Candidate):
        held = table.objects.filter(member=other).exclude(election__state__in=over).select_related("election__body")
        line = held.first()
        if line is not None:
            values = {"number": other.number, "body": line.election.body.name}
            raise Refusal("join-election", ELECTED, field="number", **values)


def _pass_on(plan: Joining, kept: Member) -> None:
    """Give `kept` each row of the other for its spans; the rows of the other go first, so that none overlaps."""
    for each in plan.rows:
        type(each.row).objects.filter(pk=each.row.pk).delete()
    for each in plan.rows:
        for since, until in each.spans:
            _piece(each, kept, since, until)


def _piece(passing: Passing, kept: Member, since: date, until: date | None) -> None:
    row = passing.row
    piece = copy(row)
    piece.pk, piece.member, piece.valid_from, piece.valid_to = None, kept, since, until
    if isinstance(piece, Membership) and until != row.valid_to:
        piece.ended = ""
    if isinstance(piece, Post) and piece.term_until is not None and piece.term_until <= since:
        piece.term_until = None
    piece.save(force_insert=True)


def _carry(gone: Member, kept: Member, now: datetime) -> None:
    Consent.objects.filter(member=gone, withdrawn_at=None).update(withdrawn_at=now)
    for table in (*CARRIED, Consent):
        table.objects.filter(member=gone).update(member=kept)
    if not Applicant.objects.filter(member=kept).exists():
        Applicant.objects.filter(member=gone).update(member=kept)
    Member.objects.filter(same_as=gone).update(same_as=kept)


def _fill(plan: Joining, kept: Member, gone: Member, day: date) -> None:
    """Fill the empty facts of the lasting record, give it the log-in, and leave of the other only its number."""
    for fact in plan.facts:
        setattr(kept, fact.field, fact.result)
    user = gone.user
    blank: dict[str, object] = {"sex": "", "education": "", "phone": ""}
    blank |= dict.fromkeys(("born_on", "joined_on", "full_on", "probation_until", "user"))
    for field, value in (blank | {"name": kept.name, "name_key": kept.name_key, "same_as": kept}).items():
        setattr(gone, field, value)
    gone.save()
    kept.user = kept.user or user
    held = Classification.objects.on(day).filter(member=kept).select_related("member_class").first()
    kept.member_class = held.member_class if held else kept.member_class
    kept.save()
