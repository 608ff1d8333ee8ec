"""Addresses of the places app."""

from django.urls import path

from linli.places import views

urlpatterns = [
    path("places/<str:code>/", views.place, name="place"),
]
