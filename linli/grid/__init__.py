"""Who answers for a door: the member to whom each household is linked, and the centre households of each cell."""
