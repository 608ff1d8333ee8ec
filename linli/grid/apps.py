"""The grid app."""

from django.apps import AppConfig


class GridConfig(AppConfig):
    """Registration of the app."""

    name = "linli.grid"
    label = "grid"
    default_auto_field = "django.db.models.BigAutoField"
