"""Addresses of the frame itself."""

from django.urls import path

from linli.web import views

urlpatterns = [
    path("view/elder/", views.elder, name="elder"),
    path("view/language/", views.language, name="language"),
]
