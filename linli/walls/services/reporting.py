"""Posting of a problem: by anybody, without an account."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.files import services as files
from linli.files.policy.photos import CleanPhoto, clean_photo
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal
from linli.lib.paths import covers
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.notify.services import post_all
from linli.places.models import Place
from linli.store.statements import insert
from linli.walls.models import Category, Issue, Posting, Wall
from linli.walls.policy.gate import internal
from linli.walls.policy.kinds import EventKind
from linli.walls.policy.numbers import number
from linli.walls.queries.receipts import receipt_digest, receipt_secret
from linli.walls.services.clocks import Clocks
from linli.walls.services.notes import ARRIVED, note
from linli.walls.services.record import answering, line, words

CONTACT = 80


@dataclass(frozen=True, slots=True)
class Reported:
    """A posted issue, the secret of its receipt, and why the photo was not taken, if it was not."""

    issue: Issue
    secret: str
    photo_refusal: Refusal | None = None


def report(
    *,
    wall: Wall,
    place: Place,
    category: Category,
    text: str,
    by: Actor,
    now: datetime,
    key: str,
    contact: str = "",
    photo: bytes | None = None,
    reporter: Member | None = None,
) -> Reported:
    """Post a problem at `place` on `wall`. The wall's row is locked while the number is given.

    The receipt is derived from `key`: a retried report has the same. A photo that is refused is left out and
    the report is kept. Refused: an empty or overlong text, a place outside the wall's, an overlong contact.
    """
    clean, photo_refusal = _cleaned(photo)
    with writing("issue.report", by=by, now=now, key=_audit_key(key)) as event:
        shown = words(text, field="text")
        _check(wall, place, contact)
        given, leads = _next_number(wall, now.astimezone(CHINA).year)
        if leads != wall.body_id:  # the wall was handed over since it was read
            wall = answering(wall.pk)
        secret = receipt_secret(key)
        promise = Clocks(now).promise(category.clock, wall)
        issue = Issue(
            number=given,
            wall=wall,
            place=place,
            category=category,
            text=internal(text),
            public_text=shown,
            contact=internal(contact),
            photo=files.keep_clean(clean, now=now) if clean else None,
            reporter=reporter,
            receipt_digest=receipt_digest(secret),
            owner_id=wall.body_id,
            posted_at=now,
            accept_due=promise.accept_due,
            answer_due=promise.answer_due,
            rings_at=promise.answer_due,
        )
        insert(issue)
        insert(Posting(issue=issue, wall=wall, posted_at=now))
        line(issue, EventKind.POSTED, now=now)
        post_all([note(ARRIVED, number=given, wall=wall.name, body_code=wall.body.code, cause="new")], now=now)
        event.about(issue.ref, wall=wall.code, category=category.code)
    return Reported(issue, secret, photo_refusal)


def _audit_key(key: str) -> str:
    """Return what the audit log keeps: with the key itself a reader of the log could ask for the receipt."""
    return f"report:{hashlib.sha256(key.encode()).hexdigest()}"


def _cleaned(photo: bytes | None) -> tuple[CleanPhoto | None, Refusal | None]:
    if photo is None:
        return None, None
    try:
        return clean_photo(photo), None
    except Refusal as refusal:
        return None, refusal


def _check(wall: Wall, place: Place, contact: str) -> None:
    if not covers(wall.place.path, place.path):
        raise Refusal("report-place", gettext_noop("This place does not belong to the wall; scan the poster again."))
    if len(contact.strip()) > CONTACT:
        raise Refusal(
            "report-contact",
            gettext_noop("The contact has more than %(longest)s characters; shorten it."),
            field="contact",
            longest=CONTACT,
        )


def _next_number(wall: Wall, year: int) -> tuple[str, int]:
    """Count one more issue of the wall in `year`; return its number and the key of the body that answers now.

    The same statement locks the row and changes the version.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE walls_wall SET version = version + 1, number_year = %s, "
            "number_last = CASE WHEN number_year = %s THEN number_last + 1 ELSE 1 END WHERE id = %s "
            "RETURNING number_last, body_id",
            [year, year, wall.pk],
        )
        count, body = cursor.fetchone()
        return number(wall.code, year, count), body
