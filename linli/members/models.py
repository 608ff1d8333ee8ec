"""Members, the unit each belongs to, their posts and consents."""

from django.db import models

from linli.accounts.models import User
from linli.members.policy.kinds import Education, Purpose, Sex, Stage, Title
from linli.organisations.models import Body
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class MemberClass(models.Model):
    """A class of classified management (四统四分): data of the subdistrict, with its duty set in words."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    duties = models.TextField(blank=True)
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
    phone = models.CharField(max_length=24, blank=True)
    stage = models.CharField(max_length=16, choices=choices(Stage), default=Stage.FULL.value)
    joined_on = models.DateField(null=True, blank=True)
    full_on = models.DateField(null=True, blank=True)
    member_class = models.ForeignKey(MemberClass, models.PROTECT, related_name="members")
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="member")

    class Meta:
        ordering = ["name_key", "number"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The member as a text reference."""
        return f"member:{self.number}"


class Membership(Dated):
    """The one unit that a member belongs to, between dates."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("members_membership_dates")]
        indexes = [models.Index(fields=["body", "valid_from"])]


class Post(Dated):
    """A post that a member holds in a body, between dates."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="posts")
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=20, choices=choices(Title))

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("members_post_dates")]


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


class RosterUpload(models.Model):
    """A roster file between its check and its import: bound to a body, and gone once imported or after a day."""

    token = models.CharField(max_length=43, unique=True)
    body = models.ForeignKey(Body, models.CASCADE, related_name="roster_uploads")
    """The roster is of this body: no member and no body outside it may be touched."""
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.body} {self.uploaded_at:%Y-%m-%d %H:%M}"
