"""Addresses of the pages that read many apps."""

from django.urls import path

from linli.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("healthz", views.alive, name="healthz"),
    path("readyz", views.ready, name="readyz"),
]
