"""Makes elections at any step, through the services."""

from datetime import timedelta

from linli.access.decide import Actor
from linli.members.models import Election
from linli.members.policy.election_counts import Votes
from linli.members.policy.election_states import Action
from linli.members.policy.elections import Elects
from linli.members.policy.kinds import Title
from linli.members.queries import elections as queries
from linli.members.services import election_counts as counts
from linli.members.services import election_results as results
from linli.members.services import elections as services
from linli.members.services.election_counts import Entered
from linli.members.services.election_results import Office

FIRST, SECOND, UPPER = Actor(name="first"), Actor(name="second"), Actor(name="upper")
NAMED = ("BY1-1", "BY1-2", "BY1-3", "BY1-4")
OFFICES = {"BY1-1": Office(Title.SECRETARY, 3), "BY1-2": Office(Title.DEPUTY, 2), "BY1-3": Office(Title.PUBLICITY)}


def usual(world, by=FIRST):
    return {"by": by, "now": world.now, "key": world.key()}


def planned(world, body="BR1", elects=Elects.COMMITTEE, seats=3, **more):
    day = more.pop("planned_on", world.now.date())
    return services.plan(world.bodies[body], elects=elects, seats=seats, planned_on=day, **more, **usual(world))


def count(yes=(12, 11, 10, 2), present=15, **more):
    """A count at which every ballot issued is returned and valid."""
    votes = tuple(Votes(number, "", given, present - given) for number, given in zip(NAMED, yes, strict=False))
    usual = {"issued": present, "returned": present, "valid": present, "invalid": 0, "votes": votes}
    return Entered(**(usual | more))


def at(world, action: Action, *, entered=None, **more) -> Election:
    """Return an election of BR1 (15 members) just before `action`."""
    found = planned(world, **more)
    steps = (
        (Action.NOTIFY, lambda: services.give_notice(found, venue="一楼会议室", **usual(world))),
        (Action.CLOSE_ROLL, lambda: services.close_roll(found, **usual(world))),
        (Action.NOMINATE, lambda: services.name_candidates(found, numbers=NAMED, **usual(world))),
        (Action.HOLD, lambda: counts.hold(found, present=15, **usual(world))),
        (Action.COUNT, lambda: counts.enter_count(found, entered=entered or count(), **usual(world))),
        (Action.CONFIRM, lambda: counts.confirm_count(found, seen=1, **usual(world, SECOND))),
        (Action.CHOOSE, lambda: results.choose_officers(found, offices=OFFICES, present=3, **usual(world))),
        (Action.REPORT, lambda: results.report_result(found, document="组〔2026〕5号", **usual(world))),
        (Action.APPROVE, lambda: results.approve(found, document="委〔2026〕9号", **usual(world, UPPER))),
    )
    for step, carry in steps:
        if step is action:
            break
        found = carry()
    return found


def elected(found):
    return sorted(one.member.number for one in queries.candidates(found) if one.elected)


def tomorrow(world):
    return world.now.date() + timedelta(days=1)
