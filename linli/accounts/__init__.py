"""Users, role grants, log-in."""
