"""Addresses of the members app."""

from django.urls import path

from linli.members import views

urlpatterns = [
    path("desk/members/", views.members, name="members"),
    path("desk/members/statistics/", views.statistics, name="members-statistics"),
    path("desk/members/export.xlsx", views.export, name="members-export"),
    path("desk/members/import/", views.import_roster, name="members-import"),
    path("desk/members/import/<slug:token>/", views.import_check, name="members-import-check"),
    path("desk/members/import/<slug:token>/problems.xlsx", views.import_problems, name="members-import-problems"),
    path("desk/members/import/<slug:token>/forget/", views.import_forget, name="members-import-forget"),
    path("desk/members/<str:number>/", views.member, name="member"),
    path("desk/members/<str:number>/account/", views.account, name="member-account"),
]
