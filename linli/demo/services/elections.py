"""Elections: those that gave the general branches their committees, one under way, one that waits for approval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict

from linli.access.decide import Actor
from linli.demo.policy.days import at
from linli.demo.policy.people import COMMITTEE
from linli.demo.policy.terms import REPORTED_AT, UNDER_WAY_AT
from linli.demo.policy.tree import COMMUNITIES
from linli.demo.services import people
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.members.models import Election, Member
from linli.members.policy.election_counts import Votes
from linli.members.policy.elections import Elects
from linli.members.policy.kinds import Title
from linli.members.queries import elections as queries
from linli.members.services import election_counts as counts
from linli.members.services import election_results as results
from linli.members.services import elections as services
from linli.members.services.election_counts import Entered
from linli.members.services.election_results import VOTED, Office

SECOND, UPPER = Actor(name="demo-second"), Actor(name="demo-upper")
SEATS = len(COMMITTEE)


class Act(TypedDict):
    """Who acts, when, under which request key."""

    by: Actor
    now: datetime
    key: str


@dataclass(slots=True)
class Poll:
    """An election being told: who acts first and second, and the body."""

    build: Build
    body: str
    first: Actor
    second: Actor

    def seated(self) -> list[Member]:
        """Return the members who are to hold the posts, in the order of `COMMITTEE`."""
        code = self.build.code(self.body)
        return [self.build.posts[code, title.value] for title in COMMITTEE]

    def prepare(self, held: date, day: date) -> Election:
        """Plan and give notice on `day`."""
        election = services.plan(
            self.build.body(self.body), elects=Elects.COMMITTEE, seats=SEATS, planned_on=held, **self._at(day, 9)
        )
        return services.give_notice(election, venue="党群服务中心一楼会议室", **self._at(day, 10))

    def nominate(self, election: Election, day: date) -> Election:
        """Close the roll and name the seated with one more."""
        election = services.close_roll(election, **self._at(day, 9))
        return services.name_candidates(election, numbers=self.named(election), **self._at(day, 15))

    def named(self, election: Election) -> list[str]:
        """Return the numbers of the candidates: the seated, and the first voter who is none of them."""
        seated = [member.number for member in self.seated()]
        other = next(
            line.member.number for line in queries.roll(election) if line.due and line.member.number not in seated
        )
        return [*seated, other]

    def vote(self, election: Election, day: date) -> Election:
        """Hold the meeting, count, confirm, fill the offices; all as wished for."""
        present = (election.due or 0) * 9 // 10 + 1
        election = counts.hold(election, present=present, **self._at(day, 9))
        entered = _entered(self.named(election), present)
        election = counts.enter_count(election, entered=entered, **self._at(day, 10))
        election = counts.confirm_count(election, seen=1, by=self.second, now=at(day, 10, 30), key=self.build.key())
        pairs = zip(self.seated(), COMMITTEE, strict=True)
        offices = {member.number: Office(title, SEATS if title in VOTED else 0) for member, title in pairs}
        return results.choose_officers(election, offices=offices, present=SEATS, **self._at(day, 11))

    def report(self, election: Election, day: date) -> Election:
        """Report the result."""
        return results.report_result(election, document=f"党选〔{day.year}〕{election.pk}号", **self._at(day, 9))

    def _at(self, day: date, hour: int) -> Act:
        return {"by": self.first, "now": at(day, hour), "key": self.build.key()}


def _entered(named: Sequence[str], present: int) -> Entered:
    """Return a count: one ballot invalid, the seated far ahead of the last."""
    valid = present - 1
    votes = [Votes(number, "", valid - 2 - place, 1 + place, 1) for place, number in enumerate(named[:-1])]
    few = valid // 10
    votes.append(Votes(named[-1], "", few, valid - few, 0))
    return Entered(present, present, valid, 1, tuple(votes))


def elect_committees(build: Build) -> None:
    """Let each general branch have elected its committee before the present year; the posts begin with its term."""
    took_office = build.days.elected
    for number, community in enumerate(COMMUNITIES):
        poll = Poll(build, f"{community.code}-ZZ", build.by, SECOND)
        held = took_office - timedelta(days=20 + number % 3)
        election = poll.prepare(held, held - timedelta(days=30))
        election = poll.nominate(election, held - timedelta(days=7))
        election = poll.vote(election, held)
        election = poll.report(election, held + timedelta(days=2))
        results.approve(
            election,
            document=f"党工委〔{took_office.year}〕{number + 1}号",
            by=UPPER,
            now=build.days.start,
            key=build.key(),
        )


def stories(build: Build) -> Iterator[Story]:
    """Return the story of an election under way, and of one that waits for the word of the general branch."""
    yield _under_way(build)
    yield _reported(build)


def _poll(build: Build, body: str) -> Poll:
    return Poll(build, body, people.actor(build, body, Title.SECRETARY), people.actor(build, body, Title.DEPUTY))


def _under_way(build: Build) -> Story:
    poll, today = _poll(build, UNDER_WAY_AT), build.days.as_of
    planned = today - timedelta(days=25)
    yield at(planned, 9)
    election = poll.prepare(today + timedelta(days=20), planned)
    closed = today - timedelta(days=3)
    yield at(closed, 9)
    poll.nominate(election, closed)


def _reported(build: Build) -> Story:
    poll, today = _poll(build, REPORTED_AT), build.days.as_of
    held = today - timedelta(days=10)
    days: list[datetime] = [at(held - timedelta(days=30), 9), at(held - timedelta(days=7), 9), at(held, 9)]
    yield days[0]
    election = poll.prepare(held, held - timedelta(days=30))
    yield days[1]
    election = poll.nominate(election, held - timedelta(days=7))
    yield days[2]
    election = poll.vote(election, held)
    yield at(held + timedelta(days=4), 9)
    poll.report(election, held + timedelta(days=4))
