"""Fields whose values are encrypted at rest: who has the database alone reads nothing of them."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from linli.lib.sealing import MARK, seal, seal_file, stale, unseal, unseal_file


class Unreadable(str):
    """An empty text in the place of one that no secret of the server opens; saved again, what was there stays."""

    __slots__ = ("sealed",)
    sealed: str

    def __new__(cls, sealed: str) -> Self:
        """Make one that keeps the text as it is `sealed`."""
        made = super().__new__(cls)
        made.sealed = sealed
        return made


class SealedField(models.TextField):  # type: ignore[type-arg]
    """A text that is encrypted for its `purpose` on the way to the database; the empty text stays empty.

    It cannot be searched: nothing but `isnull` is asked of it.
    """

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return what a migration writes."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        """Return the text sealed."""
        if isinstance(value, Unreadable):
            return value.sealed
        return seal(value, secrets(), self.purpose.encode()) if value else value

    def from_db_value(self, value: str | None, *_args: Any) -> str | None:
        """Return the text opened; `Unreadable` where no secret fits."""
        if not value:
            return value
        opened = unseal(value, secrets(), self.purpose.encode())
        return Unreadable(value) if opened is None else opened

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse what a sealed text cannot be asked."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched.")
        return super().get_lookup(lookup_name)

    def stale(self, raw: str) -> bool:
        """Tell whether the text `raw`, as it stands in the database, can be read and should be sealed anew."""
        return bool(raw) and stale(raw, secrets(), self.purpose.encode()) and self.readable(raw)

    def readable(self, raw: str) -> bool:
        """Tell whether a secret of the server opens the text `raw` as it stands in the database."""
        return not raw.startswith(MARK) or unseal(raw, secrets(), self.purpose.encode()) is not None


class SealedFileField(models.BinaryField):  # type: ignore[type-arg]
    """A file that is encrypted for its `purpose` on the way to the database; empty where no secret opens it."""

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return what a migration writes."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        """Return the file sealed."""
        return seal_file(bytes(value), secrets(), self.purpose.encode())

    def from_db_value(self, value: Any, *_args: Any) -> bytes:
        """Return the file opened; one that was kept before there were seals as it is."""
        kept = bytes(value)
        return unseal_file(kept, secrets(), self.purpose.encode()) or b"" if kept.startswith(MARK.encode()) else kept


def secrets() -> list[str]:
    """Return the secrets of the server, the newest first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
