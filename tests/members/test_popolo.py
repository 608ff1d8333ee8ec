"""Popolo JSON and CSV: what an actor reaches, by number, in the shape that the specification names."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.urls import reverse

from linli.access.roles import Role
from linli.members import services
from linli.members.models import Member
from linli.members.policy.election_states import Action
from linli.members.policy.kinds import Title
from linli.members.policy.popolo import COLUMNS, as_csv
from linli.members.services import election_counts as counts
from linli.organisations import services as organisations
from linli.project import cli
from tests.members.elections import SECOND, at
from tests.members.test_pages import enrol

DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
REFERS = {"parent_id": None, "area_id": "areas", "organization_id": "organizations", "person_id": "persons",
          "post_id": "posts", "motion_id": "motions"}  # fmt: skip
SHAPES = {
    "organizations": {"id", "identifiers", "name", "classification", "parent_id", "area_id", "other_names",
                      "founding_date", "dissolution_date"},
    "persons": {"id", "identifiers", "name"},
    "memberships": {"id", "person_id", "organization_id", "post_id", "role", "start_date", "end_date"},
    "posts": {"id", "label", "role", "organization_id", "area_id"},
    "areas": {"id", "identifiers", "name", "classification", "parent_id"},
    "motions": {"id", "organization_id", "classification", "date", "text", "result"},
    "vote_events": {"id", "motion_id", "organization_id", "start_date", "counts"},
}  # fmt: skip
"""The properties that the specification's classes have, as far as they are used here."""


@pytest.fixture
def secretary(world, as_user):
    return as_user(world.user(Role.SECRETARY, "BR1"))


def check(found):
    """The constraints of the Popolo schemas: known properties, texts or null, days, identifiers, dated names, links."""
    assert found.keys() == SHAPES.keys()
    known = {name: {row["id"] for row in rows} for name, rows in found.items()}
    for name, rows in found.items():
        assert len(known[name]) == len(rows), "each id once"
        for row in rows:
            assert row.keys() <= SHAPES[name]
            for field, value in row.items():
                if field == "identifiers":
                    assert all(each.keys() == {"scheme", "identifier"} and all(each.values()) for each in value)
                elif field == "counts":
                    assert all(each.keys() == {"option", "value"} for each in value)
                elif field == "other_names":
                    assert all(each.keys() == {"name", "start_date", "end_date"} for each in value)
                else:
                    assert value is None or isinstance(value, str)
                if field.endswith("date"):
                    assert value is None or DAY.fullmatch(value)
                if field in REFERS and value is not None:
                    assert value in known[REFERS[field] or name], (name, field, value)
    for line in found["memberships"]:
        assert line["person_id"]
        assert line["organization_id"]
        assert line["end_date"] is None or line["end_date"] >= line["start_date"]
    assert all(row["name"] for row in (*found["organizations"], *found["areas"], *found["persons"]))


def test_the_document_holds_what_is_in_reach_in_the_shape_of_the_specification(world, secretary):
    given = {"by": world.by, "now": world.now}
    services.appoint(world.member, body=world.bodies["BY1"], title=Title.SECRETARY, key=world.key(), **given)
    organisations.rename_body(
        world.bodies["BY2"], name="新名", on=date(2026, 3, 1), document="", key=world.key(), **given
    )
    enrol(world, "N1", phone="13812345678")
    answer = secretary.get(reverse("members-popolo"))
    found = json.loads(answer.content)
    check(found)
    assert answer["Cache-Control"] == "no-store"
    bodies = {row["id"]: row for row in found["organizations"]}
    assert set(bodies) == {f"organization:{code}" for code in ("BR1", "BY1", "BY2", "BG1")}
    assert bodies["organization:BR1"]["parent_id"] is None, "what stands above is out of reach"
    assert bodies["organization:BY1"]["parent_id"] == "organization:BR1"
    assert bodies["organization:BY2"]["other_names"] == [
        {"name": "组织BY2", "start_date": "2020-01-01", "end_date": "2026-02-28"}
    ]
    assert len(found["persons"]) == 16
    (post,) = [line for line in found["memberships"] if line.get("post_id")]
    assert post["post_id"] == "post:BY1:secretary"
    for hidden in ("王小一", "13812345678", "1380000", Member.objects.get(number="N1").name):
        assert hidden not in answer.content.decode()


def test_votes_are_sums_of_confirmed_counts_for_those_who_hold_elections(world, secretary, as_user):
    found = at(world, Action.CONFIRM)
    assert json.loads(secretary.get(reverse("members-popolo")).content)["vote_events"] == [], "not confirmed yet"
    counts.confirm_count(found, seen=1, by=SECOND, now=world.now, key=world.key())
    whole = json.loads(secretary.get(reverse("members-popolo")).content)
    check(whole)
    results = {row["text"].rpartition("：")[2]: row["result"] for row in whole["motions"]}
    assert results == {"BY1-1": "pass", "BY1-2": "pass", "BY1-3": "pass", "BY1-4": "fail"}
    sums = {row["motion_id"].rpartition(":")[2]: row["counts"] for row in whole["vote_events"]}
    assert [each["value"] for each in sums["BY1-4"]] == [2, 13, 0]
    table = secretary.get(reverse("members-table", args=["vote_events"])).content.decode("utf-8-sig")
    assert [row["yes"] for row in csv.DictReader(io.StringIO(table, newline=""))] == ["12", "11", "10", "2"]
    leader = json.loads(as_user(world.user(Role.GROUP_LEADER, "BR1")).get(reverse("members-popolo")).content)
    assert leader["persons"]
    assert leader["motions"] == leader["vote_events"] == []


def test_a_name_is_not_decided_while_another_ballot_is_needed(world, secretary):
    at(world, Action.CHOOSE, yes=(12, 11, 5, 5))
    found = json.loads(secretary.get(reverse("members-popolo")).content)
    results = [row["result"] for row in found["motions"]]
    assert sorted(results, key=str) == [None, None, "pass", "pass"]


@pytest.mark.parametrize("table", COLUMNS)
def test_each_table_is_csv_for_excel(world, secretary, table):
    answer = secretary.get(reverse("members-table", args=[table]))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    whole = json.loads(secretary.get(reverse("members-popolo")).content)[table]
    assert [row["id"] for row in rows] == [row["id"] for row in whole]
    assert secretary.get(reverse("members-table", args=["nothing"])).status_code == 404


def test_a_cell_that_begins_a_formula_is_inert():
    text = as_csv({"persons": [{"id": "=1+1", "name": '@a,\n"b'}]}, "persons").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["id", "name"], ["'=1+1", "'@a,\n\"b"]]


def test_the_command_writes_the_house_or_a_part_of_it(world, tmp_path, capsys):
    file = tmp_path / "a.json"
    assert cli.run(["members", "export", str(file)]) == 0
    whole = json.loads(file.read_text())
    check(whole)
    assert len(whole["organizations"]) == len(world.bodies)
    assert cli.run(["members", "export", str(file), "--organisation", "BY1"]) == 0
    assert len(json.loads(file.read_text())["organizations"]) == 2
    assert cli.run(["members", "export", str(tmp_path / "p.csv"), "--table", "persons"]) == 0
    assert (tmp_path / "p.csv").read_bytes().startswith(b"\xef\xbb\xbfid,name\r\n")
    capsys.readouterr()
    assert cli.run(["members", "export", str(file), "--table", "x"]) == 2
    assert "persons" in capsys.readouterr().err
    assert cli.run(["members", "export", str(file), "--organisation", "XX"]) == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_labels_are_of_the_language_of_the_installation_and_roles_are_codes(world, secretary, settings, language):
    at(world, Action.REPORT)
    services.appoint(
        world.members["BY1"][4],
        body=world.bodies["BY1"],
        title=Title.SECRETARY,
        by=world.by,
        now=world.now,
        key=world.key(),
        since=date(2026, 1, 5),
    )
    secretary.cookies["django_language"] = language
    chinese = json.loads(secretary.get(reverse("members-popolo")).content)
    settings.LANGUAGE_CODE = "en"
    english = json.loads(secretary.get(reverse("members-popolo")).content)
    for found, label, text in (
        (chinese, "书记", "选举委员：BY1-1"),
        (english, "Secretary", "Election of committee members: BY1-1"),
    ):
        assert {(post["label"], post["role"]) for post in found["posts"]} == {(label, "secretary")}
        assert text in [motion["text"] for motion in found["motions"]]
