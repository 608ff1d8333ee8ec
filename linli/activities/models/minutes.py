"""Minutes of an activity: the agenda, what was decided, what those present correct."""

from django.db import models

from linli.activities.models.occasions import Activity
from linli.activities.policy.minutes import Answer, State, Way
from linli.members.models import Member
from linli.store.choices import choices


class Minutes(models.Model):
    """The minutes of one activity. Once final they stay: the digest is that of `content`."""

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=12, choices=choices(State), default=State.DRAFT.value)
    chair = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="chaired")
    delegated = models.BooleanField(default=False)
    """Whether the secretary asked the chair to preside (Q6)."""
    opening = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    """How often they changed; who makes them final names the version that was read."""
    written_by = models.CharField(max_length=60)
    """Who wrote last."""
    writers = models.JSONField(default=list)
    """Everybody who wrote or answered a correction: another makes them final."""
    written_at = models.DateTimeField()
    corrections_until = models.DateField(null=True, blank=True)
    final_by = models.CharField(max_length=60, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    """What was made final (`policy.minutes.content_of`): members by number."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the canonical JSON of `content`, in hexadecimal."""

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(final_by="") | ~models.Q(final_by=models.F("written_by")),
                name="activities_minutes_two_people",
            ),
            models.CheckConstraint(
                condition=(models.Q(state=State.FINAL, final_at__isnull=False) & ~models.Q(digest=""))
                | (~models.Q(state=State.FINAL) & models.Q(digest="", final_at=None)),
                name="activities_minutes_final_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}"

    @property
    def ref(self) -> str:
        """The minutes as a text reference."""
        return f"minutes:{self.activity_id}"


class AgendaItem(models.Model):
    """A point of the agenda, and what became of it."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    """How often it was written; who writes names the version that was read, so that nobody writes over another."""
    title = models.CharField(max_length=120)
    said = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    way = models.CharField(max_length=8, choices=choices(Way), blank=True)
    """How it was voted on; empty: not at all."""
    yes = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)
    weighty = models.BooleanField(default=False)
    """Whether it weighs much in the community or touches residents' interests (Q4)."""
    committee_before = models.BooleanField(default=False)
    """Whether the committee discussed it before (Q4)."""

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Correction(models.Model):
    """What somebody who was present wants corrected in minutes that were circulated."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    member = models.ForeignKey(Member, models.PROTECT, related_name="corrections")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=choices(Answer), blank=True)
    words = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.member_id}"
