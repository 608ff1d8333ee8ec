"""Reads of the walls: what anybody may see, what a receipt opens, what the desk sees."""
