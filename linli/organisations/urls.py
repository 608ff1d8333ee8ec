"""Addresses of the organisations app."""

from django.urls import path

from linli.organisations import views, views_places

urlpatterns = [
    path("desk/organisations/", views.organisations, name="organisations"),
    path("desk/organisations/new/", views.found, name="body-found"),
    path("desk/organisations/<slug:code>/", views.rename, name="body-rename"),
    path("desk/places/", views_places.places, name="desk-places"),
    path("desk/places/new/", views_places.add, name="place-add"),
    path("desk/grid/", views_places.grids, name="desk-grids"),
    path("desk/grid/new/", views_places.propose, name="grid-propose"),
    path("desk/grid/proposals/<int:pk>/", views_places.proposal, name="grid-proposal"),
    path("desk/grid/proposals/<int:pk>/faults.geojson", views_places.faults, name="grid-faults"),
]
