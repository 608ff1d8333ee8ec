"""Walls, issues and their public record."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from linli.files.models import Photo
from linli.members.models import Member
from linli.organisations.models import Body
from linli.places.models import Place
from linli.store.choices import choices
from linli.walls.policy.categories import DEFAULTS
from linli.walls.policy.gate import public
from linli.walls.policy.kinds import Cause, Clock, EventKind, Level, Outcome
from linli.walls.policy.states import State


class PublicTextField(models.TextField):  # type: ignore[type-arg]
    """A text that anybody may read. Whatever is written to it, by any path, passes the masking gate."""

    def get_prep_value(self, value: Any) -> Any:
        """Return `value` with identity numbers, telephones, cards and plates masked."""
        prepared = super().get_prep_value(value)
        return public(prepared) if isinstance(prepared, str) else prepared


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
    number_year = models.PositiveSmallIntegerField(default=0)
    number_last = models.PositiveIntegerField(default=0)
    """How many issues were first posted here in `number_year`; the next number follows."""

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(above=None) | ~Q(above=F("id")), name="walls_wall_above_another"),
            models.CheckConstraint(
                condition=Q(level=Level.STREET.value) | Q(above__isnull=False), name="walls_wall_has_above"
            ),
        ]

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
    """What an issue is about, in plain words, with its clock: data of the subdistrict.

    An empty name or guidance stands for the words that the house ships for this code.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40, blank=True)
    guidance = models.CharField(max_length=120, blank=True)
    clock = models.CharField(max_length=10, choices=choices(Clock), default=Clock.ORDINARY.value)
    private = models.BooleanField(default=False)
    """A private issue never shows its text in public, only that it exists and where it stands."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The name in the language of the page, where the house has it."""
        shipped = DEFAULTS.get(self.code)
        return self.name or (gettext(shipped.name) if shipped else self.code)

    @property
    def hint(self) -> str:
        """The guidance in the language of the page, where the house has it."""
        shipped = DEFAULTS.get(self.code)
        return self.guidance or (gettext(shipped.guidance) if shipped else "")


class Issue(models.Model):
    """A problem of a resident. `public_text` has passed the masking gate.

    `text` is as typed, but for identity and card numbers, which nobody needs; it is internal.
    """

    number = models.CharField(max_length=60, unique=True)
    """The code of the wall where it was first posted (up to 40 characters), the year, the count."""
    wall = models.ForeignKey(Wall, models.PROTECT, related_name="issues")
    """The wall that has to answer now; where it was before, the postings tell."""
    place = models.ForeignKey(Place, models.PROTECT, related_name="issues")
    category = models.ForeignKey(Category, models.PROTECT, related_name="issues")
    text = models.TextField()
    public_text = PublicTextField()
    hidden_words = models.JSONField(default=list, blank=True)
    """Words that were hidden by hand, covered in every public text of the issue when it is read; internal."""
    contact = models.CharField(max_length=80, blank=True)
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, blank=True, related_name="+")
    photo_public = models.BooleanField(default=False)
    """Somebody looked at the photo: no face, no plate, nothing private on it."""
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
    outcome = models.CharField(max_length=10, choices=choices(Outcome), blank=True)
    satisfied = models.BooleanField(null=True)
    """What the reporter last said of the answer; None: nothing."""
    reopened = models.PositiveSmallIntegerField(default=0)
    rings_at = models.DateTimeField(null=True, blank=True)
    """When the clock acts: the issue moves up, or at the top its lateness is told. None: nothing to wait for."""
    settles_at = models.DateTimeField(null=True, blank=True)
    """Until when the reporter may open it again; an answered issue then closes by itself."""

    class Meta:
        ordering = ["-posted_at", "-id"]
        indexes = [
            models.Index(fields=["rings_at"], condition=Q(rings_at__isnull=False), name="walls_issue_rings"),
            models.Index(fields=["settles_at"], condition=Q(state="answered"), name="walls_issue_settles"),
            models.Index(fields=["state", "answer_due"], name="walls_issue_due"),
            models.Index(fields=["posted_at"], name="walls_issue_posted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rings_at=None) | Q(state__in=["open", "accepted"]), name="walls_issue_settled_stays"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False, settles_at__isnull=False),
                name="walls_issue_answer_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "declined"]) | Q(closed_at__isnull=False),
                name="walls_issue_end_dated",
            ),
        ]

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
    reason = PublicTextField(blank=True)
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
    text = PublicTextField(blank=True)
    signed = models.CharField(max_length=80, blank=True)
    """The body or role that speaks, never a person's name."""
    instead_of = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    """The body that leads, where another one spoke (ADR 0026); None where it spoke for itself."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.kind}"

    @property
    def voice(self) -> str:
        """Who spoke, and for whom where it was not the body that leads."""
        if self.instead_of is None:
            return self.signed
        return gettext("%(body)s, in place of %(leads)s") % {"body": self.signed, "leads": self.instead_of.name}
