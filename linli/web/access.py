"""The decorator that every view carries: what it needs, and which methods it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext

from linli.access.catalogue import Permission
from linli.access.decide import VISITOR, Actor
from linli.lib.words import gettext_noop

UNNAMED = gettext_noop(
    "You cannot confirm anything yet, because nobody has said whether you are a party member. Ask a colleague who "
    "manages accounts to link your account on your member page, or to enter that you are not a party member."
)

type View = Callable[..., HttpResponseBase]


class Need(Enum):
    """What a page asks for where it is not a permission."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Page:
    """The access rule of a view; the access matrix reads it from the URL map."""

    need: Permission | Need
    methods: tuple[str, ...]


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks; a visitor where nobody is signed in."""
    return cast(Actor, getattr(request, "actor", VISITOR))


def page(need: Permission | Need, *methods: str) -> Callable[[View], View]:
    """Declare what a view needs. `methods` defaults to GET; HEAD comes with GET.

    A visitor is sent to log in; without the permission at any node: 403; another method: 405; staff
    without a second factor are sent to set it up; where the permission sleeps, the 403 says what to do.
    Whether the *object* may be seen is for `queries`: 404.
    """
    taken = methods or ("GET",)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _refusal(request, need)
            if refused is not None:
                return refused
            if request.method not in taken and not (request.method == "HEAD" and "GET" in taken):
                return HttpResponseNotAllowed(taken)
            return view(request, *args, **kwargs)

        guarded.page = Page(need, taken)  # type: ignore[attr-defined]
        return guarded

    return declare


def _refusal(request: HttpRequest, need: Permission | Need) -> HttpResponse | None:
    if need is Need.PUBLIC:
        return None
    actor = actor_of(request)
    if not actor.signed_in:
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    if need is Need.MEMBER and actor.member_id is None:
        raise PermissionDenied
    if isinstance(need, Permission):
        if actor.held_back:
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        if not actor.may(need):
            raise PermissionDenied(gettext(UNNAMED) if actor.unnamed and actor.sleeps(need) else "")
    return None
