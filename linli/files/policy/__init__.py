"""The rules of files: pure Python."""
