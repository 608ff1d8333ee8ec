"""Addresses of the organisations app."""

from django.urls import path

from linli.organisations import views

urlpatterns = [
    path("desk/organisations/", views.organisations, name="organisations"),
    path("desk/organisations/new/", views.found, name="body-found"),
    path("desk/organisations/<slug:code>/", views.rename, name="body-rename"),
]
