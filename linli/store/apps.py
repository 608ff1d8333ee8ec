"""The store app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registration of the app."""

    name = "linli.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
