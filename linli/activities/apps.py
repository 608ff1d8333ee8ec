"""The activities app."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Registration of the app."""

    name = "linli.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"
