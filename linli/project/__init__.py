"""Wiring only: settings, addresses, commands."""
