"""Kinds, activities, rolls."""

from datetime import datetime

from django.db import models

from linli.activities.policy import codes, rolls
from linli.activities.policy.kinds import Life, Study
from linli.activities.policy.states import Due, Presence, State, Way
from linli.members.models import Member
from linli.organisations.models import Body
from linli.places.models import Place
from linli.store.choices import choices


class Kind(models.Model):
    """What differs between a lesson, a patrol and a market stall is data."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    indicator = models.CharField(max_length=12, blank=True)
    """Code of the indicator that a confirmed presence earns; empty: none."""
    by_hour = models.BooleanField(default=False)
    """Whether the award counts the time (service) or the presence (meetings)."""
    due = models.CharField(max_length=10, choices=choices(Due), default=Due.MEMBERS.value)
    public = models.BooleanField(default=False)
    """Whether the calendar that everybody reads shows it."""
    life = models.CharField(max_length=12, choices=choices(Life), blank=True)
    """What organisational life it is, each with a rule of how often; empty: none."""
    study = models.CharField(max_length=8, choices=choices(Study), blank=True)
    """What its time counts as in the yearly hours of study; empty: as nothing."""
    made_up = models.BooleanField(default=False)
    """Whether who was due and did not come makes it up."""
    make_up_indicator = models.CharField(max_length=12, blank=True)
    """Code of the indicator that a make-up in time earns; empty: none."""
    risky = models.BooleanField(default=False)
    """Whether insurance is noted before anybody takes part (V4)."""
    min_age = models.PositiveSmallIntegerField(default=0)
    """In years; 0: any age."""
    offered = models.BooleanField(default=True)
    """Whether new activities of the kind can be planned."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """One occasion of a body."""

    kind = models.ForeignKey(Kind, models.PROTECT, related_name="activities")
    body = models.ForeignKey(Body, models.PROTECT, related_name="activities")
    title = models.CharField(max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="activities")
    spot = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=choices(State), default=State.PLANNED.value)
    sign_in_secret = models.CharField(max_length=64)
    planned_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(default=0)
    """How often what the calendar shows has changed (SEQUENCE of RFC 5545)."""
    recorded_by = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    roll_version = models.PositiveSmallIntegerField(default=0)
    """How often the roll was recorded; who confirms names the version that was read."""
    due_count = models.PositiveIntegerField(default=0)
    """How many were due when the roll was confirmed; their lines carry `due`."""
    residents = models.PositiveSmallIntegerField(default=0)
    """How many came who are no members: by count only, no names."""
    indicator = models.CharField(max_length=12, blank=True)
    """What a presence earned when the roll was confirmed: what the kind says may change later."""
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=120, blank=True)
    return_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-starts_at"]
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["starts_at"]), models.Index(fields=["body", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="activities_activity_order"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by="") | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="activities_activity_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        """The activity as a text reference; the points that it earns name it as their source."""
        return f"activity:{self.pk}"

    @property
    def duration(self) -> int:
        """Whole minutes from start to end."""
        return rolls.minutes_between(self.starts_at, self.ends_at)

    @property
    def opens_at(self) -> datetime:
        """When signing in by code opens."""
        return codes.opens_at(self.starts_at)


class Attendance(models.Model):
    """A line of the roll: one member at one activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="roll")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=8, choices=choices(Presence))
    way = models.CharField(max_length=8, choices=choices(Way))
    due = models.BooleanField(default=False)
    """Whether the member was due when the roll was recorded; the others are guests."""
    minutes = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=120, blank=True)
    exempt = models.BooleanField(default=False)
    """Whether the class of the member took no part in points when the roll was confirmed."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "member"], name="activities_attendance_once")]
        indexes = [models.Index(fields=["member", "presence"])]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.member_id} {self.presence}"


class WrongCode(models.Model):
    """A wrong sign-in code; counted against guessing, forgotten after a day."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="wrong_codes")
    member = models.ForeignKey(Member, models.CASCADE, related_name="wrong_codes")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.member_id} {self.at}"
