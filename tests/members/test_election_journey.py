"""An election by hand, from the plan to the approval, through the pages alone; what is wrong is said at the form."""

import io
import re

import pytest
from django.urls import reverse
from docx import Document

from linli.access.roles import Role
from linli.members.models import Ballot, Election, Post, Tally, Voter
from linli.members.policy.election_states import State
from tests.catalogue.elections import OFFICES, plan, sums
from tests.members.elections import NAMED


class Desk:
    """Somebody at the desk."""

    def __init__(self, client, key):
        self.client, self.key = client, key

    def sends(self, name, pk=None, **data):
        address = reverse(name, args=[pk] if pk else [])
        return self.client.post(address, data | {"key": self.key() + "-" * 8})

    def sees(self, pk):
        return re.sub(r"<[^>]*>|\s+", " ", self.client.get(reverse("election", args=[pk])).content.decode())


@pytest.fixture
def desks(world, as_user):
    people = (Role.SECRETARY, "BR1"), (Role.DEPUTY, "BR1"), (Role.COMMUNITY_STAFF, "G1")
    return [Desk(as_user(world.user(role, body)), world.key) for role, body in people]


def wrong(answer, *words):
    assert answer.status_code == 422
    text = answer.content.decode()
    assert all(each in text for each in words), re.sub(r"<[^>]*>|\s+", " ", text)


def test_an_election_from_the_plan_to_the_office(world, desks):
    secretary, deputy, upper = desks
    assert secretary.sends("election-plan", **plan(world)).status_code == 302
    pk = Election.objects.get().pk
    assert secretary.sends("election-notice", pk, venue="一楼会议室").status_code == 302
    assert secretary.sends("election-roll", pk).status_code == 302
    wrong(secretary.sends("election-candidates", pk, candidates=NAMED[:3]), "3 名候选人", "至少提名 4 人（E2）")
    assert secretary.sends("election-candidates", pk, candidates=NAMED).status_code == 302
    ballot = secretary.client.get(reverse("election-paper", args=[pk, "ballot"])).content
    assert [row.cells[0].text for row in Document(io.BytesIO(ballot)).tables[0].rows[1:]] == [
        "李小二",
        "刘小四",
        "王小一",
        "张小三",
    ]
    wrong(secretary.sends("election-meeting", pk, present=11), "到会 12 名选举才有效", "E1")
    wrong(secretary.sends("election-meeting", pk, present=16), "实到 16 人，应到却只有 15 人")
    assert secretary.sends("election-meeting", pk, present=15).status_code == 302
    wrong(secretary.sends("election-count", pk, **sums(world) | {"issued": 14}), "收回 15 张，发出却只有 14 张")
    wrong(secretary.sends("election-count", pk, **sums(world) | {"yes-BY1-1": 16}), "王小一：赞成 16")
    wrong(secretary.sends("election-count", pk, **sums(world) | {"written": "谁 都行"}), "请写党员编号和得票数")
    assert secretary.sends("election-count", pk, **sums(world)).status_code == 302
    wrong(secretary.sends("election-confirm", pk, seen=1), "请由另一人核对")
    assert deputy.sends("election-confirm", pk, seen=1).status_code == 302
    assert "刘小四 得 2 票（实到 15 人），至少 8 票才能当选" in secretary.sees(pk)
    wrong(secretary.sends("election-offices", pk, **OFFICES | {"yes-BY1-1": 1}), "王小一 得 1 票", "E4")
    assert secretary.sends("election-offices", pk, **OFFICES).status_code == 302
    assert "已选出但没有上报" in secretary.client.get(reverse("elections")).content.decode()
    assert secretary.sends("election-report", pk, document="组〔2026〕5号").status_code == 302
    assert secretary.sends("election-approve", pk, document="委〔2026〕9号").status_code == 403
    assert upper.sends("election-approve", pk, document="委〔2026〕9号").status_code == 302
    assert "已批复，已任职" in secretary.sees(pk)
    assert Election.objects.get().state == State.APPROVED
    assert Post.objects.filter(body__code="BR1", term_until__year=2031, valid_to=None).count() == 3


def test_no_table_joins_a_voter_to_a_vote():
    def reached(model):
        return {field.related_model.__name__ for field in model._meta.get_fields() if field.is_relation}

    assert reached(Ballot) == {"Election", "Tally"}
    assert reached(Tally) == {"Ballot", "Candidate"}
    assert reached(Voter) == {"Election", "Member", "Body"}


def test_a_term_longer_than_usual_is_kept_with_a_warning(world, desks):
    secretary = desks[0]
    given = {"body": "BY1", "title": "secretary", "since": "2026-03-01", "term_until": "2032-03-01"}
    answer = secretary.client.post(
        reverse("post-new", args=["BY1-1"]), given | {"key": world.key() + "-" * 8}, follow=True
    )
    assert "这里的任期是 5 年，最晚到 2031-03-01（B7）" in answer.content.decode()
    again = given | {"key": world.key() + "-" * 8}
    wrong(secretary.client.post(reverse("post-new", args=["BY1-2"]), again), "请先结束该职务")
