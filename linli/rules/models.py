"""Values of rules, per place and dated; the working calendar."""

from django.db import models

from linli.store.validity import Dated, DatedQuerySet, validity_check


class RuleValue(Dated):
    """The value of one rule at one place (empty: everywhere) from a day on."""

    code = models.CharField(max_length=40)
    place_code = models.CharField(max_length=40, blank=True, default="")
    value = models.IntegerField()
    source = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("rules_rulevalue_dates")]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"


class SpecialDay(models.Model):
    """A day on which the working calendar differs from the week: a holiday, or a make-up working day."""

    day = models.DateField(unique=True)
    working = models.BooleanField()
    name = models.CharField(max_length=60)
    provisional = models.BooleanField(default=False)
    """From the law alone: the notice of the State Council for the year is not entered yet."""

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
