"""`linli init`: the first body, the first operator, and the slip with which the operator begins."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated

import typer
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext

from linli.access.decide import SYSTEM
from linli.access.roles import Role
from linli.accounts import services as accounts
from linli.activities import services as activities
from linli.lib.clock import local_date, now
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members import services as members
from linli.organisations import services as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind
from linli.places import services as places
from linli.places.policy.kinds import PlaceKind
from linli.points import services as points
from linli.rules import services as rules

LONGEST_NAME = 60
"""Leaves room for what the name of its working committee adds."""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(init)


def init(
    name: Annotated[str, typer.Option(help="Name of the subdistrict, such as 望江街道.", prompt=True)],
    code: Annotated[str, typer.Option(help="Its code: letters, digits, hyphens.", prompt=True)],
    operator: Annotated[str, typer.Option(help="User name of the first operator.", prompt=True)],
) -> None:
    """Set up an empty installation: the subdistrict, its working committee, the first operator."""
    call_command("migrate", verbosity=0)
    slip = begin(name.strip(), code.strip(), operator.strip())
    told = [
        gettext("%(name)s is set up.") % {"name": name},
        gettext("User name: %(name)s") % {"name": slip.user.username},
        gettext("One-time code: %(code)s") % {"code": slip.code},
        gettext("Open /accounts/invitation/ and choose a password before %(day)s.") % {"day": local_date(slip.dies_at)},
        gettext("The code is shown only here and works once."),
    ]
    typer.echo("\n".join(told))


@transaction.atomic
def begin(name: str, code: str, operator: str) -> accounts.Slip:
    """Make the subdistrict, the working committee that serves it, calendar, classes and the operator, all or nothing.

    Refused: an empty name, what is too long, a code or user name with other signs, an installation that has bodies.
    """
    moment, key = now(), uuid.uuid4().hex
    if Body.objects.exists():
        raise Refusal("init-again", gettext_noop("This installation has bodies already; nothing was changed."))
    if not name:
        raise Refusal("init-name", gettext_noop("--name is empty: give the name of the subdistrict."))
    for option, text, most in (("--name", name, LONGEST_NAME), ("--code", code, 40), ("--operator", operator, 150)):
        if len(text) > most:
            raise Refusal(
                "init-long",
                gettext_noop("%(option)s has more than %(most)d characters: shorten it."),
                option=option,
                most=most,
            )
    for option, text in (("--code", code), ("--operator", operator)):
        if not text.isascii() or not text.replace("-", "").replace("_", "").replace(".", "").isalnum():
            raise Refusal(
                "init-signs",
                gettext_noop("%(option)s %(text)s: use letters, digits and hyphens only."),
                option=option,
                text=text,
            )
    place = places.add_place(
        kind=PlaceKind.SUBDISTRICT, code=code, name=name, parent=None, by=SYSTEM, now=moment, key=f"{key}:place"
    )
    root = organisations.found_body(
        kind=BodyKind.WORKING_COMMITTEE,
        code=code,
        name=gettext("Working committee of %(name)s") % {"name": name},
        parent=None,
        serves=[place],
        by=SYSTEM,
        now=moment,
        key=f"{key}:body",
    )
    year = local_date(moment).year
    for each in (year, year + 1):
        rules.seed_year(each, by=SYSTEM, now=moment, key=f"{key}:{each}")
    members.ensure_default_classes(by=SYSTEM, now=moment, key=f"{key}:classes")
    points.ensure_default_sheet(since=date(year, 1, 1), by=SYSTEM, now=moment, key=f"{key}:sheet")
    activities.ensure_default_kinds(by=SYSTEM, now=moment, key=f"{key}:kinds")
    return accounts.open_account(
        username=operator, shown_name=operator, role=Role.OPERATOR, body=root, by=SYSTEM, now=moment, key=key
    )
