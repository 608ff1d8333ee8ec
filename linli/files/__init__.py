"""Uploads kept safe, pictures cleaned, documents rendered."""
