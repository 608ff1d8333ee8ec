"""The register: members, their class and unit between dates, their consents."""

from django.db import models

from linli.accounts.models import User
from linli.members.policy.kinds import Education, Ending, Purpose, Sex, Stage
from linli.organisations.models import Body
from linli.store.choices import choices
from linli.store.sealed import SealedField
from linli.store.validity import Dated, DatedQuerySet, validity_check


class MemberClass(models.Model):
    """A class of classified management (四统四分): data of the subdistrict; its duties are `ClassDuty` rows."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    scored = models.BooleanField(default=True)
    """Whether members of the class take part in points; the exempt are never ranked."""

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "member classes"

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A party member. `number` is what published records hold; the name stays here."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_key = models.CharField(max_length=160, db_index=True, editable=False, default="")
    """Pinyin with initials, for order and for search."""
    sex = models.CharField(max_length=8, choices=choices(Sex), blank=True)
    born_on = models.DateField(null=True, blank=True)
    education = models.CharField(max_length=16, choices=choices(Education), blank=True)
    phone = SealedField(purpose="linli telephone", blank=True)
    """Encrypted at rest; shown masked, and in clear by `services.show_phone` only."""
    stage = models.CharField(max_length=16, choices=choices(Stage), default=Stage.FULL.value)
    """As of today; on another day `full_on` decides (`queries.due`)."""
    joined_on = models.DateField(null=True, blank=True)
    full_on = models.DateField(null=True, blank=True)
    probation_until = models.DateField(null=True, blank=True)
    """When the time of probation ends, where it was prolonged; else a year after joining."""
    member_class = models.ForeignKey(MemberClass, models.PROTECT, related_name="members")
    """Caches the class that holds today; `Classification` has each with its dates."""
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="member")
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="others")
    """Whose second number this is: the person was entered twice. Only what bears the number is left of the row."""

    class Meta:
        ordering = ["name_key", "number"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The member as a text reference."""
        return f"member:{self.number}"


class Classification(Dated):
    """The one class that a member is in, between dates."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="classifications")
    member_class = models.ForeignKey(MemberClass, models.PROTECT, related_name="classifications")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("members_classification_dates")]


class Membership(Dated):
    """The one unit that a member belongs to, between dates."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    ended = models.CharField(max_length=12, choices=choices(Ending), blank=True)
    """Why it ended, where the member left the register with it; empty: open, or moved to another unit."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("members_membership_dates")]
        indexes = [models.Index(fields=["body", "valid_from"])]


class Consent(models.Model):
    """A separate agreement of a member to one purpose, until withdrawn."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=choices(Purpose))
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="members_consent_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.purpose}"


class Shown(models.Model):
    """What a member agreed to show with one consent to `Purpose.IDENTITY_CARD`, and the address of the public page.

    The page lives as long as the consent: withdrawn, the printed code leads nowhere; a new consent has a new token.
    """

    consent = models.OneToOneField(Consent, models.CASCADE, related_name="shown")
    token = models.CharField(max_length=32, unique=True)
    full_name = models.BooleanField(default=False)
    """The whole name; else the surname with the given name masked."""
    branch = models.BooleanField(default=False)
    centre = models.BooleanField(default=False)
    """That the own household is a centre household, while the member holds that post."""

    def __str__(self) -> str:
        return f"{self.consent}"
