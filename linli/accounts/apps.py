"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registration of the app."""

    name = "linli.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
