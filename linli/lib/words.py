"""Marking of texts for translation where Django may not be imported."""


def gettext_noop(message: str) -> str:
    """Return `message` unchanged; marks it for the message catalogue (xgettext knows the name)."""
    return message
