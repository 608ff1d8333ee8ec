"""The rules of rules: pure Python."""
