"""Addresses of the rules app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
