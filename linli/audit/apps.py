"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registration of the app."""

    name = "linli.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
