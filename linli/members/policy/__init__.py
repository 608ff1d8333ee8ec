"""The rules of members: pure Python."""
