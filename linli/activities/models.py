"""What people come to: kinds, activities, rolls."""

from django.db import models

from linli.activities.policy.states import Presence, State, Way
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
    """Whether the award counts hours (service) or the presence (meetings)."""
    all_due = models.BooleanField(default=True)
    """Whether every member of the body is due (a meeting), or those who come (a service)."""
    public = models.BooleanField(default=False)
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
    recorded_by = models.CharField(max_length=60, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

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
        """The activity as a text reference."""
        return f"activity:{self.pk}"


class Attendance(models.Model):
    """A line of the roll: one member at one activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="roll")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=8, choices=choices(Presence))
    way = models.CharField(max_length=8, choices=choices(Way))
    minutes = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "member"], name="activities_attendance_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.member_id} {self.presence}"
