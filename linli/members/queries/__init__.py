"""Reads of members."""

from linli.members.queries.people import consenting

__all__ = ["consenting"]
