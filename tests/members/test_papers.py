"""Printed forms: what the election says stands on them; an own template of the nearest body above is used."""

import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn

from linli.access.roles import Role
from linli.files.services import check_letter, shipped
from linli.lib.errors import Refusal
from linli.members.models import PaperTemplate
from linli.members.papers import fields, made
from linli.members.policy.election_states import Action
from linli.members.policy.papers import SAMPLES, Paper
from linli.members.queries import papers
from linli.members.services import papers as services
from tests.files.test_letters import document
from tests.members.elections import at, usual

NOW = datetime(2026, 10, 12, 1, tzinfo=UTC)


def words(data):
    """Everything that stands in a Word document."""
    found = Document(io.BytesIO(data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])


@pytest.mark.parametrize("paper", Paper)
def test_the_templates_that_ship_pass_the_check_of_others(paper):
    check_letter(shipped(papers.form(paper), now=NOW), "a.docx", SAMPLES[paper])


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("action", [Action.HOLD, Action.COUNT, Action.CONFIRM, Action.APPROVE])
def test_the_fields_are_those_that_templates_may_name_at_every_step(world, paper, action):
    given, sample = fields(at(world, action), paper), SAMPLES[paper]
    assert given.keys() == sample.keys()
    for name, value in sample.items():
        rows = given[name] if isinstance(value, list) else []
        assert all(row.keys() >= value[0].keys() for row in rows if isinstance(value[0], dict))


def test_what_stands_on_the_forms(world):
    found = at(world, Action.APPROVE)
    ballot, sheet, minutes, report = (words(made(found, paper, now=NOW)) for paper in Paper)
    assert "组织BR1" in ballot and ballot.count("王小一") == 1 and "12" not in ballot
    assert "12" in sheet and "王小一" in sheet
    assert "15" in minutes and "王小一" in minutes and "12" in minutes and "刘小四" in minutes
    assert "组〔2026〕5号" in report and "组织G1" in report and "书记" in report
    assert "{{" not in ballot + sheet + minutes + report and "{%" not in ballot + sheet + minutes + report


def test_the_nearest_own_template_is_used(world):
    found = at(world, Action.HOLD)
    for body in ("W", "G1", "G2"):
        services.keep_template(
            world.bodies[body],
            paper=Paper.BALLOT,
            content=document(f"{body} {{{{ body }}}}"),
            name="a.docx",
            **usual(world),
        )
    assert words(made(found, Paper.BALLOT, now=NOW)) == "G1 组织BR1"
    services.forget_template(
        PaperTemplate.objects.get(body__code="G1").pk, **usual(world, world.actor(Role.COMMUNITY_STAFF, "G1"))
    )
    assert words(made(found, Paper.BALLOT, now=NOW)) == "W 组织BR1"
    assert "组织BR1" in words(made(found, Paper.SHEET, now=NOW))


def test_a_wrong_field_is_one_sentence_at_the_file_and_nothing_is_kept(world, as_user):
    with pytest.raises(Refusal, match="boddy"):
        services.keep_template(
            world.bodies["W"], paper=Paper.BALLOT, content=document("{{ boddy }}"), name="a.docx", **usual(world)
        )
    client = as_user(world.user(Role.COMMUNITY_STAFF, "G1"))
    sent = {"body": "G1", "paper": "ballot", "file": io.BytesIO(document("{{ boddy }}")), "key": world.key() + "-" * 8}
    answer = client.post(reverse("paper-keep"), sent)
    assert answer.status_code == 422 and "boddy" in answer.content.decode()
    assert not PaperTemplate.objects.exists()


def test_minutes_and_report_are_offered_once_there_is_a_result(world, as_user):
    secretary = as_user(world.user(Role.SECRETARY, "BR1"))
    for action, offered in ((Action.HOLD, 2), (Action.CHOOSE, 3), (Action.APPROVE, 4)):
        found = at(world, action)
        page = as_user(world.user(Role.SECRETARY, found.body.code)).get(reverse("election", args=[found.pk])).text
        links = [reverse("election-paper", args=[found.pk, paper.value]) for paper in Paper]
        assert [link in page for link in links] == [place < offered for place in range(4)]
        codes = [secretary.get(link).status_code for link in links]
        assert codes == [200] * offered + [404] * (4 - offered)


def test_what_is_not_known_yet_is_a_line_to_write_on(world):
    before = at(world, Action.HOLD)
    assert words(made(before, Paper.SHEET, now=NOW)).count("______") == 5
    assert "______" not in words(made(before, Paper.BALLOT, now=NOW))
    report = words(made(at(world, Action.REPORT), Paper.REPORT, now=NOW))
    assert report.count("______") == 2, "number and day of the report"


def test_the_elected_stand_by_office_the_secretary_first(world):
    found = at(world, Action.CHOOSE)
    last = found.candidates.filter(elected=True).order_by("member__name_key").last()
    found.candidates.filter(elected=True).update(title="committee_member")
    found.candidates.filter(pk=last.pk).update(title="secretary")
    names = [one["name"] for one in fields(found, Paper.REPORT)["elected"]]
    rest = [one.member.name for one in found.candidates.filter(elected=True) if one.pk != last.pk]
    assert names == [last.member.name, *rest]


def test_ballot_and_report_have_a_place_for_the_seal(world):
    found = at(world, Action.APPROVE)
    assert all("组织BR1（盖章）" in words(made(found, paper, now=NOW)) for paper in (Paper.BALLOT, Paper.REPORT))


@pytest.mark.parametrize("paper", Paper)
def test_the_templates_that_ship_are_the_house_s_own(paper):
    found = Document(io.BytesIO(shipped(papers.form(paper), now=NOW)))
    facts = found.core_properties
    assert (facts.title, facts.author, facts.comments, facts.created.year) == (_(paper.label), "", "", 2026)
    assert {each.get(qn("w:eastAsia")) for each in found.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
