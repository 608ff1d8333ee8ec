"""What happens to a member: news of those who live elsewhere, departures, requests about data."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from linli.members.models.register import Member
from linli.members.policy.kinds import Ending
from linli.members.policy.requests import RequestKind, RequestState
from linli.store.choices import choices


class Contact(models.Model):
    """A day on which the branch heard of a member who lives elsewhere or is out of touch."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="contacts")
    on = models.DateField()
    words = models.CharField(max_length=120, blank=True)
    """How: a call, a report, a visit."""

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.on}"


class Departure(models.Model):
    """That a member left the register, and the rows as they were before, so that it can be taken back."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="departures")
    ending = models.CharField(max_length=12, choices=choices(Ending))
    on = models.DateField()
    """The first day without the member."""
    document = models.CharField(max_length=80, blank=True)
    before = models.JSONField(encoder=DjangoJSONEncoder)
    """Name of the table → its rows of the member that were cut short or had not begun."""

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.ending} {self.on}"


class DataRequest(models.Model):
    """That a member asks to correct or erase something kept about the member, and the answer."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="data_requests")
    kind = models.CharField(max_length=8, choices=choices(RequestKind))
    text = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=choices(RequestState), default=RequestState.OPEN.value)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open") ^ models.Q(answered_at__isnull=False), name="members_request_answered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.state}"
