"""Members who lost their class or unit, and rules that give them one; for tests and for examples of pages."""

from linli.lib.clock import local_date
from linli.members import services
from linli.members.models import Classification, ClassRule, Membership
from linli.members.policy.classes import Flaw


def without_unit(world, number="BY1-2"):
    """End the unit of a member as nothing in the house would."""
    Membership.objects.filter(member__number=number).update(valid_to=local_date(world.now))


def without_class(world, number="BY1-3"):
    Classification.objects.filter(member__number=number).delete()


def another_class(world, code="retired", name="离退休"):
    return services.ensure_class(
        code=code, name=name, duties="量力而行", scored=True, by=world.by, now=world.now, key=world.key()
    )


def rule(world, body="BR1", **given):
    given = given or {"flaw": Flaw.NO_UNIT, "to_unit": world.bodies["BR1"]}
    found = ClassRule(body=world.bodies[body], **given)
    return services.add_rule(found, by=world.by, now=world.now, key=world.key())
