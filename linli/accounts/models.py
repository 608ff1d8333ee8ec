"""Users and the roles granted to them at bodies."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from linli.access.roles import Role
from linli.organisations.models import Body
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class User(AbstractUser):
    """Somebody who can log in. The shown name is what colleagues see; no e-mail is needed."""

    shown_name = models.CharField(max_length=40, blank=True)
    outside_party = models.BooleanField(default=False)
    """On record: the holder is no party member. Where it is false, a member is linked, or nobody has said."""

    def __str__(self) -> str:
        return self.shown_name or self.username


class RoleGrant(Dated):
    """A role at a body, between dates; it covers the bodies and the places below."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=24, choices=choices(Role))
    body = models.ForeignKey(Body, models.PROTECT, related_name="role_grants")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("accounts_rolegrant_dates")]


class Invitation(models.Model):
    """A slip of paper with a code: sets the first password, or a new one, once, before it dies."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    dies_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"
