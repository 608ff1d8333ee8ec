"""Outbound messages: one outbox, retried."""
