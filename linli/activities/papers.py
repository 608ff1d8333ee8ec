"""The minutes of an activity as Word and as PDF; the Word template can be replaced (`settings.PAPERS`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from linli.activities.models import Activity, Minutes
from linli.activities.policy import minutes as policy
from linli.activities.policy.states import Presence
from linli.activities.queries import minutes as queries
from linli.files.services import PaperForm, fill, paper_lines, paper_title, pdf, shipped
from linli.lib.clock import CHINA
from linli.lib.words import gettext_noop
from linli.members.queries import papers
from linli.web.forms import said

type Names = Mapping[int, str]
CODE = "meeting"
MOMENT = gettext_noop("%(year)d-%(month)02d-%(day)02d %(hour)02d:%(minute)02d")
_POINT = {
    "number": 1,
    "title": "讨论小区停车安排",
    "said": ["王小一介绍情况，李小二建议先公示再施工。"],
    "decision": ["同意公示五天后施工。"],
    "vote": "举手表决：赞成 9，反对 1，弃权 0",
    "outcome": "通过",
    "rules": "",
}
SAMPLE: Mapping[str, object] = {
    "body": "中共某某社区支部委员会",
    "kind": "党员大会",
    "title": "三月党员大会",
    "day": "2026年3月18日 19:00",
    "until": "20:30",
    "venue": "党群服务中心二楼",
    "chair": "王小一（书记）",
    "due": 12,
    "present": 10,
    "present_names": "王小一、李小二",
    "leave_names": "张小三",
    "absent_names": "",
    "guests": "",
    "residents": 0,
    "opening": ["会议传达上级通知。"],
    "items": [_POINT],
    "state": "定稿",
    "digest": "0123456789abcdef",
}


def word(found: Activity, minutes: Minutes, names: Names, *, now: datetime) -> bytes:
    """Return the minutes as a Word document, by the own template of the nearest body above that has one.

    `names`: those of the roll by key as the reader may read them.
    """
    own = papers.nearest(found.body, CODE)
    return fill(bytes(own.content) if own else shipped(FORMS[0], now=now), fields(found, minutes, names))


def sheet(found: Activity, minutes: Minutes, names: Names) -> bytes:
    """Return the minutes as PDF."""
    return pdf(render_to_string("activities/minutes_sheet.html", {"fields": fields(found, minutes, names)}))


def fields(found: Activity, minutes: Minutes, names: Names) -> dict[str, object]:
    """Return the fields of `SAMPLE` with what the minutes say; final ones as they were made final."""
    lines = list(found.roll.select_related("member").order_by("member__name_key", "member__number"))
    title, _findings = queries.chair_of(found, minutes)
    chair = names.get(minutes.chair_id or 0, "")
    votes = queries.votes_then(found, minutes)
    frozen: dict[str, Any] = minutes.content or {}

    def said_of(presence: Presence, *, due: bool = True) -> str:
        here = [line for line in lines if line.presence == presence and line.due is due]
        return "、".join(names.get(line.member_id, line.member.number) for line in here)

    return {
        "body": found.body.name,
        "kind": frozen.get("kind", found.kind.name),
        "title": found.title,
        "day": _moment(found.starts_at),
        "until": f"{found.ends_at.astimezone(CHINA):%H:%M}",
        "venue": found.spot,
        "chair": f"{chair}（{_(title.label)}）" if title else chair,
        "due": votes.due if votes else "",
        "present": votes.present if votes else "",
        "present_names": said_of(Presence.PRESENT),
        "leave_names": said_of(Presence.LEAVE),
        "absent_names": said_of(Presence.ABSENT),
        "guests": said_of(Presence.PRESENT, due=False),
        "residents": found.residents,
        "opening": minutes.opening.splitlines(),
        "items": [_point(number, each) for number, each in enumerate(queries.points(found, minutes), start=1)],
        "state": _(policy.State(minutes.state).label),
        "digest": minutes.digest,
    }


def _point(number: int, each: queries.Point) -> dict[str, object]:
    item = each.item
    votes = {"way": item.get_way_display(), "yes": item.yes, "no": item.no, "abstained": item.abstained}
    words = _("%(way)s: %(yes)d for, %(no)d against, %(abstained)d abstained") % votes
    return {
        "number": number,
        "title": item.title,
        "said": item.said.splitlines(),
        "decision": item.decision.splitlines(),
        "vote": words if item.way else "",
        "outcome": _(each.outcome.label) if each.outcome else "",
        "rules": " ".join(said(one.mend, one.values) for one in each.findings),
    }


def _moment(moment: datetime) -> str:
    at = moment.astimezone(CHINA)
    return _(MOMENT) % {"year": at.year, "month": at.month, "day": at.day, "hour": at.hour, "minute": at.minute}


def _build(document: Any) -> None:
    paper_title(document, _("{{ body }}: minutes, {{ kind }}"), "{{ title }}")
    paper_lines(
        document,
        _("Time: {{ day }}–{{ until }}"),
        _("Venue: {{ venue }}"),
        _("Chair: {{ chair }}"),
        _("Due {{ due }}, present {{ present }}"),
        _("Present: {{ present_names }}"),
        "{%p if guests %}",
        _("Guests: {{ guests }}"),
        "{%p endif %}",
        "{%p if residents %}",
        _("Residents: {{ residents }}"),
        "{%p endif %}",
        "{%p if leave_names %}",
        _("On leave: {{ leave_names }}"),
        "{%p endif %}",
        "{%p if absent_names %}",
        _("Absent: {{ absent_names }}"),
        "{%p endif %}",
        "{%p for line in opening %}",
        "{{ line }}",
        "{%p endfor %}",
        apart=4,
    )
    paper_lines(
        document,
        "{%p for item in items %}",
        "{{ item.number }}. {{ item.title }}",
        "{%p for line in item.said %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p if item.decision %}",
        _("Decision:"),
        "{%p endif %}",
        "{%p for line in item.decision %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p if item.vote %}",
        _("{{ item.vote }}: {{ item.outcome }}"),
        "{%p endif %}",
        "{%p if item.rules %}",
        "{{ item.rules }}",
        "{%p endif %}",
        "{%p endfor %}",
        apart=4,
    )
    paper_lines(document, "", _("{{ state }} {{ digest }}"), _("Chair:                    Recorder:"), apart=4)


FORMS = (PaperForm(CODE, gettext_noop("Minutes of a meeting"), SAMPLE, _build),)
