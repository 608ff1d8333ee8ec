"""Pages of the members app, by whom they serve."""
