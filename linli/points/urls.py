"""Addresses of points."""

from django.urls import path

from linli.points import views, views_departures, views_desk

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/<int:pk>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:pk>.pdf", views.bulletin_pdf, name="bulletin-pdf"),
    path("me/points/", views.my_points, name="my-points"),
    path("me/points/<int:pk>/", views.my_entry, name="my-entry"),
    path("me/points/<int:pk>/proof.json", views.my_proof, name="my-proof"),
    path("desk/points/", views_desk.points, name="desk-points"),
    path("desk/points/<slug:code>/<slug:month>/", views_desk.branch_month, name="desk-branch-month"),
    path("desk/points/<slug:code>/<slug:month>/prepare/", views_desk.prepare, name="bulletin-prepare"),
    path("desk/points/<slug:code>/<slug:month>/publish/", views_desk.publish, name="bulletin-publish"),
    path("desk/points/<slug:code>/<slug:month>/reopen/", views_desk.reopen, name="bulletin-reopen"),
    path("desk/points/<slug:code>/<slug:month>/bulletin.<slug:form>", views_desk.bulletin_file, name="bulletin-file"),
    path("desk/deeds/", views_desk.deeds, name="desk-deeds"),
    path("desk/deeds/new/", views_desk.deed_new, name="deed-new"),
    path("desk/deeds/<int:pk>/confirm/", views_desk.deed_confirm, name="deed-confirm"),
    path("desk/deeds/<int:pk>/refuse/", views_desk.deed_refuse, name="deed-refuse"),
    path("desk/entries/<int:pk>/reverse/", views_desk.entry_reverse, name="entry-reverse"),
    path("desk/departures/", views_departures.departures, name="departures"),
    path("desk/departures/<int:pk>/take-back/", views_departures.take_back, name="departure-take-back"),
]
