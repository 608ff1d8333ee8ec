"""Data of the house as a whole: pure Python."""
