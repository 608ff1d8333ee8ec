"""Deterministic demonstration data, built through the services. No tables."""
