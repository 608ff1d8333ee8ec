"""Language of the page, and refusals that no form caught."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from linli.lib.errors import Refusal, Repeated
from linli.web.forms import sentence

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


class LanguageMiddleware:
    """The language that was chosen (a cookie), else simplified Chinese; and refusals as a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the reader."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show a refusal that no form took as a page of its own (409)."""
        if isinstance(error, Refusal):
            return render(request, "web/refused.html", {"sentence": sentence(error)}, status=409)
        if isinstance(error, Repeated):
            return render(request, "web/done_already.html", status=409)
        return None
