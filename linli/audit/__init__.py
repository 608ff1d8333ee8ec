"""What was done, by whom, when: append-only events and the Merkle log."""
