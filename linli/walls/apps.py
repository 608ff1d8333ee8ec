"""The walls app."""

from django.apps import AppConfig


class WallsConfig(AppConfig):
    """Registration of the app."""

    name = "linli.walls"
    label = "walls"
    default_auto_field = "django.db.models.BigAutoField"
