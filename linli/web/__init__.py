"""Base template, forms, error pages, the access decorator. No tables."""
