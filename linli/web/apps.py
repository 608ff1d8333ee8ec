"""The web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registration of the app."""

    name = "linli.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
