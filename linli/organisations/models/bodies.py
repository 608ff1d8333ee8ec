"""Bodies, their tree valid between dates, and the places that they serve."""

from django.db import models

from linli.organisations.policy.changes import ChangeKind
from linli.organisations.policy.kinds import BodyKind
from linli.places.models import Place
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class Body(Dated):
    """An organisation of any kind; lives from `valid_from` until it is dissolved."""

    kind = models.CharField(max_length=20, choices=choices(BodyKind))
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    """Caches the name that holds today; `BodyName` has each with its dates."""
    path = models.CharField(max_length=160, db_index=True, editable=False, default="")
    """Identifiers from the root to here; caches the parents that hold today."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "bodies"
        constraints = [validity_check("organisations_body_dates")]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The body as a text reference."""
        return f"body:{self.code}"


class BodyName(Dated):
    """What a body is called, between dates."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="names")
    name = models.CharField(max_length=80)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("organisations_bodyname_dates")]


class BodyParent(Dated):
    """The body above a body, between dates; no row: a root."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Body, models.PROTECT, related_name="children")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("organisations_bodyparent_dates")]


class BodyPlace(Dated):
    """A place that a body serves, with everything below it, between dates."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="served")
    place = models.ForeignKey(Place, models.PROTECT, related_name="servants")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("organisations_bodyplace_dates")]


class BodyChange(models.Model):
    """Why the tree changed on a day: one line for each body concerned, with the number of the document."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=choices(ChangeKind))
    on = models.DateField()
    document = models.CharField(max_length=80, blank=True)
    other = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="changes_with")
    """The new parent of a move, the body that took over at a merger, the one split off from."""
    was = models.CharField(max_length=80, blank=True)
    """What it was called, or the code of the parent that it had."""

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.kind} {self.body_id}"
