"""Addresses of the members app."""

from django.urls import path

from linli.members.views import register, standings

urlpatterns = [
    path("desk/members/", register.members, name="members"),
    path("desk/members/statistics/", register.statistics, name="members-statistics"),
    path("desk/members/export.xlsx", register.export, name="members-export"),
    path("desk/members/import/", register.import_roster, name="members-import"),
    path("desk/members/import/<slug:token>/", register.import_check, name="members-import-check"),
    path("desk/members/import/<slug:token>/problems.xlsx", register.import_problems, name="members-import-problems"),
    path("desk/members/import/<slug:token>/forget/", register.import_forget, name="members-import-forget"),
    path("desk/members/<str:number>/", register.member, name="member"),
    path("desk/members/<str:number>/account/", register.account, name="member-account"),
    path("desk/members/<str:number>/standings/new/", standings.begin, name="standing-begin"),
    path("desk/members/<str:number>/standings/<int:pk>/end/", standings.end, name="standing-end"),
    path("desk/members/<str:number>/heard-of/", standings.contact, name="member-contact"),
]
