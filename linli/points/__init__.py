"""Indicator sheets, the ledger, bulletins."""
