"""The places app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registration of the app."""

    name = "linli.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
