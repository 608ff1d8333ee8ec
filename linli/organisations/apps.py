"""The organisations app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Registration of the app."""

    name = "linli.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
