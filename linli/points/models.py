"""Indicator sheets, the append-only ledger, monthly bulletins."""

from django.db import models
from django.db.models import F, Q

from linli.members.models import Member
from linli.organisations.models import Body
from linli.points.policy.kinds import BulletinState, CapPeriod, DeedState, DeedType, Unit
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check

BY_HAND = ("record:", "reversal:")
"""Begin the sources of deeds that are recorded by hand."""


class IndicatorSheet(Dated):
    """A version of the indicators of the house, from a day on. Amounts are tenths of a point."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    base_tenths = models.IntegerField(default=600)
    floor_tenths = models.IntegerField(default=0)
    bonus_cap_tenths = models.IntegerField(default=500)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            validity_check("points_sheet_dates"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="points_sheet_version"),
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """One line of a sheet: what is rewarded, by how much, on what evidence, confirmed by whom."""

    sheet = models.ForeignKey(IndicatorSheet, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    deed_type = models.CharField(max_length=12, choices=choices(DeedType))
    tenths = models.IntegerField()
    unit = models.CharField(max_length=8, choices=choices(Unit), default=Unit.TIME.value)
    evidence = models.CharField(max_length=80)
    confirmer = models.CharField(max_length=40)
    shares_caps_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sharers")
    """Entries count inside the caps of that indicator (make-up study inside attendance)."""
    levels = models.JSONField(default=dict, blank=True)
    """For an indicator by level: words of each level → how many times the amount it earns."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code"], name="points_indicator_code"),
            models.CheckConstraint(
                condition=Q(deed_type__in=[deed.value for deed in DeedType]), name="points_indicator_deed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorCap(models.Model):
    """At most (for awards) or at least (for deductions) this much per period; positive tenths."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="caps")
    period = models.CharField(max_length=8, choices=choices(CapPeriod))
    tenths = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="points_cap_once")]

    def __str__(self) -> str:
        return f"{self.tenths} / {self.period}"


class Entry(models.Model):
    """A line of the ledger: never changed, never deleted (trigger); corrected by a reversing line."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="entries")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="entries")
    body = models.ForeignKey(Body, models.PROTECT, related_name="entries")
    """The member's branch when the line was booked: the line stands in the bulletin of this branch."""
    tenths = models.IntegerField()
    deed_on = models.DateField()
    month = models.DateField()
    """First day of the month into which the line is booked; a closed month takes no line (trigger)."""
    source = models.CharField(max_length=120)
    """Text reference of the deed (`activity:12`); with member and indicator it is unique."""
    recorder = models.CharField(max_length=60)
    confirmer = models.CharField(max_length=60)
    """Who recorded and who confirmed, as text references of actors; never the same, never the earner."""
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    reason_digest = models.CharField(max_length=200, blank=True, db_column="reason")
    """Of a reversing line: the digest of its deed's words (`policy.words`). The words themselves can be erased."""
    booked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["member", "indicator", "source"], name="points_entry_source"),
            models.CheckConstraint(condition=~Q(recorder=F("confirmer")), name="points_entry_two_people"),
        ]
        indexes = [models.Index(fields=["member", "month"]), models.Index(fields=["body", "month"])]

    def __str__(self) -> str:
        return f"{self.member_id} {self.tenths} {self.source}"

    @property
    def derived(self) -> bool:
        """Whether the source names something else than the record by hand itself."""
        return not self.source.startswith(BY_HAND)

    @property
    def ref(self) -> str:
        """The line as a text reference; the leaf of the log has the same."""
        return f"entry:{self.pk}"


class Deed(models.Model):
    """What somebody recorded and a second person must confirm; confirming it writes the ledger line."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="deeds")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="deeds")
    quantity = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=0)
    deed_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    """With the note it makes the digest in the reversing line; note and salt are erased together."""
    source = models.CharField(max_length=120)
    """Text reference of what happened; becomes the source of the ledger line, so nothing counts twice."""
    reverses = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="reversal_deeds")
    """The ledger line that this deed asks to reverse; its reason is the note."""
    recorder = models.CharField(max_length=60)
    confirmer = models.CharField(max_length=60, blank=True)
    """Who confirmed or refused it."""
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=choices(DeedState), default=DeedState.WAITING.value)
    refused_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["state", "recorded_at"])]
        constraints = [
            models.UniqueConstraint(fields=["member", "indicator", "source"], name="points_deed_source"),
            models.UniqueConstraint(
                fields=["reverses"], condition=~Q(state=DeedState.REFUSED.value), name="points_deed_reverses_once"
            ),
            models.CheckConstraint(condition=~Q(recorder=F("confirmer")), name="points_deed_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.indicator_id} {self.deed_on}"

    @property
    def derived(self) -> bool:
        """Whether the source names something else than the record by hand itself."""
        return not self.source.startswith(BY_HAND)

    @property
    def ref(self) -> str:
        """The deed as a text reference."""
        return f"deed:{self.pk}"


class Bulletin(models.Model):
    """The month of a branch: its draft closes the month, its publication freezes it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="bulletins")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=choices(BulletinState))
    frozen = models.JSONField(default=list)
    """Rows by member number, without names: shape in `points.queries.bulletin_rows`."""
    preparer = models.CharField(max_length=60)
    prepared_at = models.DateTimeField()
    objections_until = models.DateTimeField()
    publisher = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    checkpoint_size = models.BigIntegerField(null=True, blank=True)
    """Size of the log at publication; the checkpoint that the bulletin prints."""

    class Meta:
        ordering = ["-month", "body"]
        constraints = [
            models.UniqueConstraint(fields=["body", "month"], name="points_bulletin_once"),
            models.CheckConstraint(
                condition=Q(publisher="") | ~Q(publisher=F("preparer")), name="points_bulletin_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.month:%Y-%m}"

    @property
    def ref(self) -> str:
        """The bulletin as a text reference; the leaf of the log has the same."""
        return f"bulletin:{self.pk}"
