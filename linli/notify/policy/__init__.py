"""The rules of the outbox: pure Python."""
