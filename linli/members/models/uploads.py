"""Rosters between their check and their import."""

from django.db import models

from linli.organisations.models import Body
from linli.store.sealed import SealedFileField


class RosterUpload(models.Model):
    """A roster file between its check and its import: bound to a body, and gone once imported or after a day."""

    token = models.CharField(max_length=43, unique=True)
    body = models.ForeignKey(Body, models.CASCADE, related_name="roster_uploads")
    """The roster is of this body: no member and no body outside it may be touched."""
    name = models.CharField(max_length=200)
    content = SealedFileField(purpose="linli roster")
    """Encrypted at rest: it holds telephone numbers."""
    uploaded_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.body} {self.uploaded_at:%Y-%m-%d %H:%M}"
