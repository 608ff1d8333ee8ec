"""The points app."""

from django.apps import AppConfig


class PointsConfig(AppConfig):
    """Registration of the app."""

    name = "linli.points"
    label = "points"
    default_auto_field = "django.db.models.BigAutoField"
