"""Addresses of the activities app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
