from typing import Any

from linli.access.roles import Role
from linli.activities import services
from linli.activities.models import Activity, AgendaItem, Minutes
from linli.activities.queries import scanning
from linli.lib import clock
from tests.activities.making import cancelled, code_now, confirmed, hosted, planned, recorded
from tests.activities.minuting import circulated, corrected, drafted, final
from tests.catalogue import Example
from tests.sessions import session_of
from tests.world import World


def number(activity: Activity) -> dict[str, Any]:
    return {"number": activity.pk}


def market(w: World, **more: Any) -> Activity:
    return planned(w, kind="market", title=f"便民服务集市 {w.key()}", **more)


def returned(w: World) -> Activity:
    activity = recorded(w, absent=["BY1-2"])
    return services.return_roll(activity, reason="少了一个人的签名", by=w.by, now=clock.now(), key=w.key())


def signed(w: World, index: int = 0) -> Activity:
    """An activity that is on, with one member signed in by code."""
    activity = planned(w)
    member = w.members["BY1"][index]
    services.sign_in(activity, member=member, code=code_now(activity), by=w.by, now=clock.now(), key=w.key())
    return activity


def listed(w: World) -> dict[str, Any]:
    """Lists with something in them."""
    planned(w)
    recorded(w)
    confirmed(w, absent=["BY1-1"], leave=["BY1-2"])
    confirmed(w)
    cancelled(w)
    market(w, begun=-1500)
    return {}


def plan(w: World) -> dict[str, str]:
    return {
        "kind": "lesson",
        "body": "BY1",
        "title": "三月党课",
        "day": "2026-03-20",
        "since": "19:00",
        "until": "20:30",
        "spot": "党群服务中心二楼",
        "place": "Y1",
    }


def changed(w: World) -> dict[str, str]:
    return {name: value for name, value in plan(w).items() if name not in {"kind", "body"}}


def kind_data(w: World, **more: str) -> dict[str, str]:
    given = {"name": "读书会", "due": "comers", "life": "", "study": "study", "indicator": "LIFE-DH", "offered": "on"}
    return given | {"make_up_indicator": "", "min_age": "0"} | more


def begun(w: World) -> dict[str, Any]:
    planned(w)
    return {}


def item(w: World) -> dict[str, Any]:
    activity = drafted(w)
    return number(activity) | {"pk": AgendaItem.objects.get(minutes__activity=activity).pk}


def correction(w: World) -> dict[str, Any]:
    row = corrected(w)
    return number(row.minutes.activity) | {"pk": row.pk}


def point(w: World) -> dict[str, str]:
    return {"title": "讨论停车", "said": "说明", "decision": "同意", "way": "hands", "yes": "4", "no": "1"}


MINUTES = [
    Example(
        "minutes",
        kwargs=lambda w: number(drafted(w)),
        at="BY1",
        states={
            "none": lambda w: number(planned(w)),
            "circulated": lambda w: number(circulated(w)),
            "corrected": lambda w: number(corrected(w).minutes.activity),
            "final": lambda w: number(final(w)),
        },
    ),
    Example(
        "minutes-head",
        kwargs=lambda w: number(drafted(w)),
        at="BY1",
        data=lambda w: {"chair": "BY1-1", "delegated": "on", "opening": "开会"},
    ),
    Example("minutes-item-new", kwargs=lambda w: number(confirmed(w)), at="BY1", data=point),
    Example("minutes-item", kwargs=item, at="BY1", data=lambda w: point(w) | {"seen": "1"}),
    Example("minutes-remove", kwargs=item, at="BY1", data=lambda w: {}),
    Example("minutes-send", kwargs=lambda w: number(drafted(w)), at="BY1", data=lambda w: {}),
    Example(
        "minutes-final",
        kwargs=lambda w: number(circulated(w, ago=30)),
        at="BY1",
        data=lambda w: {"seen": str(Minutes.objects.latest("pk").version)},
    ),
    Example("minutes-answer", kwargs=correction, at="BY1", data=lambda w: {"answer": "taken", "words": "改好了"}),
    Example("minutes-file", kwargs=lambda w: number(drafted(w)) | {"form": "docx"}, at="BY1", html=False),
    Example(
        "my-minutes",
        kwargs=lambda w: number(circulated(w)),
        own="member",
        role=Role.MEMBER,
        data=lambda w: {"text": "票数应为 3"},
        states={"asked": lambda w: number(corrected(w).minutes.activity), "final": lambda w: number(final(w))},
    ),
]
EXAMPLES = [
    Example("calendar", states={"full": listed}),
    Example("calendar-feed", kwargs=lambda w: {"code": "W"} | listed(w), html=False),
    Example("activities", states={"full": listed}),
    Example("activity-kinds"),
    Example("activity-kind-new", role=Role.SUBDISTRICT_STAFF, data=lambda w: kind_data(w, code="reading-circle")),
    Example("activity-kind", kwargs=lambda w: {"code": "course"}, role=Role.SUBDISTRICT_STAFF, data=kind_data),
    Example(
        "occasion",
        kwargs=lambda w: number(market(w)),
        visitor=lambda w: session_of(w.user(Role.SECRETARY, "BY1")),
        states={
            "lesson": lambda w: number(planned(w)),
            "patrol": lambda w: number(planned(w, kind="patrol", begun=-600)),
            "confirmed": lambda w: number(confirmed(w)),
            "cancelled": lambda w: number(cancelled(w, kind="market")),
        },
    ),
    Example("activity-new", chooses="BY1", data=plan),
    Example(
        "activity",
        kwargs=lambda w: number(planned(w)),
        at="BY1",
        states={
            "market": lambda w: number(market(w)),
            "recorded": lambda w: number(recorded(w, leave=["BY1-2"])),
            "guest": lambda w: number(hosted(w)),
            "confirmed": lambda w: number(confirmed(w, absent=["BY1-3"])),
            "cancelled": lambda w: number(cancelled(w)),
            "returned": lambda w: number(returned(w)),
        },
    ),
    Example("activity-change", kwargs=lambda w: number(planned(w, begun=-600)), at="BY1", data=changed),
    Example(
        "activity-cancel", kwargs=lambda w: number(planned(w, begun=-600)), at="BY1", data=lambda w: {"reason": "下雨"}
    ),
    Example(
        "activity-roll",
        kwargs=lambda w: number(signed(w, 3)),
        at="BY1",
        data=lambda w: {"others": "absent", "presence-BY1-2": "present", "walk_ins": "BY2-1 30"},
        states={
            "early": lambda w: number(planned(w, begun=-60)),
            "market": lambda w: number(market(w)),
            "again": lambda w: number(hosted(w, leave=["BY1-2"])),
        },
    ),
    Example("activity-sheet", kwargs=lambda w: number(planned(w)), at="BY1"),
    Example(
        "activity-code",
        kwargs=lambda w: number(planned(w)),
        at="BY1",
        states={"early": lambda w: number(planned(w, begun=-60)), "over": lambda w: number(confirmed(w))},
    ),
    Example(
        "activity-confirm",
        kwargs=lambda w: number(recorded(w, absent=["BY1-3"])),
        at="BY1",
        data=lambda w: {"seen": "1"},
        states={
            "early": lambda w: number(planned(w)),
            "guest": lambda w: number(hosted(w)),
            "done": lambda w: number(confirmed(w)),
        },
    ),
    Example("activity-return", kwargs=lambda w: number(recorded(w)), at="BY1", data=lambda w: {"reason": "少了一页"}),
    *MINUTES,
    Example("my-code", own="member", role=Role.MEMBER),
    Example(
        "scan",
        kwargs=lambda w: {"token": scanning.code_of(w.members["BY1"][3])} | begun(w),
        data=lambda w: {"activity": str(Activity.objects.latest("pk").pk)},
        chooses="BY1",
        states={"nothing": lambda w: {"token": scanning.code_of(w.member)}},
    ),
    Example("my-activities", own="member", states={"full": listed}),
    Example(
        "sign-in",
        kwargs=lambda w: number(planned(w)),
        own="member",
        role=Role.MEMBER,
        data=lambda w: {"code": code_now(Activity.objects.latest("pk"))},
        states={
            "early": lambda w: number(planned(w, begun=-60)),
            "over": lambda w: number(planned(w, begun=600, lasts=30)),
            "done": lambda w: number(signed(w)),
            "cancelled": lambda w: number(cancelled(w)),
        },
    ),
]
