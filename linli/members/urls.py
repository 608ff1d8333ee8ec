"""Addresses of the members app."""

from django.urls import path

from linli.members.views import applicants, bodies, register, requests, standings, transfers

urlpatterns = [
    path("desk/organisations/", bodies.tree, name="organisations"),
    path("desk/organisations/rules/", bodies.rules, name="body-rules"),
    path("desk/organisations/<slug:code>/", bodies.body, name="body"),
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
    path("desk/members/<str:number>/transfer/", transfers.issue, name="transfer-issue"),
    path("desk/members/<str:number>/leaves/", transfers.depart, name="member-depart"),
    path("desk/transfers/", transfers.transfers, name="transfers"),
    path("desk/transfers/from-outside/", transfers.announce, name="transfer-announce"),
    path("desk/transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("desk/transfers/<int:pk>/receive/", transfers.receive, name="transfer-receive"),
    path("desk/transfers/<int:pk>/take-back/", transfers.withdraw, name="transfer-withdraw"),
    path("desk/transfers/<int:pk>/slip.<slug:form>", transfers.slip, name="transfer-slip"),
    path("desk/applicants/", applicants.applicants, name="applicants"),
    path("desk/applicants/new/", applicants.apply, name="applicant-new"),
    path("desk/applicants/<int:pk>/", applicants.applicant, name="applicant"),
    path("desk/applicants/<int:pk>/talk/", applicants.talk, name="applicant-talk"),
    path("desk/applicants/<int:pk>/step/", applicants.step, name="applicant-step"),
    path("desk/applicants/<int:pk>/end/", applicants.end, name="applicant-end"),
    path("desk/members/<str:number>/full/", applicants.make_full, name="member-full"),
    path("desk/members/<str:number>/prolong/", applicants.prolong, name="member-prolong"),
    path("desk/data-requests/", requests.requests, name="data-requests"),
    path("desk/data-requests/<int:pk>/", requests.answer, name="data-request-answer"),
]
