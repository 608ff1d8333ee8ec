"""The register of institutions (制度机制): texts in five groups, duties with days, lines of the service budget."""

from __future__ import annotations

from django.db import models

from linli.organisations.models.bodies import Body
from linli.organisations.policy.institutions import DutyState, Group
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class Institution(models.Model):
    """A standing rule of a body; its words are in its versions."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="institutions")
    group = models.CharField(max_length=16, choices=choices(Group))
    title = models.CharField(max_length=80)
    public = models.BooleanField(default=False)
    """Whether the page that everybody reads shows it."""

    class Meta:
        ordering = ["group", "title"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="organisations_institution_title")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        """The institution as a text reference."""
        return f"institution:{self.pk}"


class InstitutionVersion(Dated):
    """The words of an institution between dates; an open one holds, none that holds: repealed."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="versions")
    text = models.TextField()
    document = models.CharField(max_length=80, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [validity_check("organisations_institutionversion_dates")]


class Duty(models.Model):
    """A line of the responsibility list (责任清单): who does what until when."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="duties")
    institution = models.ForeignKey(Institution, models.SET_NULL, null=True, blank=True, related_name="duties")
    who = models.CharField(max_length=40)
    """The post that answers for it, as people say it; not a person's name."""
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=choices(DutyState), default=DutyState.OPEN.value)
    ended_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=200, blank=True)
    """What came of it, or why it was dropped."""

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name_plural = "duties"
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=DutyState.OPEN.value, ended_on=None)
                | (~models.Q(state=DutyState.OPEN.value) & models.Q(ended_on__isnull=False)),
                name="organisations_duty_end",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def ref(self) -> str:
        """The duty as a text reference."""
        return f"duty:{self.pk}"


class BudgetLine(models.Model):
    """A line of a body's service budget (服务群众经费) of a year, in fen; published lines do not change (trigger)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="budget_lines")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    planned_fen = models.PositiveBigIntegerField()
    spent_fen = models.PositiveBigIntegerField(default=0)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "title"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "title"], name="organisations_budget_title"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"

    @property
    def ref(self) -> str:
        """The line as a text reference."""
        return f"budget:{self.pk}"
