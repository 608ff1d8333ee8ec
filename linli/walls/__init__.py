"""Child wall, mother wall, echo: issues to the end."""
