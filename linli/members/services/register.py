"""Writes of members and their units."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import count

from django.conf import settings

from linli.access.decide import Actor
from linli.accounts import services as accounts
from linli.accounts.models import User
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Classification, Consent, Member, MemberClass, Membership, Shown, Transfer
from linli.members.policy.kinds import Purpose, TransferState
from linli.members.policy.names import name_key
from linli.organisations.models import Body
from linli.organisations.policy.kinds import UNITS

BATCH = 500
OWN_NUMBER = "M"
"""Begins the numbers that we give to members who have none: M000001, M000002, …"""


def enrol(member: Member, *, body: Body, by: Actor, now: datetime, key: str, since: date | None = None) -> Member:
    """Save a new member (unsaved `member`) into its one unit `body` from `since`.

    Refused: a member number that exists, a body that cannot have members.
    """
    day = since or member.joined_on or local_date(now)
    with writing("member.enrol", by=by, now=now, key=key) as event:
        enter(member, body, day)
        event.about(member.ref, body=body.code)
    return member


def enter(member: Member, body: Body, day: date) -> None:
    """Save a new member into `body` from `day`; without a number one of ours is given. Inside a write.

    Refused: a member number that exists, a body that cannot have members.
    """
    if Member.objects.filter(number=member.number).exists():
        raise Refusal(
            "member-number",
            gettext_noop("The member number %(number)s exists already; give another."),
            field="number",
            number=member.number,
        )
    check_unit(body)
    member.number = member.number or next(own_numbers())
    member.name_key = name_key(member.name)
    member.save()
    Membership.objects.create(member=member, body=body, valid_from=day)
    Classification.objects.create(member=member, member_class=member.member_class, valid_from=day)


def check_unit(body: Body) -> None:
    """Refuse a body that cannot have members."""
    if body.kind not in UNITS:
        raise Refusal("member-unit", gettext_noop("%(body)s cannot have members; choose a branch."), body=body.name)


def own_numbers(taken: Iterable[str] = ()) -> Iterator[str]:
    """Yield numbers of our own, above those in the register and those `taken`; who else gives numbers waits."""
    list(MemberClass.objects.select_for_update().values_list("pk"))
    known = [*Member.objects.filter(number__regex=rf"^{OWN_NUMBER}\d+$").values_list("number", flat=True)]
    known += [number for number in taken if number.startswith(OWN_NUMBER)]
    highest = max((int(number[1:]) for number in known if number[1:].isdecimal()), default=0)
    return (f"{OWN_NUMBER}{number:06}" for number in count(highest + 1))


def move(moves: Mapping[int, Body], day: date) -> None:
    """End the memberships that hold on `day` and begin those of `moves` (member → unit); inside a write.

    One begun on `day` itself is corrected. Until when and why a membership ends goes along with it.
    """
    held = {each.member_id: each for each in Membership.objects.on(day).filter(member__in=list(moves))}
    today = [each for each in held.values() if each.valid_from == day]
    for each in today:
        each.body = moves[each.member_id]
    Membership.objects.bulk_update(today, ["body"], batch_size=BATCH)
    earlier = {pk: each for pk, each in held.items() if each.valid_from < day}
    begun = [
        Membership(member_id=pk, body=body, valid_from=day, valid_to=was.valid_to, ended=was.ended)
        if (was := earlier.get(pk))
        else Membership(member_id=pk, body=body, valid_from=day)
        for pk, body in moves.items()
        if pk in earlier or pk not in held
    ]
    for each in earlier.values():
        each.valid_to, each.ended = day, ""
    Membership.objects.bulk_update(earlier.values(), ["valid_to", "ended"], batch_size=BATCH)
    Membership.objects.bulk_create(begun, batch_size=BATCH)


def keep_slips(moves: Mapping[int, Body], today: date, document: str = "") -> None:
    """Let open slips of those who moved (member → unit) stand as issued by the new unit; inside a write.

    Who is now where the slip leads needs it no more: it is taken back `today`, by `document` where there is one.
    """
    told = {"reason": document} if document else {}
    for unit in {body.pk: body for body in moves.values()}.values():
        members = [pk for pk, body in moves.items() if body.pk == unit.pk]
        slips = Transfer.objects.filter(state=TransferState.ISSUED, member__in=members)
        slips.filter(target=unit).update(state=TransferState.WITHDRAWN, ended_on=today, **told)
        slips.exclude(target=unit).update(source=unit)


def classify(given: Mapping[Member, MemberClass], day: date) -> None:
    """Put each member into a class from `day` on; one that began on `day` itself is corrected. Inside a write."""
    held = {row.member_id: row for row in Classification.objects.filter(member__in=given, valid_to=None)}
    corrected, ended, begun = [], [], []
    for member, member_class in given.items():
        row = held.get(member.pk)
        member.member_class = member_class
        if row is not None and row.valid_from >= day:
            row.member_class = member_class
            corrected.append(row)
            continue
        if row is not None:
            row.valid_to = day
            ended.append(row)
        begun.append(Classification(member=member, member_class=member_class, valid_from=day))
    Classification.objects.bulk_update(corrected, ["member_class"], batch_size=BATCH)
    Classification.objects.bulk_update(ended, ["valid_to"], batch_size=BATCH)
    Classification.objects.bulk_create(begun, batch_size=BATCH)
    Member.objects.bulk_update(given, ["member_class"], batch_size=BATCH)


def link_account(member: Member, *, user: User, by: Actor, now: datetime, key: str) -> Member:
    """Give `member` the account with which it logs in; from then on nobody confirms the own deeds with it.

    Refused: by somebody for the own account, an account that is another member's.
    """
    with writing("member.link_account", by=by, now=now, key=key) as event:
        if by.signed_in and user.pk == by.user_id:
            raise Refusal(
                "account-own", gettext_noop("You cannot link your own account; ask a colleague."), field="username"
            )
        if Member.objects.filter(user=user).exclude(pk=member.pk).exists():
            raise Refusal(
                "account-taken",
                gettext_noop("The account %(name)s belongs to another member; give another."),
                field="username",
                name=user.username,
            )
        if user.outside_party:
            accounts.set_outside_party(user, outside=False, by=by, now=now, key=f"{key}:outside")
        member.user = user
        member.save(update_fields=["user"])
        event.about(member.ref)
    return member


def set_consent(member: Member, *, purpose: Purpose, given: bool, by: Actor, now: datetime, key: str) -> None:
    """Give or withdraw the consent of `member` to one purpose; without a change nothing is written twice.

    Consent to show that one is a member shows no more than that; `show_identity` says what else.
    """
    with writing("member.consent", by=by, now=now, key=key) as event:
        event.about(member.ref, purpose=purpose.value, given=given)
        open_ones = Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None)
        if not given:
            open_ones.update(withdrawn_at=now)
        elif not open_ones.exists():
            consent = Consent.objects.create(member=member, purpose=purpose, given_at=now)
            if purpose is Purpose.IDENTITY_CARD:
                Shown.objects.create(consent=consent, token=_token(key))


def show_identity(
    member: Member, *, full_name: bool, branch: bool, centre: bool, by: Actor, now: datetime, key: str
) -> Shown:
    """Let `member` be shown with what is ticked: a new consent with a new token; the earlier one is withdrawn.

    Locks the member. What was printed before leads nowhere from now on.
    """
    with writing("member.show_identity", by=by, now=now, key=key) as event:
        Member.objects.select_for_update().get(pk=member.pk)
        purpose = Purpose.IDENTITY_CARD
        Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)
        consent = Consent.objects.create(member=member, purpose=purpose, given_at=now)
        event.about(member.ref, full_name=full_name, branch=branch, centre=centre)
        return Shown.objects.create(
            consent=consent, token=_token(key), full_name=full_name, branch=branch, centre=centre
        )


def _token(key: str) -> str:
    """Return 128 bits that nobody guesses without the secret of the house; one for each request."""
    return hmac.new(settings.SECRET_KEY.encode(), f"shown:{key}".encode(), "sha256").hexdigest()[:32]
