"""The rules of activities: pure Python."""
