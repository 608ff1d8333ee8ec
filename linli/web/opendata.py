"""What programs are answered: problems by RFC 9457, and open data that pages of other hosts may read."""

from __future__ import annotations

from functools import wraps
from http import HTTPMethod, HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from linli.web.access import View

PROBLEM = "application/problem+json"
DAY = 24 * 3600


def problem(status: int, title: str, **headers: str) -> HttpResponse:
    """Return what is wrong as problem details (RFC 9457), kept in no cache; `headers` with _ for -."""
    found = {"type": "about:blank", "status": status, "title": title}
    answer = JsonResponse(found, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    for name, value in {"Cache_Control": "no-store", **headers}.items():
        answer.headers[name.replace("_", "-")] = value
    return answer


def open_data(view: View) -> View:
    """Let pages of other hosts read every answer of `view`: also that nothing changed, and what is wrong, as a problem.

    Stands above `page`. The answer has to be the same for everybody: nothing of a session may be in it.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == HTTPMethod.OPTIONS:  # a page asks before it sends If-None-Match
            answer: HttpResponseBase = HttpResponse(status=HTTPStatus.NO_CONTENT)
            answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
            answer.headers["Access-Control-Allow-Headers"] = "If-None-Match"
            answer.headers["Access-Control-Max-Age"] = str(DAY)
        else:
            answer = _answered(view, request, *args, **kwargs)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return answer

    return opened


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        answer = view(request, *args, **kwargs)
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, _("There is nothing here"))
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return problem(
            HTTPStatus.METHOD_NOT_ALLOWED, _("This address can only be read."), Allow=answer.headers["Allow"]
        )
    return answer
