"""What the structure rules say of the bodies in reach on a day; a constant number of queries, however many bodies."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.rulebook import Finding, Severity, broken
from linli.lib.spans import whole_months
from linli.members.models import Post
from linli.members.policy import structure_posts, structure_size
from linli.members.policy.kinds import BRANCH_TITLES, Title
from linli.members.policy.structure import CHECKED, NUMBERS, BodyFacts
from linli.members.queries.due import sizes
from linli.organisations import queries as organisations
from linli.organisations.models import Body, BodyPlace
from linli.organisations.policy.kinds import BodyKind
from linli.rules import queries as rules
from linli.store.validity import holds_on

RULES = structure_size.RULES + structure_posts.RULES


@dataclass(frozen=True, slots=True)
class Judged:
    """A body as it stood on a day, with its facts and what they break."""

    body: Body
    name: str
    facts: BodyFacts
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether one of the findings is a failure, not a warning only."""
        return any(finding.rule.weight is Severity.MUST for finding in self.findings)


def judged(actor: Actor, permission: Permission, day: date) -> list[Judged]:
    """Return each body in reach that the structure rules bear on, as it stood on `day`, from the root down."""
    bodies = organisations.bodies(actor, permission).filter(holds_on(day), kind__in=CHECKED)
    facts, names, paths = facts_on(day), organisations.names_on(day), organisations.paths_on(day)
    found = [
        Judged(body, names.get(body.pk, body.name), facts[body.pk], broken(RULES, facts[body.pk])) for body in bodies
    ]
    return sorted(found, key=lambda one: [int(step) for step in paths[one.body.pk].split(".") if step])


def facts_on(day: date) -> dict[int, BodyFacts]:
    """Return the facts of every body that the rules bear on, as they were on `day`, by its key: nine queries."""
    living = {body.pk: body for body in Body.objects.on(day).filter(kind__in=CHECKED)}
    paths = organisations.paths_on(day)
    own, full, total, branches = _sizes(day, living, paths)
    committees, titles, over = _committees(day)
    units = Counter(BodyPlace.objects.on(day).values_list("body_id", flat=True))
    places = organisations.rule_places_of_each(day)
    limits = rules.values_of_each(NUMBERS, {key: places.get(key, ()) for key in living}, day)
    return {
        key: BodyFacts(
            kind=BodyKind(body.kind),
            limits=limits[key],
            full=full[key],
            members=own[key],
            total=total[key],
            branches=branches[key],
            committee=len(committees[key]),
            titles=titles[key],
            terms_over=over[key],
            units=units[key],
            months=whole_months(body.valid_from, day),
        )
        for key, body in living.items()
    }


def _sizes(day: date, living: dict[int, Body], paths: dict[int, str]) -> tuple[Counter[int], ...]:
    """Count by body: own members, own full members, members at and below, branches below."""
    (own, full), total, branches = sizes(day), Counter[int](), Counter[int]()
    for key, path in paths.items():
        above = [int(step) for step in path.split(".") if step]
        for step in above:
            total[step] += own[key]
        if key in living and living[key].kind == BodyKind.BRANCH:
            branches.update(above[:-1])
    return own, full, total, branches


def _committees(day: date) -> tuple[defaultdict[int, set[int]], defaultdict[int, Counter[Title]], Counter[int]]:
    """Return by body who holds a post of a branch committee, how many hold each, and how many terms are over."""
    members: defaultdict[int, set[int]] = defaultdict(set)
    titles: defaultdict[int, Counter[Title]] = defaultdict(Counter)
    over: Counter[int] = Counter()
    posts = Post.objects.on(day).filter(title__in=BRANCH_TITLES)
    for body, member, title, until in posts.values_list("body_id", "member_id", "title", "term_until"):
        members[body].add(member)
        titles[body][Title(title)] += 1
        over[body] += until is not None and until <= day
    return members, titles, over


def counts(actor: Actor, permission: Permission, day: date) -> tuple[int, int]:
    """Return of how many bodies in reach the rules say that they fail, and of how many that they are unusual only."""
    found = [one for one in judged(actor, permission, day) if one.findings]
    failed = sum(one.failed for one in found)
    return failed, len(found) - failed
