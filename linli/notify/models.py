"""The outbox."""

from django.db import models


class Message(models.Model):
    """A message to be sent: written in the transaction of its cause, sent by a job, retried."""

    class State(models.TextChoices):
        """Where the message stands."""

        WAITING = "waiting"
        SENT = "sent"
        PARKED = "parked"

    cause = models.CharField(max_length=160, unique=True)
    audience = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "next_try"])]

    def __str__(self) -> str:
        return self.subject
