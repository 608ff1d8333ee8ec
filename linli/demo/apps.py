"""The demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registration of the app."""

    name = "linli.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
