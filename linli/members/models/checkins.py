"""In-service members who check in at the community where they live (双报到)."""

from django.db import models

from linli.members.models.register import Member
from linli.organisations.models import Body
from linli.store.validity import Dated, DatedQuerySet, validity_check


class CheckIn(Dated):
    """That a member has checked in at a community with the slip of the home unit, between dates."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="check_ins")
    body = models.ForeignKey(Body, models.PROTECT, related_name="check_ins")
    """The general branch of the community; what counts is what happens there and below."""
    home_unit = models.CharField(max_length=80)
    contact = models.CharField(max_length=80, blank=True)
    """Whom the home unit named for feedback, and how to reach the office."""
    slip = models.CharField(max_length=40)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            validity_check("members_check_in_dates"),
            models.UniqueConstraint(fields=["home_unit", "slip"], name="members_check_in_slip"),
        ]

    @property
    def ref(self) -> str:
        """The check-in as a text reference."""
        return f"check_in:{self.pk}"
