"""What people uploaded, after cleaning."""

from django.db import models


class Photo(models.Model):
    """A picture re-encoded by us: no metadata, known size. `name` is relative to the files folder."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
