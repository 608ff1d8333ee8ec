"""Reads for the Popolo document: what an actor, or the house itself, sees of the tree, members, posts and votes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.words import gettext_noop
from linli.members.models import Candidate, Membership, Post, Tally
from linli.members.policy.election_states import UNDECIDED
from linli.members.policy.elections import OFFICES, Elects
from linli.members.policy.kinds import Title
from linli.members.policy.popolo import Popolo, Row, between, identified
from linli.organisations import queries as organisations
from linli.organisations.models import Body, BodyName, BodyParent, BodyPlace

MOTION, COMMITTEE = gettext_noop("Election of %(what)s: %(number)s"), gettext_noop("committee members")


def reached(actor: Actor, permission: Permission, day: date) -> Popolo:
    """Return the document of the bodies at which `actor` holds `permission`, in seven queries.

    Votes only of those whose elections the actor holds.
    """
    return document(actor.reach(permission), day, voting=actor.reach(Permission.ELECTION_HOLD))


def document(paths: tuple[str, ...], day: date, *, voting: tuple[str, ...]) -> Popolo:
    """Return the document of the bodies at or below `paths` with their whole history, parents and places of `day`.

    Votes are those of the bodies that are at or below `voting` too.
    """
    bodies = {body.pk: body for body in Body.objects.filter(organisations.below(paths)).order_by("path")}
    served = BodyPlace.objects.on(day).filter(body__in=bodies).select_related("place").order_by("-place__path")
    area = {each.body_id: each.place for each in served}
    above = dict(BodyParent.objects.on(day).filter(body__in=bodies).values_list("body_id", "parent_id"))
    names: dict[int, list[Row]] = {}
    for held in BodyName.objects.filter(body__in=bodies).exclude(valid_to=None).order_by("valid_from", "pk"):
        names.setdefault(held.body_id, []).append({"name": held.name} | between(held.valid_from, held.valid_to))
    code = {pk: f"organization:{body.code}" for pk, body in bodies.items()}
    place = {pk: f"area:{each.code}" for pk, each in area.items()}
    memberships = Membership.objects.filter(body__in=bodies).select_related("member").order_by("valid_from", "pk")
    held_posts = Post.objects.filter(body__in=bodies).select_related("member").order_by("valid_from", "pk")
    lines = [
        {"id": f"membership:{each.pk}", "role": "member"} | _of(each, code) | between(each.valid_from, each.valid_to)
        for each in memberships
    ]
    seats: dict[str, Row] = {}
    for post in held_posts:
        seat = f"post:{bodies[post.body_id].code}:{post.title}"
        label = _said(Title(post.title).label)
        seats[seat] = {"id": seat, "label": label, "role": post.title, "organization_id": code[post.body_id]}
        seats[seat]["area_id"] = place.get(post.body_id)
        line: Row = {"id": f"membership:post:{post.pk}", "role": post.title, "post_id": seat}
        lines.append(line | _of(post, code) | between(post.valid_from, post.valid_to))
    tallies = _tallies(list(bodies.values()), voting)
    people: tuple[Membership | Post | Candidate, ...] = (
        *memberships,
        *held_posts,
        *(each.candidate for each in tallies),
    )
    numbers = sorted({one.member.number for one in people})
    return {
        "organizations": [
            identified("organization", body.code)
            | {"name": body.name, "classification": body.kind, "parent_id": code.get(above.get(pk, 0))}
            | {"area_id": place.get(pk), "other_names": names.get(pk, [])}
            | {"founding_date": body.valid_from.isoformat()}
            | {"dissolution_date": body.valid_to.isoformat() if body.valid_to else None}
            for pk, body in bodies.items()
        ],
        "persons": [identified("person", number) | {"name": number} for number in numbers],
        "memberships": lines,
        "posts": list(seats.values()),
        "areas": _areas(list(area.values())),
    } | _votes(tallies, code)


def _said(text: str) -> str:
    """Return a text in the language of the installation: the document is the same whoever takes it."""
    with override(settings.LANGUAGE_CODE):
        return gettext(text)


def _of(held: Membership | Post, code: dict[int, str]) -> Row:
    return {"person_id": f"person:{held.member.number}", "organization_id": code[held.body_id]}


def _tallies(bodies: list[Body], voting: tuple[str, ...]) -> list[Tally]:
    """Return the sums of the ballots that a second person has confirmed."""
    counted = Tally.objects.filter(ballot__election__body__in=bodies, ballot__void=False).exclude(
        ballot__confirmed_by=""
    )
    reach = organisations.below(voting, "ballot__election__body__path")
    return list(
        counted.filter(reach)
        .select_related("ballot__election", "candidate__member")
        .order_by("ballot__election", "ballot__number", "candidate__member__number")
    )


def _votes(tallies: list[Tally], code: dict[int, str]) -> dict[str, list[Row]]:
    motions: dict[str, Row] = {}
    events: list[Row] = []
    for each in tallies:
        held, number = each.ballot.election, each.candidate.member.number
        motion, of = f"motion:{held.pk}:{number}", {"organization_id": code[held.body_id]}
        day = held.held_on.isoformat() if held.held_on else None
        decided = each.candidate.elected or held.state not in UNDECIDED
        motions[motion] = {"id": motion, "classification": "election", "date": day} | of
        office = OFFICES.get(Elects(held.elects))
        what = _said(office.label if office else COMMITTEE)
        motions[motion]["text"] = _said(MOTION) % {"what": what, "number": number}
        motions[motion]["result"] = ("pass" if each.candidate.elected else "fail") if decided else None
        options = ("yes", "no", "abstain") if each.printed else ("yes",)
        counts = [{"option": option, "value": getattr(each, option) or 0} for option in options]
        event = {"id": f"vote_event:{each.pk}", "motion_id": motion, "start_date": day, "counts": counts}
        events.append(event | of)
    return {"motions": list(motions.values()), "vote_events": events}


def _areas(places: list[Any]) -> list[Row]:
    by_path = {each.path: each for each in places}

    def above(path: str) -> str | None:
        found = [upper for upper in by_path if path.startswith(upper) and upper != path]
        return f"area:{by_path[max(found, key=len)].code}" if found else None

    return [
        identified("area", each.code) | {"name": each.name, "classification": each.kind, "parent_id": above(path)}
        for path, each in sorted(by_path.items())
    ]
