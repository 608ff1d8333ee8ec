"""Addresses of the grid app."""

from django.urls import path

from linli.grid import views

urlpatterns = [
    path("desk/doors/", views.buildings, name="doors"),
    path("desk/doors/free/", views.unlinked, name="doors-free"),
    path("desk/doors/members/", views.members, name="doors-members"),
    path("desk/doors/cells/", views.cells, name="doors-cells"),
    path("desk/doors/list.xlsx", views.workbook, name="doors-list"),
    path("desk/doors/at/<str:code>/", views.building, name="doors-building"),
    path("desk/doors/at/<str:code>/link/", views.link, name="doors-link"),
    path("desk/doors/at/<str:code>/end/", views.unlink, name="doors-unlink"),
    path("me/doors/", views.my_doors, name="my-doors"),
]
