"""Truths about points: the ledger, the bulletins, and the log that seals both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import F

from linli.audit import queries as audit
from linli.lib.invariants import Invariant
from linli.lib.merkle import canonical, leaf_hash
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.points import queries
from linli.points.models import Bulletin, Deed, Entry
from linli.points.policy.kinds import BulletinState
from linli.points.policy.words import digest

KINDS = ("entry", "bulletin")


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of points."""
    return (
        Invariant(
            "points.sealed",
            gettext_noop("Every published bulletin and every line in it is in the log, unchanged"),
            _unlike_the_log,
        ),
        Invariant(
            "points.words",
            gettext_noop("The words of every reversing line are those that were sealed with it, or were erased"),
            _other_words,
        ),
        Invariant(
            "points.frozen",
            gettext_noop("Every published bulletin says what the ledger gives when it is counted again"),
            _miscounted,
        ),
        Invariant(
            "points.closed",
            gettext_noop("No line was written into a month after its bulletin was prepared"),
            _after_closing,
        ),
        Invariant(
            "points.second_person",
            gettext_noop("Who recorded, who confirmed and who earned are never the same where two are asked for"),
            _one_person,
        ),
    )


def _sealed() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give every record that must be in the log: published bulletins, and the lines of their months."""
    published = set(Bulletin.objects.filter(state=BulletinState.PUBLISHED).values_list("body_id", "month"))
    for entry in queries.entries().order_by("pk").iterator(2000):
        if (entry.body_id, entry.month) in published:
            yield entry.ref, queries.entry_content(entry)
    for bulletin in queries.published().order_by("pk"):
        yield bulletin.ref, queries.bulletin_content(bulletin)


def _unlike_the_log() -> list[str]:
    sealed = audit.sealed(KINDS)
    lines = []
    for ref, content in _sealed():
        digest = sealed.pop(ref, None)
        if digest is None:
            lines.append(f"{ref}: not in the log (inserted, or moved into a published month)")
        elif digest != leaf_hash(canonical(content)):
            lines.append(f"{ref}: changed since it was sealed")
    return lines + [f"{ref}: in the log, but gone from its table or its month" for ref in sealed]


def _other_words() -> list[str]:
    """Compare each reversing line with its deed; a line of before the digests holds the words themselves."""
    lines = []
    for entry in queries.entries().exclude(reverses=None).order_by("pk"):
        deed = queries.deed_of(entry)
        if deed is None:
            lines.append(f"{entry.ref}: its deed is gone")
        elif (deed.note or deed.salt) and entry.reason_digest not in {digest(deed.note, deed.salt), deed.note}:
            lines.append(f"{entry.ref}: {deed.ref} has other words")
    return lines


def _miscounted() -> list[str]:
    return [
        f"{bulletin.ref} {bulletin.body.code} {Month.of(bulletin.month)}"
        for bulletin in queries.published().order_by("pk")
        if queries.recount(bulletin) != bulletin.frozen
    ]


def _after_closing() -> list[str]:
    late = Entry.objects.filter(
        body__bulletins__month=F("month"), booked_at__gt=F("body__bulletins__prepared_at")
    ).order_by("pk")
    return [entry.ref for entry in late.distinct()]


def _one_person() -> list[str]:
    person = {pk: lasting or pk for pk, lasting in Member.objects.values_list("pk", "same_as")}
    earners = {f"user:{user}": pk for pk, user in Member.objects.exclude(user=None).values_list("pk", "user_id")}
    return [
        row.ref
        for rows in (Entry.objects.order_by("pk"), Deed.objects.exclude(confirmer="").order_by("pk"))
        for row in rows.iterator(2000)
        if row.recorder == row.confirmer or earners.get(row.confirmer) == person[row.member_id]
    ] + [bulletin.ref for bulletin in Bulletin.objects.filter(publisher=F("preparer"))]
