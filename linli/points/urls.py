"""Addresses of the points app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
