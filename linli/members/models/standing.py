"""What stands between a member and a meeting: standings between dates, transfers, the way into the Party."""

from django.db import models

from linli.members.models.register import Member
from linli.members.policy.kinds import ApplicantStage, Direction, Education, Sex, Standing, TransferState
from linli.organisations.models import Body
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class MemberStanding(Dated):
    """Something that holds of a member between dates and bears on being due: away, out of touch, without vote."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="standings")
    kind = models.CharField(max_length=20, choices=choices(Standing))
    where = models.CharField(max_length=80, blank=True)
    """Where the member lives or takes part meanwhile."""
    document = models.CharField(max_length=80, blank=True)
    """The decision or certificate."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("members_standing_dates")]
        indexes = [models.Index(fields=["kind", "valid_from"])]


class Transfer(models.Model):
    """A member's way from one unit to another, with its numbered slip (组织关系介绍信)."""

    number = models.CharField(max_length=40, unique=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="transfers")
    """Empty while somebody from outside has not been received."""
    name = models.CharField(max_length=40)
    direction = models.CharField(max_length=8, choices=choices(Direction))
    source = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="transfers_out")
    source_name = models.CharField(max_length=80)
    target = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="transfers_in")
    target_name = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=choices(TransferState))
    issued_on = models.DateField()
    valid_until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    """When the member was received, or the slip taken back."""
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(state="issued"), name="members_transfer_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("issued_on")), name="members_transfer_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> str:
        """The transfer as a text reference."""
        return f"transfer:{self.number}"


class Applicant(models.Model):
    """Somebody on the way into the Party (申请人 → 积极分子 → 发展对象), until admitted on probation as a member."""

    name = models.CharField(max_length=40)
    name_key = models.CharField(max_length=160, db_index=True, editable=False, default="")
    sex = models.CharField(max_length=8, choices=choices(Sex), blank=True)
    born_on = models.DateField()
    education = models.CharField(max_length=16, choices=choices(Education), blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="applicants")
    stage = models.CharField(max_length=12, choices=choices(ApplicantStage))
    """As the last of the steps says."""
    talked_on = models.DateField(null=True, blank=True)
    """When somebody of the branch first talked with the applicant."""
    member = models.OneToOneField(Member, models.PROTECT, null=True, blank=True, related_name="application")

    class Meta:
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The applicant as a text reference."""
        return f"applicant:{self.pk}"


class ApplicantStep(models.Model):
    """One step of an applicant, with its day and document."""

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=12, choices=choices(ApplicantStage))
    on = models.DateField()
    document = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["applicant", "stage"], name="members_step_once")]

    def __str__(self) -> str:
        return f"{self.applicant_id} {self.stage} {self.on}"
