"""Who answers for a door: the member to whom each household is linked, the workers and parties of each cell."""
