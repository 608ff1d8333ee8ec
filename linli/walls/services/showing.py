"""What those who answer for a wall hide from the public, or show; where the issue stands does not change by it."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.walls.models import Issue
from linli.walls.policy.cover import LONGEST, cover, places
from linli.walls.queries.lines import hidden
from linli.walls.services.record import here, touch


def hide_words(issue: Issue, *, words: str, by: Actor, now: datetime, key: str) -> Issue:
    """Hide `words` wherever they stand in what the public reads of the issue, now and later: a neighbour's name.

    Nothing is overwritten: the words are kept inside and covered at reading (ADR 0092). The log says at how many
    places, and not which words. Refused: no words, too many, words that stand nowhere, an issue whose text is hidden.
    """
    with writing("issue.hide_words", by=by, now=now, key=key) as event:
        issue = here(issue)
        word = _checked(issue, words)
        found = sum(places(cover(text, issue.hidden_words), word) for text in _public_texts(issue))
        if not found:
            raise Refusal(
                "hide-nowhere",
                gettext_noop("These words do not stand in what the public reads; copy them from there as they stand."),
                field="words",
            )
        issue.hidden_words = [*issue.hidden_words, word]
        issue.save(update_fields=["hidden_words"])
        touch(issue)
        event.about(issue.ref, places=found)
    return issue


def show_photo(issue: Issue, *, photo_public: bool, by: Actor, now: datetime, key: str) -> Issue:
    """Let everybody see the photo, which was looked at, or nobody but those who work on it and the reporter.

    Refused: an issue without photo, or whose text is not public.
    """
    with writing("issue.show_photo", by=by, now=now, key=key) as event:
        issue = here(issue)
        _refuse_hidden(issue)
        if issue.photo_id is None:
            raise Refusal("photo-none", gettext_noop("This issue has no photo."))
        issue.photo_public = photo_public
        issue.save(update_fields=["photo_public"])
        touch(issue)
        event.about(issue.ref, photo_public=photo_public)
    return issue


def _checked(issue: Issue, words: str) -> str:
    _refuse_hidden(issue)
    word = words.strip()
    if not word:
        raise Refusal("hide-empty", gettext_noop("Write the words that have to be hidden."), field="words")
    if len(word) > LONGEST:
        raise Refusal(
            "hide-long",
            gettext_noop("These are %(length)s characters; at most %(longest)s fit. Hide them in parts."),
            field="words",
            length=len(word),
            longest=LONGEST,
        )
    return word


def _refuse_hidden(issue: Issue) -> None:
    if hidden(issue):
        raise Refusal(
            "issue-hidden", gettext_noop("The words of this issue are not public; nothing is to hide or show.")
        )


def _public_texts(issue: Issue) -> list[str]:
    said = issue.events.exclude(text="").values_list("text", flat=True)
    reasons = issue.postings.exclude(reason="").values_list("reason", flat=True)
    return [issue.public_text, *said, *reasons]
