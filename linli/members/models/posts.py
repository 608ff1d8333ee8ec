"""Posts with their terms."""

from django.db import models

from linli.members.models.register import Member
from linli.members.policy.kinds import Title
from linli.organisations.models import Body
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class Post(Dated):
    """A post that a member holds in a body, between dates."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="posts")
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=20, choices=choices(Title))
    term_until = models.DateField(null=True, blank=True)
    """When the term ends, whether or not somebody follows; `valid_to` is when the post really ended."""
    document = models.CharField(max_length=80, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            validity_check("members_post_dates"),
            models.CheckConstraint(
                condition=models.Q(term_until=None) | models.Q(term_until__gt=models.F("valid_from")),
                name="members_post_term",
            ),
        ]
