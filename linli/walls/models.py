"""Walls, issues and their public record."""

from django.db import models

from linli.files.models import Photo
from linli.members.models import Member
from linli.organisations.models import Body
from linli.places.models import Place
from linli.store.choices import choices
from linli.walls.policy.kinds import Cause, Clock, EventKind, Level
from linli.walls.policy.states import State


class Wall(models.Model):
    """The wall of a place. `body` answers for it; `above` is where unanswered issues go."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=8, choices=choices(Level))
    place = models.OneToOneField(Place, models.PROTECT, related_name="wall")
    body = models.ForeignKey(Body, models.PROTECT, related_name="walls")
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    version = models.PositiveIntegerField(default=0)
    """Grows with every change that the public page shows; the page cache asks for it."""

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The wall as a text reference."""
        return f"wall:{self.code}"


class Poster(models.Model):
    """A printed poster: what its QR code opens, and the place that it hangs at."""

    code = models.CharField(max_length=12, unique=True)
    wall = models.ForeignKey(Wall, models.PROTECT, related_name="posters")
    place = models.ForeignKey(Place, models.PROTECT, related_name="posters")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Category(models.Model):
    """What an issue is about, in plain words, with its clock: data of the subdistrict."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    guidance = models.CharField(max_length=120, blank=True)
    clock = models.CharField(max_length=10, choices=choices(Clock), default=Clock.ORDINARY.value)
    private = models.BooleanField(default=False)
    """A private issue never shows its text in public, only that it exists and where it stands."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Issue(models.Model):
    """A problem of a resident. Text as typed is internal; `public_text` has passed the masking gate."""

    number = models.CharField(max_length=24, unique=True)
    wall = models.ForeignKey(Wall, models.PROTECT, related_name="issues")
    """The wall that has to answer now; where it was before, the postings tell."""
    place = models.ForeignKey(Place, models.PROTECT, related_name="issues")
    category = models.ForeignKey(Category, models.PROTECT, related_name="issues")
    text = models.TextField()
    public_text = models.TextField()
    contact = models.CharField(max_length=80, blank=True)
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, blank=True, related_name="+")
    reporter = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="issues")
    """Only where a member reported while signed in."""
    receipt_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=choices(State), default=State.OPEN.value)
    owner = models.ForeignKey(Body, models.PROTECT, related_name="owned_issues")
    """The body that leads: first receiver until the issue moves up."""
    posted_at = models.DateTimeField()
    accept_due = models.DateTimeField()
    answer_due = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-posted_at"]
        indexes = [models.Index(fields=["state", "answer_due"]), models.Index(fields=["state", "answered_at"])]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> str:
        """The issue as a text reference."""
        return f"issue:{self.number}"


class Posting(models.Model):
    """An issue on a wall: the child wall keeps its record when the issue moves up; the two are linked."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="postings")
    wall = models.ForeignKey(Wall, models.PROTECT, related_name="postings")
    came_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="went_to")
    cause = models.CharField(max_length=10, choices=choices(Cause), blank=True)
    reason = models.CharField(max_length=300, blank=True)
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["posted_at", "id"]
        constraints = [models.UniqueConstraint(fields=["issue", "wall"], name="walls_posting_once")]
        indexes = [models.Index(fields=["wall", "-posted_at"])]

    def __str__(self) -> str:
        return f"{self.issue_id} @ {self.wall_id}"


class IssueEvent(models.Model):
    """A line of the public record of an issue: append-only. Texts have passed the masking gate."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="events")
    wall = models.ForeignKey(Wall, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=choices(EventKind))
    text = models.TextField(blank=True)
    signed = models.CharField(max_length=80, blank=True)
    """The body or role that speaks, never a person's name."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.kind}"
