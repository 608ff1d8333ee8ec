"""Whatever is done to an activity in whatever order, the services follow the table, and nothing else moves."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.activities import queries, services
from linli.activities.models import Activity
from linli.activities.policy.states import TABLE, Action, State
from linli.activities.verify import invariants
from linli.lib import clock
from linli.lib.errors import Refusal
from linli.members.models import Member
from tests.activities.making import CONFIRMER, RECORDER, code_now, lines, planned
from tests.world import undone


def changed(activity, **who):
    times = {"starts_at": activity.starts_at, "ends_at": activity.ends_at + timedelta(minutes=5)}
    services.change(activity, title=activity.title, spot="三楼", **times, **who)


def signed_in(activity, **who):
    """A guest who is not on the roll yet: one who is keeps that line in every state."""
    known = [*queries.due_at(activity).values_list("pk", flat=True), *activity.roll.values_list("member_id", flat=True)]
    guest = Member.objects.exclude(pk__in=known).order_by("number").first()
    services.sign_in(activity, member=guest, code=code_now(activity), **who)


VERBS = {
    Action.CHANGE: changed,
    Action.CANCEL: lambda activity, **who: services.cancel(activity, reason="下雨", **who),
    Action.SIGN_IN: signed_in,
    Action.RECORD: lambda activity, **who: services.record_roll(
        activity, lines=lines(activity), **who | {"by": RECORDER}
    ),
    Action.CONFIRM: lambda activity, **who: services.confirm_roll(
        activity, seen=activity.roll_version, **who | {"by": CONFIRMER}
    ),
    Action.RETURN: lambda activity, **who: services.return_roll(activity, reason="少一人", **who),
}


def test_every_action_is_walked():
    assert set(VERBS) == set(Action)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(Action), min_size=1, max_size=9))
def test_the_services_follow_the_table(world, walk):
    with undone():
        pk = planned(world).pk
        for action in walk:
            activity = Activity.objects.get(pk=pk)
            was = Activity.objects.values().get(pk=pk)
            wanted = TABLE.get((State(activity.state), action))
            refused = ""
            try:
                VERBS[action](activity, by=world.by, now=clock.now(), key=world.key())
            except Refusal as refusal:
                refused = refusal.code
            assert refused == ("activity-state" if wanted is None else "")
            if wanted is None:
                assert Activity.objects.values().get(pk=pk) == was
            else:
                assert Activity.objects.get(pk=pk).state == wanted
        assert [line for truth in invariants() for line in truth.find()] == []
