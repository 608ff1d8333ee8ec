"""The rules of places: pure Python."""
