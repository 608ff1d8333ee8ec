"""The rules of the log: pure Python."""
