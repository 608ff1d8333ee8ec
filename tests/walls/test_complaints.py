"""Complaints: from every page, without account, to the office of the subdistrict, never in public."""

import pytest
from django.urls import reverse

from linli.access.roles import Role
from linli.walls.models import Category, Issue, Poster, Wall


def send(world, client, text="网页看不清"):
    return client.post(reverse("complaint"), {"category": "complaint", "text": text, "key": world.key() + "-" * 8})


def test_a_complaint_reaches_the_office_and_stays_private(world, client, as_user):
    answer = send(world, client)
    found = Issue.objects.get()
    assert answer.url == reverse("issue-receipt", args=[found.number])
    first, later = client.get(answer.url).text, client.get(answer.url).text
    assert "收到了，谢谢您。" in first
    assert "收到了，谢谢您。" not in later
    for page in (first, later):
        assert "您反映的问题" in page
        assert "投诉和建议：内容不公开。" in page
        assert "网页看不清" in page
    assert (found.wall.level, found.owner.code, found.category.private) == ("street", "OF", True)
    assert "网页看不清" not in client.get(reverse("issue", args=[found.number])).text
    assert "网页看不清" not in client.get(reverse("wall", args=[found.wall.code])).text
    office = as_user(world.user(Role.SUBDISTRICT_STAFF, "W"))
    assert "网页看不清" in office.get(reverse("desk-issue", args=[found.number])).text
    courtyard = as_user(world.user(Role.SECRETARY, "BY1"))
    assert courtyard.get(reverse("desk-issue", args=[found.number])).status_code == 404


@pytest.mark.parametrize("data", [{"text": ""}, {"category": "rubbish"}])
def test_an_empty_or_other_one_is_refused(world, client, data):
    full = {"category": "complaint", "text": "x", "key": world.key() + "-" * 8} | data
    assert client.post(reverse("complaint"), full).status_code == 422
    assert not Issue.objects.exists()


def test_a_courtyard_takes_no_complaint_about_itself(world, client):
    wall = world.wall("BY1")
    assert Category.objects.filter(code="complaint").exists()
    assert 'value="complaint"' not in client.get(reverse("report", args=[wall.code])).text
    sent = {"category": "complaint", "text": "x", "key": world.key() + "-" * 8}
    assert client.post(reverse("report", args=[wall.code]), sent).status_code == 422


def test_without_a_wall_the_page_says_where_to_turn(world, client):
    Poster.objects.all().delete()
    for level in ("child", "mother", "street"):
        Wall.objects.filter(level=level).delete()
    page = client.get(reverse("complaint"))
    assert page.status_code == 200
    assert '<form method="post" class="form"' not in page.text
