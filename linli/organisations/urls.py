"""Addresses of the organisations app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
