"""Addresses of the organisations app."""

from django.urls import path

from linli.organisations import views, views_dividing, views_editing, views_institutions, views_places

urlpatterns = [
    path("desk/organisations/new/", views.found, name="body-found"),
    path("desk/organisations/<slug:code>/rename/", views.rename, name="body-rename"),
    path("desk/organisations/<slug:code>/move/", views.move, name="body-move"),
    path("desk/places/", views_places.places, name="desk-places"),
    path("desk/places/new/", views_places.add, name="place-add"),
    path("desk/grid/", views_places.grids, name="desk-grids"),
    path("desk/grid/edit/<str:code>/", views_editing.begin, name="grid-begin"),
    path("desk/grid/proposals/<int:pk>/edit/", views_editing.edit, name="grid-edit"),
    path("desk/grid/proposals/<int:pk>/edit/cells/<path:code>/", views_editing.cell, name="grid-edit-cell"),
    path("desk/grid/proposals/<int:pk>/edit/try/<path:code>/", views_editing.try_, name="grid-edit-try"),
    path("desk/grid/proposals/<int:pk>/edit/undo/", views_editing.undo, name="grid-edit-undo"),
    path("desk/grid/divide/<str:code>/", views_dividing.divide, name="grid-divide"),
    path("desk/grid/proposals/<int:pk>/figures/", views_dividing.figures, name="grid-figures"),
    path("desk/grid/history/<str:code>/", views_places.history, name="grid-history"),
    path("desk/grid/proposals/<int:pk>/discard/", views_places.discard, name="grid-discard"),
    path("desk/grid/new/", views_places.propose, name="grid-propose"),
    path("desk/grid/proposals/<int:pk>/", views_places.proposal, name="grid-proposal"),
    path("desk/grid/proposals/<int:pk>/datum/", views_places.datum, name="grid-datum"),
    path("desk/grid/proposals/<int:pk>/faults.geojson", views_places.faults, name="grid-faults"),
    path("desk/grid/proposals/<int:pk>/mended/", views_places.mended, name="grid-mended"),
    path("desk/grid/proposals/<int:pk>/mended.geojson", views_places.mended_map, name="grid-mended-map"),
    path("institutions/", views_institutions.published, name="institutions-published"),
    path("institutions/<int:pk>/", views_institutions.read, name="institution-read"),
    path("desk/institutions/", views_institutions.institutions, name="institutions"),
    path("desk/institutions/adopt/", views_institutions.adopt, name="institution-adopt"),
    path("desk/institutions/<int:pk>/", views_institutions.institution, name="institution"),
    path("desk/institutions/<int:pk>/repeal/", views_institutions.repeal, name="institution-repeal"),
    path("desk/duties/new/", views_institutions.duty_new, name="duty-new"),
    path("desk/duties/<int:pk>/", views_institutions.duty_change, name="duty-change"),
    path("desk/duties/<int:pk>/end/", views_institutions.duty_end, name="duty-end"),
    path("desk/budget/", views_institutions.budget, name="budget"),
    path("desk/budget/line/", views_institutions.budget_line, name="budget-line"),
    path("desk/budget/<slug:code>/<int:year>/publish/", views_institutions.budget_publish, name="budget-publish"),
]
