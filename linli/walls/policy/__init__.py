"""The rules of walls: pure Python."""
