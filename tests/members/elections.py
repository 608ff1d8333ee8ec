"""Makes elections at any step, through the services."""

from datetime import timedelta

from linli.access.decide import Actor
from linli.members import services as members
from linli.members.models import Election, Member
from linli.members.policy.election_counts import Votes
from linli.members.policy.election_states import OVER, Action
from linli.members.policy.elections import Elects
from linli.members.policy.kinds import Title
from linli.members.queries import elections as queries
from linli.members.services import election_counts as counts
from linli.members.services import election_results as results
from linli.members.services import elections as services
from linli.members.services.election_counts import Entered
from linli.members.services.election_results import Office
from linli.organisations import services as organisations
from linli.organisations.policy.kinds import BodyKind
from tests.world import SINCE

FIRST, SECOND, UPPER = Actor(name="first"), Actor(name="second"), Actor(name="upper")
NAMED = ("BY1-1", "BY1-2", "BY1-3", "BY1-4")
OFFICES = {"BY1-1": Office(Title.SECRETARY, 3), "BY1-2": Office(Title.DEPUTY, 2), "BY1-3": Office(Title.PUBLICITY)}


def usual(world, by=FIRST):
    return {"by": by, "now": world.now, "key": world.key()}


def planned(world, body="BR1", elects=Elects.COMMITTEE, seats=3, **more):
    day = more.pop("planned_on", world.now.date())
    return services.plan(world.bodies[body], elects=elects, seats=seats, planned_on=day, **more, **usual(world))


def count(yes=(12, 11, 10, 2), present=15, crew="BY1", **more):
    """A count at which every ballot issued is returned and valid."""
    names = [f"{crew}-{place}" for place in range(1, len(yes) + 1)]
    votes = tuple(Votes(number, "", given, present - given) for number, given in zip(names, yes, strict=True))
    usual = {"issued": present, "returned": present, "valid": present, "invalid": 0, "votes": votes}
    return Entered(**(usual | more))


def free(world) -> tuple[str, str]:
    """Return a body of 15 members without an open election, and the beginning of its members' numbers."""
    if not Election.objects.filter(body__code="BR1").exclude(state__in=OVER).exists():
        return "BR1", "BY1"
    code = f"EL{Election.objects.count()}"
    body = organisations.found_body(
        kind=BodyKind.BRANCH, code=code, name=f"支部{code}", parent=world.bodies["BR1"], since=SINCE, **usual(world)
    )
    world.bodies[code] = body
    for place in range(1, 16):
        member = Member(
            number=f"{code}-{place}",
            name=f"张{place:02d}",
            member_class=world.member.member_class,
            joined_on=SINCE,
            full_on=SINCE,
        )
        members.enrol(member, body=body, since=SINCE, **usual(world))
    return code, code


def at(world, action: Action, *, yes=(12, 11, 10, 2), entered=None, **more) -> Election:
    """Return an election of 15 voters just before `action`."""
    body, crew = ("BY1", "BY1") if more.get("body") == "BY1" else free(world)
    found = planned(world, **({"body": body} | more))
    sums = {**(entered or {})}
    offices = {number.replace("BY1", crew): office for number, office in OFFICES.items()}
    named = [number.replace("BY1", crew) for number in NAMED]
    steps = (
        (Action.NOTIFY, lambda: services.give_notice(found, venue="一楼会议室", **usual(world))),
        (Action.CLOSE_ROLL, lambda: services.close_roll(found, **usual(world))),
        (Action.NOMINATE, lambda: services.name_candidates(found, numbers=named, **usual(world))),
        (Action.HOLD, lambda: counts.hold(found, present=15, **usual(world))),
        (
            Action.COUNT,
            lambda: counts.enter_count(found, entered=count(yes, crew=crew, **sums), **usual(world)),
        ),
        (Action.CONFIRM, lambda: counts.confirm_count(found, seen=1, **usual(world, SECOND))),
        (Action.CHOOSE, lambda: results.choose_officers(found, offices=offices, present=3, **usual(world))),
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
