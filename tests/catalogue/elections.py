"""Elections of BR1 at every step, posts by hand."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.roles import Role
from linli.members import services
from linli.members.policy.election_states import Action
from linli.members.policy.kinds import Title
from linli.members.policy.papers import Paper
from linli.members.services import election_counts as counts
from linli.members.services import papers
from tests.catalogue import Example
from tests.files.test_letters import document
from tests.members.elections import NAMED, SECOND, at, planned, usual
from tests.world import SINCE, World


def before(action: Action, **more: Any) -> Any:
    return lambda w: {"pk": at(w, action, **more).pk}


def run_off(w: World) -> dict[str, Any]:
    found = at(w, Action.CONFIRM, yes=(12, 11, 7, 7))
    return {"pk": counts.confirm_count(found, seen=1, **usual(w, SECOND)).pk}


def void(w: World) -> dict[str, Any]:
    found = at(w, Action.CONFIRM, entered={"issued": 14, "void": True})
    return {"pk": counts.confirm_count(found, seen=1, **usual(w, SECOND)).pk}


def term(w: World, body: str = "BR1", title: Title = Title.SECRETARY) -> Any:
    until = w.now.date().replace(year=2027)
    return services.appoint(
        w.members["BY1"][1], body=w.bodies[body], title=title, since=SINCE, term_until=until, **usual(w)
    )


def over(w: World) -> dict[str, Any]:
    """A list with everything in it."""
    at(w, Action.APPROVE)
    term(w)
    planned(w, body="BY1")
    return {}


def sums(_w: World) -> dict[str, Any]:
    given = {"issued": 15, "returned": 15, "valid": 15, "invalid": 0, "written": "BR1-5 1"}
    for number, yes in zip(NAMED, (12, 11, 10, 2), strict=True):
        given |= {f"yes-{number}": yes, f"no-{number}": 15 - yes, f"abstain-{number}": 0}
    return given


def plan(w: World) -> dict[str, Any]:
    day = w.now.date().isoformat()
    return {"body": "BR1", "elects": "committee", "seats": 3, "planned_on": day, "assembly": "meeting"}


OFFICES = {"present": 3, "title-BY1-1": "secretary", "yes-BY1-1": 3, "title-BY1-2": "deputy", "yes-BY1-2": 2} | {
    "title-BY1-3": "publicity"
}
WHY = {"reason": "场地另有安排"}
DOCUMENT = {"document": "组〔2026〕5号"}

EXAMPLES = [
    Example("elections", states={"everything": over}),
    Example("election-plan", chooses="BR1", data=plan),
    Example(
        "election",
        kwargs=before(Action.REPORT),
        at="BR1",
        states={"planned": before(Action.NOTIFY), "another ballot": run_off, "void": void},
    ),
    Example("election-notice", kwargs=before(Action.NOTIFY), at="BR1", data=lambda w: {"venue": "一楼会议室"}),
    Example("election-roll", kwargs=before(Action.CLOSE_ROLL), at="BR1", data=lambda w: {}),
    Example("election-candidates", kwargs=before(Action.NOMINATE), at="BR1", data=lambda w: {"candidates": NAMED}),
    Example("election-meeting", kwargs=before(Action.HOLD), at="BR1", data=lambda w: {"present": 12}),
    Example("election-count", kwargs=before(Action.COUNT), at="BR1", data=sums, states={"another ballot": run_off}),
    Example("election-confirm", kwargs=before(Action.CONFIRM), at="BR1", data=lambda w: {"seen": 1}),
    Example("election-return", kwargs=before(Action.CONFIRM), at="BR1", data=lambda w: WHY),
    Example("election-leave-open", kwargs=run_off, at="BR1", data=lambda w: {"yes": 8}),
    Example("election-offices", kwargs=before(Action.CHOOSE), at="BR1", data=lambda w: OFFICES),
    Example("election-report", kwargs=before(Action.REPORT), at="BR1", data=lambda w: DOCUMENT),
    Example(
        "election-approve",
        kwargs=before(Action.APPROVE),
        at="G1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: DOCUMENT,
    ),
    Example(
        "election-send-back", kwargs=before(Action.APPROVE), at="G1", role=Role.COMMUNITY_STAFF, data=lambda w: WHY
    ),
    Example(
        "election-move",
        kwargs=before(Action.NOMINATE),
        at="BR1",
        data=lambda w: {"planned_on": "2026-04-01", **WHY},
    ),
    Example("election-cancel", kwargs=before(Action.NOMINATE), at="BR1", data=lambda w: WHY),
    Example(
        "post-new",
        kwargs=lambda w: {"number": "BY1-1"},
        at="BY1",
        data=lambda w: {"body": "BY1", "title": "secretary", "since": "2026-03-01", "term_until": "2029-03-01"},
    ),
    Example(
        "post-end",
        kwargs=lambda w: {"pk": term(w, "BY1").pk},
        at="BY1",
        data=lambda w: {"on": "2026-03-18", "document": "5号"},
    ),
]


def own(w: World) -> dict[str, Any]:
    kept = papers.keep_template(
        w.bodies["G1"], paper=Paper.BALLOT, content=document("{{ body }}"), name="选票.docx", **usual(w)
    )
    return {"pk": kept.pk}


def seen_own(w: World) -> dict[str, Any]:
    own(w)
    return {}


def sent(_w: World) -> dict[str, Any]:
    return {"body": "G1", "paper": "ballot", "file": SimpleUploadedFile("选票.docx", document("{{ body }}"))}


STAFF = Role.COMMUNITY_STAFF
EXAMPLES += [
    Example("papers", role=STAFF, states={"own": seen_own}),
    Example("paper-keep", role=STAFF, chooses="G1", data=sent),
    Example("paper-own", kwargs=own, at="G1", role=STAFF, html=False),
    Example("paper-forget", kwargs=own, at="G1", role=STAFF, data=lambda w: {}),
    Example("paper-shipped", kwargs=lambda w: {"name": "ballot"}, role=STAFF, html=False),
    Example("election-paper", kwargs=lambda w: before(Action.HOLD)(w) | {"name": "ballot"}, at="BR1", html=False),
]
