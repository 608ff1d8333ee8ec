"""Addresses of the pages that read many apps."""

from django.urls import path

from linli.home import views, views_me

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views_me.me, name="me"),
    path("me/consents/", views_me.consent, name="me-consent"),
    path("desk/", views.desk, name="desk"),
    path("healthz", views.alive, name="healthz"),
    path("readyz", views.ready, name="readyz"),
]
