"""The rules app."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Registration of the app."""

    name = "linli.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"
