"""The notify app."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registration of the app."""

    name = "linli.notify"
    label = "notify"
    default_auto_field = "django.db.models.BigAutoField"
