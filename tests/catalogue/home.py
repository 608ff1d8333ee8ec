from linli.access.roles import Role
from linli.rules import services as rules
from tests.catalogue import Example


def seeded(w):
    rules.seed_year(2027, by=w.by, now=w.now, key=w.key())
    return {"year": 2027}


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
    Example("healthz", html=False),
    Example("readyz", html=False),
    Example("elder", data=lambda w: {"elder": "1", "next": "/"}, keyed=False, writes=False),
    Example("language", data=lambda w: {"language": "en", "next": "/"}, keyed=False, writes=False),
]
