"""Reads of own templates of printed forms."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.module_loading import import_string

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.files.services import PaperForm
from linli.lib.paths import prefixes
from linli.members.models import PaperTemplate
from linli.organisations import queries as organisations
from linli.organisations.models import Body


@cache
def forms() -> dict[str, PaperForm]:
    """Return the forms of all apps (`settings.PAPERS`) by code."""
    return {form.code: form for name in settings.PAPERS for form in import_string(name)}


def form(code: str) -> PaperForm:
    """Return the form with `code`; 404 where there is none."""
    found = forms().get(code)
    if found is None:
        raise Http404
    return found


def nearest(body: Body, paper: str) -> PaperTemplate | None:
    """Return the own template of `paper` of the body or of the nearest above; None: the one that ships."""
    found = PaperTemplate.objects.filter(body__path__in=prefixes(body.path), paper=paper)
    return max(found.select_related("body"), key=lambda each: len(each.body.path), default=None)


def templates(actor: Actor) -> QuerySet[PaperTemplate]:
    """Return the own templates of the bodies that `actor` may change, from the root down."""
    reach = organisations.below(actor.reach(Permission.ELECTION_APPROVE), "body__path")
    return PaperTemplate.objects.filter(reach).select_related("body").defer("content").order_by("body__path", "paper")


def template(actor: Actor, pk: int) -> PaperTemplate:
    """Return one of `templates`, whole; 404 where there is none."""
    found = templates(actor).defer(None).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
