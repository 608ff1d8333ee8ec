"""Writes of members."""

from linli.members.services.register import appoint, enrol, ensure_class, link_account, name_key, set_consent

__all__ = ["appoint", "enrol", "ensure_class", "link_account", "name_key", "set_consent"]
