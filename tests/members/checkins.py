"""Check-ins of in-service members, for tests and for examples of pages."""

from datetime import date

from linli.members import services
from linli.members.models import CheckIn

SLIPS = {"home_unit": "区教育局机关党委", "contact": "组织科 0731-8000", "slip": "报到1号"}


def check_in(world, number="BY1-1", body="G1", agreed=True, since=date(2026, 1, 5), **given):
    member = next(each for group in world.members.values() for each in group if each.number == number)
    given = SLIPS | given
    return services.check_in(
        member,
        body=world.bodies[body],
        since=since,
        agreed=agreed,
        by=world.by,
        now=world.now,
        key=world.key(),
        **given,
    )


def held(world):
    """The check-in that is there, else one made now."""
    return CheckIn.objects.first() or check_in(world)
