"""The members app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Registration of the app."""

    name = "linli.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"
