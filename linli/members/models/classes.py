"""Classified management as data: the duty set of each class, what is the same for all, rules of reassignment."""

from django.db import models

from linli.members.models.register import MemberClass
from linli.members.policy.classes import RULED, Flaw
from linli.organisations.models import Body
from linli.store.choices import choices


class ClassDuty(models.Model):
    """One duty of a class (四分)."""

    member_class = models.ForeignKey(MemberClass, models.CASCADE, related_name="duty_set")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)

    class Meta:
        ordering = ["member_class", "order"]
        verbose_name_plural = "class duties"
        constraints = [models.UniqueConstraint(fields=["member_class", "words"], name="members_class_duty_once")]

    def __str__(self) -> str:
        return self.words


class Unified(models.Model):
    """One thing that is the same for members of every class (四统)."""

    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "unified"

    def __str__(self) -> str:
        return self.words


class ClassRule(models.Model):
    """Which members of `body` and below get another class or unit: those of whom every condition given holds."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="class_rules")
    order = models.PositiveSmallIntegerField(default=0)
    """Rules are read in this order; the first one that changes something about a member decides."""
    flaw = models.CharField(max_length=16, choices=[pair for pair in choices(Flaw) if pair[0] in RULED], blank=True)
    of_class = models.ForeignKey(MemberClass, models.PROTECT, null=True, blank=True, related_name="rules_from")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    to_class = models.ForeignKey(MemberClass, models.PROTECT, null=True, blank=True, related_name="rules_to")
    to_unit = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="backstop_of")
    """Empty, and the unit has ended: the body that took over from it."""

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(flaw="") | models.Q(of_class__isnull=False) | models.Q(age_from__isnull=False),
                name="members_class_rule_asks",
            ),
            models.CheckConstraint(
                condition=models.Q(to_class__isnull=False)
                | models.Q(to_unit__isnull=False)
                | models.Q(flaw="unit_ended"),
                name="members_class_rule_gives",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.order}"

    @property
    def ref(self) -> str:
        """The rule as a text reference."""
        return f"class_rule:{self.pk}"
