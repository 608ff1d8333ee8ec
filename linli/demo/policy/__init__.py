"""What the demonstration is made of: pure data and plans, no database."""
