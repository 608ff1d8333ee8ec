"""Pages that read many apps. No tables."""
