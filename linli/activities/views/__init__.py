"""Pages of activities: the desk, the roll, a member's own, the public calendar."""
