"""The rules of points: pure Python."""
