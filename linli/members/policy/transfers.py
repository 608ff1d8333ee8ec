"""The way of a transfer slip, as data. A slip past its last day has lapsed: it can only be taken back."""

from __future__ import annotations

from datetime import date

from linli.lib.errors import Refusal
from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.kinds import TransferState


class TransferAction(Labelled):
    """What can happen to a slip."""

    RECEIVE = "receive", gettext_noop("Receive")
    WITHDRAW = "withdraw", gettext_noop("Take back")
    REOPEN = "reopen", gettext_noop("Undo the receipt")


TABLE: dict[tuple[TransferState, TransferAction], TransferState] = {
    (TransferState.ISSUED, TransferAction.RECEIVE): TransferState.RECEIVED,
    (TransferState.ISSUED, TransferAction.WITHDRAW): TransferState.WITHDRAWN,
    (TransferState.RECEIVED, TransferAction.REOPEN): TransferState.ISSUED,
}
"""A receipt outside is undone with the departure that it caused, in no other way."""


def lapsed(state: TransferState, valid_until: date, day: date) -> bool:
    """Tell whether a slip is open on `day`, and too old to be received."""
    return state is TransferState.ISSUED and day > valid_until


def after(state: TransferState, action: TransferAction, number: str) -> TransferState:
    """Return the state after `action`. Refused: what the table does not have."""
    found = TABLE.get((state, action))
    if found is None:
        raise Refusal(
            "transfer-state",
            gettext_noop("The slip %(number)s stands at “%(state)s”; this cannot be done with it any more."),
            number=number,
            state=state,
        )
    return found


def check_receipt(number: str, issued_on: date, valid_until: date, on: date, today: date) -> None:
    """Refuse a day of receipt that cannot be: to come, before the slip was issued, after its last day."""
    values = {"number": number, "issued": issued_on.isoformat(), "until": valid_until.isoformat()}
    if on > today:
        raise Refusal(
            "transfer-ahead",
            gettext_noop("The slip %(number)s cannot be received on a day to come; give the day of the receipt."),
            field="on",
            number=number,
        )
    if on < issued_on:
        raise Refusal(
            "transfer-before",
            gettext_noop("The slip %(number)s was issued on %(issued)s; it cannot be received before."),
            field="on",
            **values,
        )
    if on > valid_until:
        raise Refusal(
            "transfer-lapsed",
            gettext_noop("The slip %(number)s was valid until %(until)s; take it back and issue another."),
            field="on",
            **values,
        )
