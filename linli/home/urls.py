"""Addresses of the pages that read many apps."""

from django.urls import path

from linli.home import (
    views,
    views_bodies,
    views_data,
    views_log,
    views_me,
    views_members,
    views_settings,
    views_shown,
    views_twice,
)

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views_me.me, name="me"),
    path("me/data/", views_data.my_data, name="my-data"),
    path("me/data/everything.json", views_data.my_data_file, name="my-data-file"),
    path("me/identity/", views_shown.my_identity, name="my-identity"),
    path("me/identity/card.pdf", views_shown.card, name="my-card"),
    path("me/identity/plate.pdf", views_shown.plate, name="my-plate"),
    path("shown/<slug:token>/", views_shown.shown, name="shown"),
    path("privacy/", views_data.privacy, name="privacy"),
    path("me/consents/", views_me.consent, name="me-consent"),
    path("desk/", views.desk, name="desk"),
    path("desk/organisations/<slug:code>/merge/", views_bodies.merge, name="body-merge"),
    path("desk/organisations/<slug:code>/split/", views_bodies.split, name="body-split"),
    path("desk/organisations/<slug:code>/dissolve/", views_bodies.dissolve, name="body-dissolve"),
    path("desk/settings/", views_settings.settings, name="settings"),
    path("desk/settings/calendar/<int:year>/", views_settings.calendar, name="calendar-year"),
    path("desk/settings/calendar/<int:year>/day/", views_settings.day, name="calendar-day"),
    path("desk/settings/rules/<str:place>/<str:code>/", views_settings.rule, name="rule-set"),
    path("desk/members-due/", views_members.due, name="members-due"),
    path("desk/members/twice/", views_twice.twice, name="members-twice"),
    path("desk/members/<str:number>/same-person/", views_twice.join, name="member-join"),
    path("desk/log/", views_log.log, name="log"),
    path("healthz", views.alive, name="healthz"),
    path("readyz", views.ready, name="readyz"),
]
