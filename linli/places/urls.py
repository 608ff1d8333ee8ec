"""Addresses of the places app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
