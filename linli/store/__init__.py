"""What all tables share: validity between dates, guards kept by the database. No tables of its own."""
