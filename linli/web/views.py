"""Elder view, language, errors."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from linli.web.access import Need, page
from linli.web.middleware import LANGUAGES
from linli.web.opendata import problem

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "/")
    return HttpResponseRedirect(target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/")


@page(Need.PUBLIC, "POST")
def elder(request: HttpRequest) -> HttpResponse:
    """Turn the elder view (large text, large buttons, the same functions) on or off; remembered."""
    response = _back(request)
    response.set_cookie("elder", request.POST.get("elder", "0")[:1], max_age=YEAR, samesite="Lax")
    return response


@page(Need.PUBLIC, "POST")
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language that was chosen."""
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax")
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Say that the page was open too long."""
    return render(request, "web/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Say that the request could not be read (400)."""
    return _wrong(request, "web/400.html", 400, _("This request could not be read"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the role does not allow it, and what to do where that is known (403)."""
    why = str(exception)
    return _wrong(request, "web/403.html", 403, why or _("Your role does not allow this"), why=why)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Say that there is no such page; the same words for what one may not see (404)."""
    return _wrong(request, "web/404.html", 404, _("There is nothing here"))


def failed(request: HttpRequest) -> HttpResponse:
    """Say that we failed and that nothing was saved (500)."""
    return _wrong(request, "web/500.html", 500, _("Something failed on our side"))


def _wrong(request: HttpRequest, template: str, status: int, title: str, **context: str) -> HttpResponse:
    """Return the page for people; below /api/ the same as a problem for programs."""
    if request.path.startswith("/api/"):
        return problem(status, title)
    return render(request, template, context, status=status)
