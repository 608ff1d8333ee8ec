"""Events that only grow, and the Merkle log in which published records are leaves."""

from django.db import models


class Event(models.Model):
    """One thing that was done. Identifiers and labels as text: no foreign keys, no personal data."""

    request_key = models.CharField(max_length=120, unique=True)
    action = models.CharField(max_length=60)
    ref = models.CharField(max_length=120, db_index=True)
    actor = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField(db_index=True)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.ref}"


class Leaf(models.Model):
    """A record entered into the log: its place, its reference and the hash of its canonical form."""

    index = models.BigIntegerField(unique=True)
    ref = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return f"{self.index}: {self.ref}"


class Node(models.Model):
    """The hash (32 bytes) of a perfect subtree: level 0 are the leaves."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="audit_node_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The log as it stood: how many leaves, and their root (hexadecimal)."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size} {self.root[:16]}"
