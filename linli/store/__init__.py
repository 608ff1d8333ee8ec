"""What all tables share: validity between dates, guards in the database, statements compiled once. No own tables."""
