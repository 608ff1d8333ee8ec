"""Writes of persons who were entered twice: one record lasts, of the other only its number is left."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime

from linli.access.catalogue import Permission
from linli.access.decide import Actor, allowed
from linli.audit.services import Draft, writing
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
from linli.members.policy.kinds import Ending, TransferState
from linli.members.queries.duplicates import Joining, Passing, joining

SAME = gettext_noop("%(number)s is this member; give the other number.")
DONE = gettext_noop("%(number)s is the second number of somebody already; look the member up again.")
STRANGERS = gettext_noop(
    "%(one)s and %(two)s may be two people: one person has the same name and no two birthdays, or the same birthday "
    "and telephone. Correct what is wrong first, then make them one."
)
STAGES = gettext_noop("%(one)s and %(two)s are not at the same stage (%(first)s, %(second)s); correct one first.")
OWN = gettext_noop("One of the two is your own record; ask a colleague.")
LOGIN = gettext_noop(
    "%(number)s has a log-in, which only who gives roles here can pass on. Let this record last instead, or ask them."
)
DIED = gettext_noop(
    "%(number)s is entered as dead since %(day)s, and the other record goes on; take the departure back first."
)
SLIP_OPEN = gettext_noop("A transfer of %(name)s is under way (slip %(number)s); take the slip back first.")
ELECTED = gettext_noop(
    "%(number)s stands on the roll of an election of %(body)s that is not over; finish it or call it off first."
)
CHANGED = gettext_noop("What would happen is not what you were shown; look at it again and confirm it.")
CARRIED = (Contact, DataRequest, Transfer)
"""Rows that pass over as they are."""


def join(other: Member, *, into: Member, shown: str, by: Actor, now: datetime, key: str) -> Member:
    """Make `other` one with `into`, as the plan with the mark `shown` says; return the lasting record.

    What holds between dates passes over for the days of which `into` says nothing, empty facts are filled, a log-in
    passes where `into` has none. What bears the number (rolls, ledger, closed elections) keeps it; consents end, since
    they were given for another record. Locks both, without their keys. Not undone. Refused: who may be two people,
    stages that differ, the own record, a log-in by one who gives no roles there, an open slip or election of the
    other, a plan that is not the one shown.
    """
    day = local_date(now)
    with writing("member.join", by=by, now=now, key=key) as event:
        pks = [other.pk, into.pk]
        both = Member.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
        found = {member.pk: member for member in both}
        gone, kept = found[other.pk], found[into.pk]
        _refuse_state(gone, kept)
        plan = joining(kept, gone, day)
        _refuse_person(plan)
        _refuse_login(plan, by)
        if plan.mark != shown:
            raise Refusal("plan-changed", CHANGED)
        _pass_on(plan, kept)
        _carry(gone, kept, now)
        _fill(plan, kept, gone, day, event)
        event.about(kept.ref, other=gone.number, rows=sum(bool(each.spans) for each in plan.rows))
        event.also("member.joined", gone.ref, into=kept.number)
    return kept


def _refuse_state(other: Member, into: Member) -> None:
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


def _refuse_person(plan: Joining) -> None:
    kept, other = plan.kept.member, plan.other.member
    numbers = {"one": kept.number, "two": other.number}
    if not plan.same_person:
        raise Refusal("join-strangers", STRANGERS, field="number", **numbers)
    if kept.stage != other.stage:
        stages = {"first": kept.get_stage_display(), "second": other.get_stage_display()}
        raise Refusal("join-stages", STAGES, field="number", **numbers, **stages)
    died = Departure.objects.filter(member=kept, ending=Ending.DIED).first()
    if died is not None and any(until is None or until > died.on for each in plan.units for _, until in each.spans):
        raise Refusal("join-died", DIED, field="number", number=kept.number, day=died.on.isoformat())


def _refuse_login(plan: Joining, by: Actor) -> None:
    """Refuse what `link_account` would: a log-in passed by one who gives no roles, and anything of the own record."""
    kept, other = plan.kept.member, plan.other.member
    if not by.signed_in:
        return
    if by.user_id in {kept.user_id, other.user_id}:
        raise Refusal("join-own", OWN, field="number")
    unit = plan.kept.last
    if other.user_id is not None and (unit is None or not allowed(by, Permission.GRANT_MANAGE, unit.path)):
        raise Refusal("join-login", LOGIN, field="number", number=other.number)


def _pass_on(plan: Joining, kept: Member) -> None:
    """Give `kept` each row of the other for its spans; the rows of the other go first, so that none overlaps."""
    begins = set(Membership.objects.filter(member=kept).values_list("valid_from", flat=True))
    for each in plan.rows:
        type(each.row).objects.filter(pk=each.row.pk).delete()
    left: set[date] = set()
    for each in plan.rows:
        for since, until in each.spans:
            if _piece(each, kept, since, until, begins) and until is not None:
                left.add(until)
    departures = Departure.objects.filter(member=plan.other.member)
    departures.exclude(on__in=left).delete()
    departures.update(member=kept)


def _piece(passing: Passing, kept: Member, since: date, until: date | None, begins: set[date]) -> bool:
    """Save the row of `kept` from `since` to `until`; tell whether with it the person left the register.

    That is so where the other record says so of that day, and the lasting one does not go on from it (`begins`).
    """
    row = passing.row
    piece = copy(row)
    piece.pk, piece.member, piece.valid_from, piece.valid_to = None, kept, since, until
    if isinstance(piece, Membership) and (until != row.valid_to or until in begins):
        piece.ended = ""
    if isinstance(piece, Post) and piece.term_until is not None and piece.term_until <= since:
        piece.term_until = None
    piece.save(force_insert=True)
    return isinstance(piece, Membership) and bool(piece.ended)


def _carry(gone: Member, kept: Member, now: datetime) -> None:
    Consent.objects.filter(member=gone, withdrawn_at=None).update(withdrawn_at=now)
    for table in (*CARRIED, Consent):
        table.objects.filter(member=gone).update(member=kept)
    if not Applicant.objects.filter(member=kept).exists():
        Applicant.objects.filter(member=gone).update(member=kept)
    Member.objects.filter(same_as=gone).update(same_as=kept)


def _fill(plan: Joining, kept: Member, gone: Member, day: date, event: Draft) -> None:
    """Fill the empty facts of the lasting record, give it the log-in, and leave of the other only its number."""
    for fact in plan.facts:
        setattr(kept, fact.field, fact.result)
    user = gone.user
    blank: dict[str, object] = {"sex": "", "education": "", "phone": ""}
    blank |= dict.fromkeys(("born_on", "joined_on", "full_on", "probation_until", "user"))
    for field, value in (blank | {"name": kept.name, "name_key": kept.name_key, "same_as": kept}).items():
        setattr(gone, field, value)
    gone.save()
    if user is not None:
        event.also("member.link_account", kept.ref, passed=kept.user is None, other=gone.number)
    kept.user = kept.user or user
    held = Classification.objects.on(day).filter(member=kept).select_related("member_class").first()
    kept.member_class = held.member_class if held else kept.member_class
    kept.save()
