"""Reads of elections: which are in reach, what is next in each, who votes; terms that end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.paths import covers, prefixes
from linli.lib.spans import months_after
from linli.members.models import Ballot, Candidate, Election, Post, Tally, Voter
from linli.members.policy.due import Occasion, Reason
from linli.members.policy.election_counts import Votes
from linli.members.policy.election_states import OVER, UPPER_ACTIONS, Action, State, actions
from linli.members.policy.elections import ELIGIBLE, OFFICES, Elects, Numbers, Opening
from linli.members.policy.kinds import BRANCH_TITLES, Title
from linli.members.queries.due import DueLine, explained
from linli.organisations import queries as organisations
from linli.organisations.models import Body, BodyPlace
from linli.organisations.policy.kinds import BodyKind
from linli.places.policy.kinds import PlaceKind
from linli.rules import queries as rules

HOLD, APPROVE = Permission.ELECTION_HOLD, Permission.ELECTION_APPROVE
ELECTING = (BodyKind.GENERAL_BRANCH, BodyKind.BRANCH)
"""Bodies whose members elect; a working committee is appointed."""
TEMPLATED = (BodyKind.WORKING_COMMITTEE, *ELECTING)
"""Bodies that can have own templates of the printed forms, for themselves and those below."""
CODES = {
    "quorum_percent": "election.quorum_percent",
    "surplus_percent": "election.surplus_percent",
    "delay_months": "election.delay_months",
    "ahead_months": "election.ahead_months",
    "congress_members": "election.congress_members",
    "community_years": "post.community_years",
    "years": "post.years",
}
_ABOVE_COMMUNITY = (PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT)


def numbers(body: Body, day: date) -> Numbers:
    """Return the numbers of the rules that hold for `body` on `day`."""
    values = rules.values(list(CODES.values()), organisations.rule_places(body, day), day)
    return Numbers(**{name: values[code] for name, code in CODES.items()})


def elections(actor: Actor) -> QuerySet[Election]:
    """Return the elections of the bodies in reach, the latest first."""
    return Election.objects.filter(organisations.below(actor.reach(HOLD), "body__path")).select_related("body")


def election(actor: Actor, pk: int) -> Election:
    """Return one of `elections`; 404 where there is none."""
    found = elections(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_approve(actor: Actor, body: Body) -> bool:
    """Tell whether `actor` approves elections at a body above `body`: nobody approves the own one."""
    return any(covers(path, body.path) and path != body.path for path in actor.reach(APPROVE))


def upper(body: Body) -> Body | None:
    """Return the body above, to which `body` reports; None: a root."""
    above = prefixes(body.path)[:-1]
    return Body.objects.filter(path__in=above).order_by("-path").first() if above else None


def least_present(found: Election) -> int | str:
    """Return how many voters have to be present (E1); empty while the roll is open."""
    if found.due is None:
        return ""
    percent = numbers(found.body, found.planned_on).quorum_percent
    return Opening(found.due, 0, percent).least


def approvable(actor: Actor, pk: int) -> Election:
    """Return an election that `actor` approves; 404 where there is none."""
    found = Election.objects.select_related("body").filter(pk=pk).first()
    if found is None or not may_approve(actor, found.body):
        raise Http404
    return found


def possible(actor: Actor, found: Election) -> tuple[Action, ...]:
    """Return what `actor` can do with the election now."""
    upper = may_approve(actor, found.body)
    return tuple(
        action for action in actions(found.state, committee=found.of_committee) if action not in UPPER_ACTIONS or upper
    )


def electing(actor: Actor, day: date) -> QuerySet[Body]:
    """Return the living bodies in reach that elect, from the root down."""
    return organisations.living(actor, HOLD, day).filter(kind__in=ELECTING)


def titles_of(elects: str) -> frozenset[Title]:
    """Return the posts that an election fills."""
    return BRANCH_TITLES if elects == Elects.COMMITTEE else frozenset({OFFICES[Elects(elects)]})


def term_until(body: Body, elects: str, day: date) -> date | None:
    """Return when the term of those whom an election would follow ends, the latest of them; None: nobody has one."""
    held = Post.objects.on(day).filter(body=body, title__in=[title.value for title in titles_of(elects)])
    ends = held.exclude(term_until=None).order_by("-term_until").values_list("term_until", flat=True)
    return ends.first()


def term_years(body: Body, elects: str, day: date, found: Numbers) -> int:
    """Return the length of a term in `body` (B7): longer for the committee of a body that serves a community."""
    served = BodyPlace.objects.on(day).filter(body=body)
    in_community = served.exclude(place__kind__in=[kind.value for kind in _ABOVE_COMMUNITY]).exists()
    return found.community_years if elects == Elects.COMMITTEE and in_community else found.years


def preview(found: Election) -> list[DueLine]:
    """Return who would be on the roll, with the reasons, while it is open."""
    return explained(found.body, found.planned_on, Occasion.VOTE)


def roll(found: Election) -> list[Voter]:
    """Return the closed roll by name, each line with its reason."""
    return list(found.roll.select_related("member", "unit"))


def candidates(found: Election) -> list[Candidate]:
    """Return who stands, by surname in pinyin, then those written in."""
    return list(found.candidates.select_related("member"))


def left_out(found: Election) -> list[Candidate]:
    """Return the elected to whom the approval gave no post: they had left the body by then."""
    if found.state != State.APPROVED:
        return []
    posts = Post.objects.filter(body=found.body, document=found.approval)
    held = Q(member__in=posts.values("member")) | Q(member__same_as__in=posts.values("member"))
    return [*found.candidates.filter(elected=True).exclude(held).select_related("member")]


def ballots(found: Election) -> list[Ballot]:
    """Return the ballots with their sums in `lines`, the first first."""
    lines = Prefetch("tallies", Tally.objects.select_related("candidate__member"), to_attr="lines")
    return list(found.ballots.prefetch_related(lines))


def last_ballot(found: Election) -> Ballot:
    """Return the ballot that is being held; 404 before the meeting."""
    held = ballots(found)
    if not held:
        raise Http404
    return held[-1]


def nominable(found: Election) -> list[Voter]:
    """Return the lines of the roll of those who can be elected."""
    return [line for line in roll(found) if Reason(line.reason) in ELIGIBLE]


def votes(ballot: Ballot) -> list[Votes]:
    """Return the sums of a ballot that was counted."""
    return [
        Votes(
            line.candidate.member.number,
            line.candidate.member.name,
            line.yes or 0,
            line.no or 0,
            line.abstain or 0,
            line.candidate.written_in,
        )
        for line in ballot.tallies.select_related("candidate__member")
    ]


@dataclass(frozen=True, slots=True)
class TermEnd:
    """A body in which terms end: on which day, whose posts, and the election that is under way."""

    body: Body
    until: date
    posts: Sequence[Post]
    election: Election | None
    late: bool


def terms_ending(actor: Actor, day: date) -> list[TermEnd]:
    """Return the bodies in reach in which terms end within the time of the rule, the nearest first."""
    months = rules.value("post.ending_months", organisations.rule_places_of(actor, HOLD, day), day)
    reach = organisations.below(actor.reach(HOLD), "body__path")
    held = Post.objects.on(day).filter(reach, term_until__lte=months_after(day, months))
    grouped: dict[Body, list[Post]] = {}
    for post in held.select_related("member", "body").order_by("term_until", "body__path", "pk"):
        grouped.setdefault(post.body, []).append(post)
    open_ones = Election.objects.filter(body__in=grouped).exclude(state__in=[state.value for state in OVER])
    under_way = {one.body_id: one for one in open_ones}
    return [
        TermEnd(body, until, posts, under_way.get(body.pk), until < day)
        for body, posts in grouped.items()
        if (until := min(post.term_until for post in posts if post.term_until))
    ]


def waiting(actor: Actor, day: date) -> dict[str, int]:
    """Return how many terms end, and how many reported elections wait for the word of `actor`."""
    ending = terms_ending(actor, day)
    reported = elections(actor).filter(state=State.REPORTED)
    return {
        "late": sum(one.late for one in ending),
        "ending": sum(not one.late for one in ending),
        "approve": sum(may_approve(actor, one.body) for one in reported),
    }
