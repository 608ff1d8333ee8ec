from datetime import date

from linli.access.roles import Role
from linli.lib.clock import local_date
from linli.members import services as members
from linli.members.models import Member
from linli.members.queries.duplicates import joining
from linli.rules import services as rules
from tests.catalogue import Example


def seeded(w):
    rules.seed_year(2027, by=w.by, now=w.now, key=w.key())
    return {"year": 2027}


def entered_twice(w):
    """王小三 of BY1 once more, and what making the two one would do."""
    lasting = w.members["BY1"][2]
    if not Member.objects.filter(number="X9").exists():
        twice = Member(number="X9", name=lasting.name, member_class=lasting.member_class)
        members.enrol(twice, body=w.bodies["BY1"], since=date(2019, 5, 1), by=w.by, now=w.now, key=w.key())
    return {"number": lasting.number}


def listed_twice(w):
    entered_twice(w)
    return {}


def to_join(w):
    """The other record of `entered_twice` and the mark of the plan."""
    lasting, other = w.members["BY1"][2], Member.objects.get(number="X9")
    return {"number": "X9", "step": "save", "shown": joining(lasting, other, local_date(w.now)).mark}


EXAMPLES = [
    Example("home"),
    Example("desk"),
    Example("me"),
    Example("me-consent", own="member", data=lambda w: {"purpose": "name_bulletin", "given": "1"}),
    Example("privacy"),
    Example("my-data", data=lambda w: {"kind": "correct", "text": "学历是大专"}, own="member"),
    Example("my-data-file", html=False),
    Example("settings", role=Role.SUBDISTRICT_STAFF),
    Example(
        "rule-set",
        kwargs=lambda w: {"place": "C1", "code": "wall.child_days"},
        at="RC1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"value": "5", "since": "2026-04-01", "source": "街道〔2026〕1号"},
    ),
    Example(
        "calendar-year",
        kwargs=lambda w: {"year": 2028},
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"what": "seed"},
        states={"provisional": seeded},
    ),
    Example(
        "calendar-day",
        kwargs=lambda w: {"year": 2026},
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"day": "2026-05-06", "kind": "holiday", "name": "地方假日"},
    ),
    Example("log", role=Role.AUDITOR),
    Example("members-twice", states={"some": listed_twice}),
    Example("member-join", kwargs=entered_twice, at="BY1", query={"number": "X9"}, data=to_join),
    Example("healthz", html=False),
    Example("readyz", html=False),
    Example("elder", data=lambda w: {"elder": "1", "next": "/"}, keyed=False, writes=False),
    Example("language", data=lambda w: {"language": "en", "next": "/"}, keyed=False, writes=False),
]
