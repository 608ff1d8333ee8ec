"""Writes after the count: offices filled by the new committee, the report, the word of the body above, the posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.spans import months_after
from linli.lib.words import gettext_noop
from linli.members.models import Candidate, Election, Member, Membership
from linli.members.policy.election_results import E4, Share
from linli.members.policy.election_rules import E3
from linli.members.policy.election_states import Action
from linli.members.policy.kinds import SINGLE_TITLES, Title
from linli.members.policy.votes import Q3, Meeting, enforce
from linli.members.queries import elections as queries
from linli.members.services.elections import step
from linli.members.services.posts import appoint, end_posts
from linli.organisations import queries as organisations
from linli.organisations.models import Body

VOTED = (Title.SECRETARY, Title.DEPUTY)
"""Offices for which the committee votes; the others it shares out."""


@dataclass(frozen=True, slots=True)
class Office:
    """A member's post in the new committee, and the votes for it where the committee voted."""

    title: Title
    yes: int = 0


def choose_officers(
    election: Election, *, offices: Mapping[str, Office], present: int, by: Actor, now: datetime, key: str
) -> Election:
    """Write who of the elected (member numbers) holds which office, as the new committee, `present` of it, decided.

    Refused: somebody elected without an office or not elected with one, less than half of the committee there (Q3),
    not exactly one secretary (E3), a secretary or deputy without more than half of the votes (E4), a post twice.
    """
    with writing("election.choose", by=by, now=now, key=key) as event:
        found = step(election, Action.CHOOSE)
        elected = {one.member.number: one for one in queries.candidates(found) if one.elected}
        if offices.keys() != elected.keys():
            raise Refusal(
                "election-offices",
                gettext_noop("Each of the %(count)d elected gets one office; choose one for each."),
                count=len(elected),
            )
        _check_meeting(len(elected), present)
        _check_offices(offices, {number: one.member.name for number, one in elected.items()}, present)
        for number, one in elected.items():
            office = offices[number]
            one.title, one.office_yes = office.title, office.yes if office.title in VOTED else None
        Candidate.objects.bulk_update(elected.values(), ["title", "office_yes"])
        found.committee_present = present
        found.save()
        event.about(found.ref, present=present)
    return found


def report_result(election: Election, *, document: str, by: Actor, now: datetime, key: str) -> Election:
    """Note that the result went to the body above, under the number `document` (E9)."""
    with writing("election.report", by=by, now=now, key=key) as event:
        found = step(election, Action.REPORT)
        found.report, found.reported_on, found.remark = document, local_date(now), ""
        found.save()
        event.about(found.ref, document=document)
    return found


def approve(election: Election, *, document: str, by: Actor, now: datetime, key: str) -> Election:
    """Approve secretary and deputy and file the members: their posts begin today, those before them end.

    The term counts from the day of the election. Who of the elected belongs neither to the body nor below it any more
    is left out; the event names those. Locks the body, then the elected. Refused: by somebody who approves nothing
    above the body.
    """
    with writing("election.approve", by=by, now=now, key=key) as event:
        found = step(election, Action.APPROVE)
        _above(found, by)
        today = local_date(now)
        found.approval, found.approved_on, found.remark = document, today, ""
        found.save()
        end_posts(found.body, queries.titles_of(found.elects), today)
        until = months_after(found.held_on or today, 12 * found.term_years)
        elected = [one for one in queries.candidates(found) if one.elected]
        here = _still_here(found.body, elected, today)
        for number, one in enumerate([one for one in elected if one.member_id in here], start=1):
            appoint(
                one.member,
                body=found.body,
                title=Title(one.title),
                since=today,
                term_until=until,
                document=document,
                by=by,
                now=now,
                key=f"{key}:post-{number}",
            )
        gone = [one.member.number for one in elected if one.member_id not in here]
        told = {"left_out": gone} if gone else {}
        event.about(found.ref, document=document, posts=len(here), until=until.isoformat(), **told)
    return found


def send_back(election: Election, *, reason: str, by: Actor, now: datetime, key: str) -> Election:
    """Send a report back with the reason; offices can then be filled anew. Refused: as for `approve`."""
    with writing("election.send_back", by=by, now=now, key=key) as event:
        found = step(election, Action.SEND_BACK)
        _above(found, by)
        found.remark = reason
        found.save()
        event.about(found.ref)
    return found


def _still_here(body: Body, elected: Sequence[Candidate], day: date) -> set[int]:
    """Return the keys of the elected members who belong to `body` or below it on `day`; locks it, then them."""
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    members = Member.objects.select_for_update().filter(pk__in=[one.member_id for one in elected]).order_by("pk")
    held = Membership.objects.on(day).filter(organisations.below_on(body, day, "body"), member__in=list(members))
    return set(held.values_list("member", flat=True))


def _above(found: Election, by: Actor) -> None:
    if by.signed_in and not queries.may_approve(by, found.body):
        raise Refusal(
            "election-upper",
            gettext_noop("The body above %(body)s approves; ask its staff."),
            body=found.body.name,
        )


def _check_meeting(committee: int, present: int) -> None:
    if present > committee:
        raise Refusal(
            "election-committee-present",
            gettext_noop("%(present)d present, but the new committee has %(count)d members. Correct the number."),
            field="present",
            present=present,
            count=committee,
        )
    enforce(Q3, Meeting(committee, present))


def _check_offices(offices: Mapping[str, Office], names: Mapping[str, str], present: int) -> None:
    titles = [office.title for office in offices.values()]
    enforce(E3, titles)
    for title in SINGLE_TITLES:
        if titles.count(title) > 1:
            raise Refusal(
                "election-office-twice",
                gettext_noop("%(title)s is given to %(count)d members; one of them holds it. Change the others."),
                title=title,
                count=titles.count(title),
            )
    for number, office in offices.items():
        if office.title not in VOTED:
            continue
        if office.yes > present:
            raise Refusal(
                "election-office-votes",
                gettext_noop("%(name)s: %(yes)d votes, but %(present)d were present. Count again."),
                field=f"yes-{number}",
                name=names[number],
                yes=office.yes,
                present=present,
            )
        enforce(E4, Share(names[number], office.yes, present))
