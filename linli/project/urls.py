"""All addresses: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("linli.walls.urls")),  # first: what everybody opens is found soonest
    path("", include("linli.home.urls")),
    path("", include("linli.web.urls")),
    path("", include("linli.accounts.urls")),
    path("", include("linli.rules.urls")),
    path("", include("linli.places.urls")),
    path("", include("linli.organisations.urls")),
    path("", include("linli.members.urls")),
    path("", include("linli.grid.urls")),
    path("", include("linli.points.urls")),
    path("", include("linli.activities.urls")),
]

handler400 = "linli.web.views.bad_request"
handler403 = "linli.web.views.forbidden"
handler404 = "linli.web.views.not_found"
handler500 = "linli.web.views.failed"
