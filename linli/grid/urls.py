"""Addresses of the grid app."""

from django.urls import path

from linli.grid import (
    api,
    views,
    views_posters,
    views_public,
    views_responsible,
    views_sizes,
    views_workers,
)

urlpatterns = [
    path("desk/doors/", views.buildings, name="doors"),
    path("desk/doors/free/", views.unlinked, name="doors-free"),
    path("desk/doors/members/", views.members, name="doors-members"),
    path("desk/doors/cells/", views_workers.cells, name="doors-cells"),
    path("desk/doors/sizes/", views_sizes.sizes, name="doors-sizes"),
    path("desk/doors/sizes.xlsx", views_sizes.workbook, name="doors-sizes-list"),
    path("desk/doors/cells/<str:place>/<path:code>/worker/", views_workers.worker_add, name="worker-add"),
    path("desk/doors/cells/<str:place>/posters.pdf", views_posters.posters, name="cell-posters"),
    path("desk/workers/<int:pk>/", views_workers.worker, name="worker"),
    path("desk/workers/<int:pk>/end/", views_workers.worker_end, name="worker-end"),
    path("desk/notices/<str:place>/", views_workers.notice, name="grid-notice"),
    path("desk/notices/<str:place>/back/", views_workers.notice_back, name="grid-notice-back"),
    path("desk/doors/door/<str:code>/", views_responsible.door, name="door"),
    path("desk/doors/door/<str:code>/responsible.pdf", views_responsible.door_pdf, name="door-pdf"),
    path("api/v1/doors/<str:code>/responsible/", api.door, name="api-door"),
    path("map/", views_public.map_, name="map"),
    path("map/<str:place>.geojson", views_public.open_map, name="map-data"),
    path("map/find/", views_public.find, name="find-cell"),
    path("map/here/", views_public.here, name="find-here"),
    path("map/cells/<str:place>/<path:code>/poster.pdf", views_posters.poster, name="cell-poster"),
    path("map/cells/<str:place>/<path:code>/", views_public.cell, name="cell"),
    path("desk/doors/list.xlsx", views.workbook, name="doors-list"),
    path("desk/doors/at/<str:code>/", views.building, name="doors-building"),
    path("desk/doors/at/<str:code>/link/", views.link, name="doors-link"),
    path("desk/doors/at/<str:code>/end/", views.unlink, name="doors-unlink"),
    path("me/cells/", views_workers.my_cells, name="my-cells"),
    path("me/cells/<int:pk>/phone/", views_workers.my_phone, name="my-cell-phone"),
    path("me/doors/", views.my_doors, name="my-doors"),
]
