"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Registration of the app."""

    name = "linli.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
