"""The files app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registration of the app."""

    name = "linli.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
