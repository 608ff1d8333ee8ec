"""Any sequence of changes of the tree, dated back and ahead, keeps the tree a tree on every day."""

from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.organisations import queries, services
from linli.organisations.models import Body, BodyName, BodyParent
from linli.organisations.policy.kinds import BodyKind, may_stand_below

DAY = date(2026, 3, 18)
LATER = [DAY + timedelta(days=offset) for offset in (-20, 0, 10, 20, 30)]
codes = st.sampled_from(["G2", "BR1", "BR2", "BY1", "BY2", "BG1", "N0"])
verbs = st.sampled_from(["found", "rename", "move", "move", "dissolve", "pass"])
changes = st.tuples(verbs, codes, codes, st.sampled_from(LATER))


def carry_out(world, bodies, change, now):
    verb, code, other, day = change
    given = {"by": world.by, "now": now, "key": world.key()}
    if verb == "found":
        if code in bodies or other not in bodies:
            return
        bodies[code] = services.found_body(
            kind=BodyKind.BRANCH, code=code, name=code, parent=bodies[other], since=day, **given
        )
    elif code in bodies and verb == "rename":
        services.rename_body(bodies[code], name=f"{code}{other}", on=day, **given)
    elif code in bodies and verb == "move" and other in bodies:
        services.move_body(bodies[code], parent=bodies[other], on=day, **given)
    elif code in bodies and verb == "dissolve":
        services.dissolve_body(bodies[code], on=day, **given)


def overlapping(rows):
    by_body = {}
    for row in rows:
        by_body.setdefault(row.body_id, []).append((row.valid_from, row.valid_to or date.max))
    return [
        key
        for key, spans in by_body.items()
        for a, b in zip(sorted(spans), sorted(spans)[1:], strict=False)
        if a[1] > b[0]
    ]


def sound(day):
    """On `day` every body that lives has one name, and a line of living bodies of fitting kinds above it."""
    living = {body.pk: body for body in Body.objects.on(day)}
    paths, names = queries.paths_on(day), queries.names_on(day)
    assert set(paths) == set(living) == set(names)
    for key, path in paths.items():
        steps = [int(step) for step in path.split(".") if step]
        assert len(steps) == len(set(steps)) and steps[-1] == key
        assert set(steps) <= set(living), f"{living[key].code} stands below something that has ended on {day}"
        upper = BodyKind(living[steps[-2]].kind) if len(steps) > 1 else None
        assert may_stand_below(BodyKind(living[key].kind), upper)


@example([("move", "BY1", "BY2", LATER[3]), ("move", "BY2", "BY1", LATER[2])])
@example([("dissolve", "BG1", "", LATER[2]), ("move", "BY1", "BY2", LATER[3]), ("dissolve", "BY2", "", LATER[2])])
@example([("dissolve", "BY2", "", LATER[3]), ("move", "BY1", "BY2", LATER[2])])
@example([("dissolve", "BY2", "", LATER[3]), ("rename", "BY2", "BY1", LATER[2])])
@example([("rename", "BG1", "G2", LATER[1]), ("dissolve", "BG1", "G2", LATER[1])])
@example([("move", "BG1", "BY2", LATER[1]), ("dissolve", "BG1", "G2", LATER[1])])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(changes, max_size=12))
def test_any_sequence_of_changes_keeps_the_tree_sound(world, history):
    from django.db import transaction

    with transaction.atomic():
        bodies, now = dict(world.bodies), world.now
        for change in history:
            if change[0] == "pass":
                now += timedelta(days=7)
                services.refresh_tree(by=world.by, now=now, key=world.key())
            try:
                carry_out(world, bodies, change, now)
            except Refusal as refused:
                assert str(refused)
        assert overlapping(BodyName.objects.all()) == overlapping(BodyParent.objects.all()) == []
        dated = {
            *BodyParent.objects.values_list("valid_from", flat=True),
            *(end for end in Body.objects.values_list("valid_to", flat=True) if end),
        }
        for day in sorted({DAY, *dated, *(day - timedelta(days=1) for day in dated)}):
            sound(day)
        today = now.date()
        services.refresh_tree(by=world.by, now=now, key=world.key())
        assert dict(Body.objects.on(today).values_list("pk", "path")) == queries.paths_on(today)
        assert dict(Body.objects.on(today).values_list("pk", "name")) == queries.names_on(today)
        transaction.set_rollback(True)
