"""Addresses of the walls app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
