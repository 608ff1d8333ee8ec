"""Whatever is done to an issue in whatever order, the services follow the table, and nothing else moves."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.walls import services
from linli.walls.models import Issue
from linli.walls.policy.states import TABLE, Action, State
from linli.walls.verify import invariants
from tests.walls import makers
from tests.world import undone


def closed_by_the_clock(issue, by, now, key):
    if not services.close_due(max(now, issue.settles_at or now) + timedelta(seconds=1)):
        raise Refusal("issue-state", "There is nothing to close.")


VERBS = {
    Action.ACCEPT: services.accept,
    Action.REPLY: lambda issue, **who: services.reply(issue, text="已经修好。", outcome="solved", **who),
    Action.ESCALATE: lambda issue, **who: services.escalate(issue, reason="院里定不了。", **who),
    Action.DECLINE: lambda issue, **who: services.decline(issue, reason="属于法院。", **who),
    Action.SATISFIED: services.satisfied,
    Action.REOPEN: lambda issue, **who: services.reopen(issue, reason="还是不亮。", **who),
    Action.CLOSE: closed_by_the_clock,
}


def test_every_action_is_walked():
    assert set(VERBS) == set(Action)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(Action), min_size=1, max_size=9))
def test_the_services_follow_the_table(world, walk):
    with undone():
        pk = makers.fresh(world).pk
        for step, action in enumerate(walk, 1):
            issue = Issue.objects.select_related("wall").get(pk=pk)
            was = Issue.objects.values().get(pk=pk)
            wanted = TABLE.get((State(issue.state), action))
            if action is Action.ESCALATE and issue.wall.above_id is None:
                wanted = None  # above the highest wall there is none
            refused = ""
            try:
                VERBS[action](issue, by=world.by, now=world.now + timedelta(minutes=step), key=world.key())
            except Refusal as refusal:
                refused = refusal.code
            assert (refused in {"issue-state", "issue-top"}) is (wanted is None)
            if wanted is None:
                assert Issue.objects.values().get(pk=pk) == was
            else:
                assert Issue.objects.get(pk=pk).state == wanted
        assert [line for truth in invariants() for line in truth.find()] == []
