"""The rules of linked households: pure Python."""
