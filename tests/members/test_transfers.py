"""Transfers: each member in one unit on every day, whatever the slips do; what is refused, and how the pages go."""

import io
from datetime import date, datetime, timedelta
from urllib.parse import unquote

import pypdfium2
import pytest
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from linli.access.roles import Role
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal
from linli.members import printing, queries, services
from linli.members.models import Departure, Member, Membership, Post, Transfer
from linli.members.policy.due import Occasion
from linli.members.policy.kinds import Ending, Title
from linli.members.queries import duplicates
from linli.members.queries import transfers as reads
from linli.members.verify import invariants
from tests.world import SINCE

DAY = date(2026, 3, 18)
UNITS = ["BR1", "BY1", "BY2", "BR2"]
BELOW = {"W": UNITS, "BR1": ["BR1", "BY1", "BY2"], "BY1": ["BY1"], "BY2": ["BY2"], "BR2": ["BR2"]}


def writes(world, now=None):
    return {"by": world.by, "now": now or world.now, "key": world.key()}


def issue(world, index=1, *, to="BY2", outside="", on=date(2026, 3, 1)):
    target = world.bodies[to] if to else None
    return services.issue(world.members["BY1"][index], target=target, target_name=outside, on=on, **writes(world))


def announce(world, number="外1", to="BY1", name="赵新一"):
    days = {"issued_on": date(2026, 3, 1), "valid_until": date(2026, 5, 30)}
    return services.announce(
        number=number, name=name, source_name="外区", target=world.bodies[to], **days, **writes(world)
    )


def person(world, number="", name="赵新一", **facts):
    known = {"born_on": date(1990, 1, 1), "joined_on": date(2012, 7, 1), "full_on": date(2013, 7, 1)} | facts
    return Member(number=number, name=name, member_class=world.member.member_class, **known)


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)
    assert refusal.value.code == code
    return refusal.value


def unit(member, day):
    held = list(Membership.objects.on(day).filter(member=member).values_list("body__code", flat=True))
    assert len(held) <= 1
    return held[0] if held else None


# Any sequence of transfers.

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "out", "receive", "receive", "withdraw", "depart", "back", "return"]),
        st.integers(0, 3),
        st.sampled_from(UNITS),
        st.integers(0, 40),
        st.integers(0, 60),
    ),
    max_size=14,
)


class Naive:
    """What somebody would keep on paper: for each member the units by day, no ranges, no queries."""

    def __init__(self, members):
        self.days = [date(2026, 1, 1) + timedelta(days=n) for n in range(460)]
        self.units = {member.number: dict.fromkeys(self.days, "BY1") for member in members}

    def put(self, number, since, code):
        for day in self.days:
            if day >= since:
                self.units[number][day] = code

    def there(self, body, day):
        return {number for number, units in self.units.items() if units[day] in BELOW[body]}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_keeps_one_unit_and_a_true_due_list(world, steps):
    from django.db import transaction

    with transaction.atomic():
        people = world.members["BY1"][:4]
        naive, today, before, numbers = Naive(people), date(2026, 2, 1), {}, iter(range(1000))
        for what, index, to, forward, back in steps:
            today += timedelta(days=forward)
            moment = datetime(today.year, today.month, today.day, 9, tzinfo=CHINA)
            on, member = today - timedelta(days=back), people[index]
            slip = Transfer.objects.filter(member=member, state="issued").first()
            try:
                with transaction.atomic():
                    if what in {"issue", "out"}:
                        where = {"target": world.bodies[to]} if what == "issue" else {"target_name": "外区"}
                        services.issue(member, **where, **writes(world, moment))
                    elif what == "receive" and slip:
                        kept = dict(naive.units[member.number])
                        services.receive(slip, on=on, **writes(world, moment))
                        naive.put(member.number, on, slip.target.code if slip.target else None)
                        if slip.target is None:
                            before[member.number] = kept
                    elif what == "withdraw" and slip:
                        services.withdraw(slip, reason="", **writes(world, moment))
                    elif what == "depart":
                        kept = dict(naive.units[member.number])
                        services.depart(member, ending=Ending.LEFT, on=on, **writes(world, moment))
                        naive.put(member.number, on, None)
                        before[member.number] = kept
                    elif what == "back" and (left := Departure.objects.filter(member=member).first()):
                        services.take_back(left, **writes(world, moment))
                        naive.units[member.number] = before.pop(member.number)
                    elif what == "return":
                        come = services.announce(
                            number=f"外{next(numbers)}", name=member.name, source_name="外区", target=world.bodies[to],
                            issued_on=on, valid_until=today, **writes(world, moment),
                        )  # fmt: skip
                        again = person(world, member.number, member.name)
                        services.receive(come, on=on, person=again, **writes(world, moment))
                        naive.put(member.number, on, to)
                    else:
                        continue
                    event(what)
            except Refusal:
                continue
        for member in people:
            held = list(member.memberships.values_list("valid_from", "valid_to", "body__code"))
            for day in naive.days:
                units = [code for since, until, code in held if since <= day and (until is None or day < until)]
                assert units == [code for code in [naive.units[member.number][day]] if code]
        ours = {member.number for member in people}
        for body in BELOW:
            for day in naive.days[::40]:
                for occasion in (Occasion.COUNT, Occasion.VOTE):
                    due = queries.due_members(world.bodies[body], day, occasion)
                    found = set(due.filter(number__in=ours).values_list("number", flat=True))
                    assert found == naive.there(body, day)
        transaction.set_rollback(True)


# Inside, out, in.


def test_the_membership_moves_on_the_day_of_receipt(world):
    member = world.members["BY1"][1]
    services.appoint(member, body=world.bodies["BG1"], title=Title.GROUP_LEADER, since=SINCE, **writes(world))
    slip = issue(world)
    assert (slip.number, slip.valid_until) == ("ZJ2026-0001", date(2026, 5, 30))
    assert unit(member, DAY) == "BY1"
    services.receive(slip, on=date(2026, 3, 10), **writes(world))
    assert [unit(member, date(2026, 3, day)) for day in (9, 10, 18)] == ["BY1", "BY2", "BY2"]
    assert Post.objects.get().valid_to == date(2026, 3, 10)


def test_numbers_follow_each_other_within_a_year(world):
    found = [issue(world, 0), issue(world, 1), issue(world, 2, on=date(2025, 12, 31)), issue(world, 3)]
    assert [slip.number for slip in found] == ["ZJ2026-0001", "ZJ2026-0002", "ZJ2025-0001", "ZJ2026-0003"]


def test_numbers_from_outside_that_look_like_ours_are_passed_over(world):
    for number in ("ZJ2026-0003", "ZJ2026-0002", "ZJ2026-99999999999999999999", "ZJ2026-x", "ZJ2026-0001"):
        announce(world, number)
    assert [issue(world, index).number for index in (0, 1)] == ["ZJ2026-0004", "ZJ2026-0005"]


def test_out_the_member_leaves_when_the_receipt_comes_back(world):
    slip = issue(world, to="", outside="外区组织部")
    member = world.members["BY1"][1]
    assert unit(member, DAY) == "BY1"
    services.receive(slip, on=date(2026, 3, 10), **writes(world))
    assert [unit(member, date(2026, 3, day)) for day in (9, 10)] == ["BY1", None]
    held = member.memberships.get()
    assert held.ended == Ending.TRANSFERRED
    assert Departure.objects.get().document == slip.number


def test_in_the_receiving_branch_enrols(world):
    found = services.receive(announce(world), on=date(2026, 3, 10), person=person(world), **writes(world))
    assert found.member.number == "M000001"
    assert [unit(found.member, date(2026, 3, day)) for day in (9, 10)] == [None, "BY1"]


def test_who_comes_back_is_the_same_person_again(world):
    services.receive(issue(world, to="", outside="外区"), on=date(2026, 3, 5), **writes(world))
    member = world.members["BY1"][1]
    slip = announce(world, to="BR2", name=member.name)
    refused(
        "transfer-names",
        services.receive, slip, on=date(2026, 3, 10), person=person(world, member.number, "别人"), **writes(world),
    )  # fmt: skip
    back = person(world, member.number, member.name)
    services.receive(slip, on=date(2026, 3, 10), person=back, **writes(world))
    assert [unit(member, date(2026, 3, day)) for day in (4, 5, 9, 10)] == ["BY1", None, None, "BR2"]
    assert all(not truth.find() for truth in invariants())


def test_who_was_entered_twice_comes_back_under_the_lasting_number(world):
    kept = world.members["BY1"][1]
    twin = services.enrol(
        person(world, "X9", kept.name, born_on=kept.born_on), body=world.bodies["BR2"], **writes(world)
    )
    services.depart(twin, ending=Ending.LEFT, on=date(2026, 3, 1), **writes(world))
    shown = duplicates.joining(kept, twin, DAY).mark
    services.join(twin, into=kept, shown=shown, **writes(world))
    services.receive(issue(world, to="", outside="外区"), on=date(2026, 3, 5), **writes(world))
    slip = announce(world, to="BR2", name=kept.name)
    found = services.receive(slip, on=date(2026, 3, 10), person=person(world, "X9", kept.name), **writes(world))
    assert (found.member, unit(kept, DAY), unit(twin, DAY)) == (kept, "BR2", None)


@pytest.mark.parametrize("number", ["BY1-2", ""])
def test_two_current_branches_for_one_person_are_refused(world, number):
    member = world.members["BY1"][1]
    same = person(world, number, member.name, born_on=member.born_on)
    told = refused(
        "transfer-two", services.receive, announce(world, to="BR2", name=member.name), on=DAY, person=same,
        **writes(world),
    )  # fmt: skip
    assert "组织B" not in str(told)
    assert member.number not in str(told)
    assert Transfer.objects.get().state == "issued"


@pytest.mark.parametrize("on_register", [True, False])
def test_a_number_that_was_typed_tells_nothing_of_who_has_it(world, on_register):
    member = world.members["BY1"][1]
    if not on_register:
        services.receive(issue(world, to="", outside="外区"), on=date(2026, 3, 5), **writes(world))
    slip = announce(world, to="BR2")
    told = refused(
        "transfer-names", services.receive, slip, on=DAY, person=person(world, member.number), **writes(world)
    )
    assert "赵新一" in str(told)
    assert not any(word in f"{told} {told.values}" for word in (member.name, "组织B"))


def test_a_refused_receipt_names_nobody_on_the_page(world, as_user):
    member, slip = world.members["BY1"][1], announce(world, to="BR2")
    facts = {"on": "2026-03-10", "born_on": "1990-01-01", "joined_on": "2012-07-01", "full_on": "2013-07-01"}
    facts |= {"number": member.number, "member_class": "direct", "key": world.key() + "-" * 8}
    page = as_user(world.user(Role.SECRETARY, "BR2")).post(reverse("transfer-receive", args=[slip.pk]), facts)
    assert page.status_code == 422
    assert "不是赵新一的编号" in page.text
    assert member.name not in page.text and "组织BY1" not in page.text


@pytest.mark.parametrize(
    ("issued", "on", "code"),
    [
        (date(2026, 3, 1), date(2026, 3, 19), "transfer-ahead"),
        (date(2026, 3, 1), date(2026, 2, 28), "transfer-before"),
        (date(2025, 12, 17), DAY, "transfer-lapsed"),
        (date(2025, 12, 18), DAY, None),
    ],
)
def test_a_day_that_cannot_be_is_refused(world, issued, on, code):
    slip = issue(world, on=issued)
    if code is None:
        services.receive(slip, on=on, **writes(world))
    else:
        refused(code, services.receive, slip, on=on, **writes(world))


def test_a_slip_is_dealt_with_once(world):
    slip = issue(world)
    services.receive(slip, on=DAY, **writes(world))
    refused("transfer-state", services.receive, slip, on=DAY, **writes(world))
    refused("transfer-state", services.withdraw, slip, reason="x", **writes(world))


def test_what_cannot_be_issued(world):
    issue(world)
    refused("transfer-open", issue, world)
    refused("transfer-same", issue, world, 2, to="BY1")
    refused("transfer-target", issue, world, 2, to="")
    refused("transfer-target", issue, world, 2, to="BY2", outside="外区")
    refused("member-unit", issue, world, 2, to="OF")
    announce(world)
    refused("transfer-number", announce, world)


def test_a_lapsed_slip_is_taken_back_and_issued_again(world):
    slip = issue(world, on=date(2025, 12, 1))
    secretary = world.actor(Role.SECRETARY, "BY1")
    assert reads.waiting(secretary, DAY) == {"receive": 0, "lapsed": 1}
    services.withdraw(slip, reason="过期", **writes(world))
    assert issue(world).number == "ZJ2026-0001"
    assert reads.waiting(secretary, DAY) == {"receive": 0, "lapsed": 0}
    assert reads.waiting(world.actor(Role.SECRETARY, "BY2"), DAY) == {"receive": 1, "lapsed": 0}


@pytest.mark.parametrize(
    ("make", "receive", "withdraw"),
    [
        (lambda w: issue(w, to="BR2"), "BR2", "BY1"),
        (lambda w: issue(w, to="", outside="外区"), "BY1", "BY1"),
        (announce, "BY1", "BY1"),
    ],
)
def test_each_side_does_its_part(world, make, receive, withdraw):
    slip = Transfer.objects.select_related("source", "target").get(pk=make(world).pk)
    for code in UNITS[1:]:
        turns = [action.value for action in reads.possible(world.actor(Role.SECRETARY, code), slip, DAY)]
        assert ("receive" in turns, "withdraw" in turns) == (code == receive, code == withdraw)


def test_a_journey_from_one_branch_to_another(world, as_user):
    giving, taking = (as_user(world.user(Role.SECRETARY, code)) for code in ("BY1", "BR2"))

    def send(client, name, *args, **data):
        return client.post(reverse(name, args=args), data | {"key": world.key() + "-" * 8}, follow=True)

    assert reverse("transfer-issue", args=["BY1-2"]) in giving.get(reverse("member", args=["BY1-2"])).text
    page = send(giving, "transfer-issue", "BY1-2", target="BR2", target_name="", reason="搬家")
    slip = Transfer.objects.get()
    assert slip.number in page.text
    assert page.redirect_chain[-1][0] == reverse("transfer", args=[slip.pk])
    assert "介绍信已开出" in page.text
    word = giving.get(reverse("transfer-slip", args=[slip.pk, "docx"]))
    import docx

    text = "\n".join(line.text for line in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert all(
        words in text
        for words in (slip.number, "李小二", "组织BY1", "组织BR2", "有效期至2026年6月16日", "2026年3月18日")
    )
    assert giving.get(reverse("transfer-receive", args=[slip.pk])).status_code == 404
    due = {line.address: line.count for line in taking.get(reverse("desk")).context["due"]}
    assert due[reverse("transfers")] == 1
    assert taking.get(reverse("member", args=["BY1-2"])).status_code == 404
    assert send(taking, "transfer-receive", slip.pk, on="2026-03-19").status_code == 422
    assert "等对方接收" in giving.get(reverse("transfers")).text
    assert "等您办理" in taking.get(reverse("transfers")).text
    assert "已接收：李小二现属组织BR2" in send(taking, "transfer-receive", slip.pk, on="2026-03-18").text
    assert taking.get(reverse("member", args=["BY1-2"])).status_code == 200
    assert giving.get(reverse("member", args=["BY1-2"])).status_code == 404
    assert slip.number in giving.get(reverse("transfers")).text


def test_an_own_slip_to_an_outside_unit_waits_for_the_receipt(world, as_user):
    issue(world, to="", outside="外区组织部")
    text = as_user(world.user(Role.SECRETARY, "BY1")).get(reverse("transfers")).text
    assert "等回执" in text
    assert "等您办理" not in text


def test_a_journey_from_outside(world, as_user):
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    slip = announce(world)
    address = reverse("transfer-receive", args=[slip.pk])
    facts = {"on": "2026-03-10", "born_on": "1990-01-01", "joined_on": "2012-07-01", "member_class": "direct"}
    wrong = client.post(address, facts | {"full_on": "2012-06-30", "key": world.key() + "-" * 8})
    assert wrong.status_code == 422
    assert "full_on" in wrong.context["form"].errors
    assert client.post(address, facts | {"full_on": "", "key": world.key() + "-" * 8}).status_code == 302
    assert Member.objects.get(name="赵新一").stage == "probationary"


def test_the_slip_is_printed(world):
    from linli.files.documents import missing_packages

    if missing_packages():
        pytest.skip("no Pango here")
    paper = pypdfium2.PdfDocument(printing.slip(issue(world), "pdf", now=world.now))
    text = "".join(paper[0].get_textpage().get_text_range().split())
    assert "2026年5月30日" in text and "2026-05" not in text


def test_the_slip_in_word_is_cut_and_signed_like_the_one_in_pdf(world, as_user):
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    found = issue(world)
    answer = client.get(reverse("transfer-slip", args=[found.pk, "docx"]))
    assert f"介绍信 {found.number}.docx" in unquote(answer.headers["Content-Disposition"])
    document = Document(io.BytesIO(answer.content))
    assert (round(document.sections[0].page_width.mm), round(document.sections[0].page_height.mm)) == (210, 297)
    assert 'w:eastAsia="仿宋"' in document.styles["Normal"].element.xml
    assert (
        sum("（盖章）" in line.text and line.alignment == WD_ALIGN_PARAGRAPH.RIGHT for line in document.paragraphs) == 2
    )
    numbers = [line for line in document.paragraphs if found.number in line.text]
    assert [line.alignment for line in numbers] == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]
    cuts = [at for at, line in enumerate(document.paragraphs) if 'w:val="dashed"' in line._p.xml]
    receipt = next(at for at, line in enumerate(document.paragraphs) if "回执" in line.text)
    assert len(cuts) == 1
    assert cuts[0] < receipt
    facts = document.core_properties
    assert found.number in facts.title
    assert (facts.author, facts.comments) == ("", "")
    assert facts.created.year >= world.now.year
