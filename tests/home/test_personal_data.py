"""The register of personal data is whole, and what a member sees and asks for follows from it."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from linli.access.roles import Role
from linli.home import queries
from linli.home.policy.personal import HOLDINGS, REGISTER
from linli.home.policy.sorts import SORTS
from linli.lib.errors import Refusal
from linli.members import services
from linli.members.models import DataRequest, Member
from linli.members.policy.kinds import Purpose
from linli.members.policy.requests import OPTIONAL, RequestKind, RequestState

ROOT = Path(__file__).resolve().parents[2]
MODELS = {
    model._meta.label: model
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.startswith("linli.")
}
PEOPLE = {"accounts.User", "members.Member", "members.Applicant"}


def undeclared(models, holdings):
    """What the register does not say about the models, and says of fields that are not there."""
    found = [label for label in models if label not in holdings]
    for label, holding in holdings.items():
        if label not in models:
            found.append(f"{label} does not exist")
            continue
        fields = {field.name for field in models[label]._meta.concrete_fields if not field.primary_key}
        if holding.fields:
            found += [f"{label}.{name}" for name in sorted(fields ^ holding.fields.keys())]
    return found


def test_every_model_and_field_is_in_the_register():
    many = {label for label, model in MODELS.items() if model._meta.auto_created}
    assert undeclared({label: model for label, model in MODELS.items() if label not in many}, HOLDINGS) == []


def test_no_field_is_entered_twice():
    lines = [line.split() for line in REGISTER.strip().splitlines()]
    fields = [(model, field) for model, _member, _sort, *names in lines for field in names]
    empty = [line[0] for line in lines if len(line) == 3]
    assert [one for one, times in Counter(fields).items() if times > 1] == []
    assert [one for one in empty if sum(line[0] == one for line in lines) > 1] == []


def test_a_new_field_or_model_would_be_found():
    less = {label: holding for label, holding in HOLDINGS.items() if label != "members.Consent"}
    models = {label: MODELS[label] for label in HOLDINGS}
    assert undeclared(models, less) == ["members.Consent"]
    phone = {**HOLDINGS["members.Member"].fields}
    del phone["phone"]
    wrong = HOLDINGS | {"members.Member": type(HOLDINGS["members.Member"])("self", phone)}
    assert undeclared(models, wrong) == ["members.Member.phone"]


def test_what_points_at_a_person_holds_something_about_one():
    for label, holding in HOLDINGS.items():
        towards = {f.related_model._meta.label for f in MODELS[label]._meta.concrete_fields if f.is_relation}
        if towards & PEOPLE:
            assert holding.member, label
            assert any(holding.fields.values()), label


def test_every_sort_is_used_and_known():
    used = {sort for holding in HOLDINGS.values() for sort in holding.fields.values()} - {""}
    assert used == set(SORTS)
    optional = {name for name, sort in HOLDINGS["members.Member"].fields.items() if sort and SORTS[sort].optional}
    assert optional == set(OPTIONAL)


def test_the_page_of_the_documentation_agrees():
    done = subprocess.run(
        [sys.executable, "tools/make_privacy.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def write(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


def test_the_notice_names_every_sort(world, client):
    page = client.get(reverse("privacy"))
    assert page.status_code == 200
    assert len(page.context["sorts"]) == len(SORTS)
    for name in ("complaint", "privacy"):
        assert reverse(name) in client.get("/").text


def test_everything_about_me_and_nothing_about_others(world):
    services.set_consent(world.member, purpose=Purpose.NAME_WALL, given=True, **write(world))
    services.set_consent(world.members["BY1"][1], purpose=Purpose.NAME_WALL, given=True, **write(world))
    found = queries.everything(world.member)
    assert [row["number"] for row in found["members.Member"]] == ["BY1-1"]
    assert len(found["members.Consent"]) == len(found["members.Membership"]) == 1
    assert found["accounts.User"][0]["username"] == "member"
    assert "password" not in found["accounts.User"][0]
    counts = {sort.what: count for sort, count in queries.kept(world.member)}
    assert counts[SORTS["consent"].what] == 1


def test_my_data_as_page_and_file(world, as_user):
    client = as_user(world.member.user)
    assert "BY1-1" in client.get(reverse("my-data")).text
    file = client.get(reverse("my-data-file"))
    assert file["Cache-Control"] == "no-store"
    assert json.loads(file.content)["members.Member"][0]["number"] == "BY1-1"


def test_the_file_says_in_words_what_it_holds_and_names_nobody_else(world, as_user):
    services.set_consent(world.member, purpose=Purpose.NAME_WALL, given=True, **write(world))
    Member.objects.filter(pk=world.member.pk).update(sex="female")
    file = as_user(world.member.user).get(reverse("my-data-file"))
    found = json.loads(file.content)
    assert next(iter(found)) == "about"
    head = found["about"]
    assert head["house"] == "组织W" and head["member_number"] == "BY1-1" and head["made_at"].startswith("2026-03-")
    assert "_words" in head["explanation"] and head["tables"].keys() == found.keys() - {"about"}
    person, place = found["members.Member"][0], found["members.Membership"][0]
    assert (person["sex_words"], person["member_class_words"]) == ("女", str(world.member.member_class))
    assert place["body_words"] == "组织BY1" and place["member_words"] == world.member.name
    assert found["members.Consent"][0]["purpose_words"] != found["members.Consent"][0]["purpose"]
    others = Member.objects.exclude(name=world.member.name).values_list("name", flat=True)
    assert [name for name in others if name in file.text] == []


def test_no_model_of_people_is_called_by_its_name():
    assert not queries.NAMED & (PEOPLE | {label for label, holding in HOLDINGS.items() if holding.member})


def test_a_correction_is_asked_for_and_answered(world, as_user):
    client, desk = as_user(world.member.user), as_user(world.user(Role.SECRETARY, "BY1"))
    empty = client.post(reverse("my-data"), {"kind": "correct", "text": " ", "key": "k" * 20})
    assert empty.status_code == 422
    client.post(reverse("my-data"), {"kind": "correct", "text": "学历是大专", "key": world.key() + "-" * 8})
    asked = DataRequest.objects.get()
    due = {line.address: line.count for line in desk.get(reverse("desk")).context["due"]}
    assert due[reverse("data-requests")] == 1
    assert "学历是大专" in desk.get(reverse("data-requests")).text
    answer = {"state": "done", "words": "已改为大专", "key": world.key() + "-" * 8}
    assert desk.post(reverse("data-request-answer", args=[asked.pk]), answer).status_code == 302
    assert "已改为大专" in client.get(reverse("my-data")).text
    again = desk.post(reverse("data-request-answer", args=[asked.pk]), answer | {"key": world.key() + "-" * 8})
    assert again.status_code == 422


@pytest.mark.parametrize(("state", "phone"), [(RequestState.DONE, ""), (RequestState.REFUSED, "13800000001")])
def test_what_is_optional_is_erased_with_the_answer(world, state, phone):
    Member.objects.filter(pk=world.member.pk).update(phone="13800000001", born_on=date(1980, 5, 1))
    asked = services.ask(world.member, kind=RequestKind.ERASE, text="", **write(world))
    services.answer(asked, state=state, words="好", **write(world))
    member = Member.objects.get(pk=world.member.pk)
    assert (member.phone, member.born_on) == (phone, date(1980, 5, 1))


def test_nobody_answers_the_own_request(world):
    asked = services.ask(world.member, kind=RequestKind.ERASE, text="", **write(world))
    with pytest.raises(Refusal, match="own request"):
        services.answer(
            asked, state=RequestState.DONE, words="好", by=world.actor_of(world.member.user), now=world.now,
            key=world.key(),
        )  # fmt: skip
