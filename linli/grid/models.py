"""Links: the one member who answers for a household, between dates."""

from django.db import models

from linli.grid.policy.links import LinkEnd
from linli.members.models import Member
from linli.places.models import Place
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class HouseholdLink(Dated):
    """That a member answers for a door. It says nothing of who lives behind it."""

    door = models.ForeignKey(Place, models.PROTECT, related_name="links")
    member = models.ForeignKey(Member, models.CASCADE, related_name="links")
    ended = models.CharField(max_length=10, choices=choices(LinkEnd), blank=True)
    """Why it ended; empty while it holds."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("grid_householdlink_dates")]
        indexes = [models.Index(fields=["member", "valid_from"])]
