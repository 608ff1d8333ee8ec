"""The rules of organisations: pure Python."""
