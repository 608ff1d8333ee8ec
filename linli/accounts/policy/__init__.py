"""The rules of accounts: pure Python."""
