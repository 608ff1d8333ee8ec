"""Reads of own templates of printed forms."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.paths import prefixes
from linli.members.models import PaperTemplate
from linli.members.policy.papers import Paper
from linli.organisations import queries as organisations
from linli.organisations.models import Body


def nearest(body: Body, paper: Paper) -> PaperTemplate | None:
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
