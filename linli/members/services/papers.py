"""Writes of own templates of printed forms."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.files.services import check_letter
from linli.members.models import PaperTemplate
from linli.members.queries import papers as queries
from linli.organisations.models import Body


def keep_template(
    body: Body, *, paper: str, content: bytes, name: str, by: Actor, now: datetime, key: str
) -> PaperTemplate:
    """Keep the template by which `body` and those below it print `paper`; it replaces an earlier one.

    Refused: what is no safe Word template of the fields of `paper` (`files.letters.check_letter`).
    """
    check_letter(content, name, queries.form(paper).sample)
    with writing("paper.keep", by=by, now=now, key=key) as event:
        kept, _new = PaperTemplate.objects.update_or_create(
            body=body, paper=paper, defaults={"name": name[-200:], "content": content, "kept_at": now}
        )
        event.about(body.ref, paper=paper, bytes=len(content))
    return kept


def forget_template(pk: int, *, by: Actor, now: datetime, key: str) -> None:
    """Delete an own template: the next above, or the one that ships, holds again. 404 out of reach."""
    with writing("paper.forget", by=by, now=now, key=key) as event:
        found = queries.template(by, pk)
        event.about(found.body.ref, paper=found.paper)
        found.delete()
