"""Elections: the plan, the frozen roll of voters, the candidates, and the sums of each ballot. Never who voted what."""

from django.db import models
from django.db.models import F, Q

from linli.members.models.register import Member
from linli.members.policy.due import Reason
from linli.members.policy.election_results import BallotKind
from linli.members.policy.election_states import OVER, State
from linli.members.policy.elections import Assembly, Elects
from linli.members.policy.kinds import Title
from linli.organisations.models import Body
from linli.store.choices import choices


class Election(models.Model):
    """One election of one body, from its plan until those elected are in office."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="elections")
    elects = models.CharField(max_length=10, choices=choices(Elects))
    assembly = models.CharField(max_length=8, choices=choices(Assembly), default=Assembly.MEETING.value)
    seats = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices(State), default=State.PLANNED.value)
    planned_on = models.DateField()
    term_years = models.PositiveSmallIntegerField()
    """As the rules said when it was planned (B7)."""
    permit = models.CharField(max_length=80, blank=True)
    """The document of the body above that allows an early or late election, or a congress (E7, E8)."""
    venue = models.CharField(max_length=80, blank=True)
    notified_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    due = models.PositiveIntegerField(null=True, blank=True)
    """How many of the roll are voters, once it is closed."""
    present = models.PositiveIntegerField(null=True, blank=True)
    committee_present = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many of the new committee were there when it elected its secretary."""
    reported_on = models.DateField(null=True, blank=True)
    report = models.CharField(max_length=80, blank=True)
    """The number of the report to the body above."""
    approved_on = models.DateField(null=True, blank=True)
    approval = models.CharField(max_length=80, blank=True)
    """The number of the reply of the body above; the posts carry it."""
    remark = models.CharField(max_length=200, blank=True)
    """Why it was moved, called off, given back or sent back, the last time."""

    class Meta:
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "elects"],
                condition=~Q(state__in=sorted(state.value for state in OVER)),
                name="members_election_one_open",
            ),
            models.CheckConstraint(
                condition=Q(present=None) | Q(present__lte=F("due")), name="members_election_present"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.planned_on}"

    @property
    def ref(self) -> str:
        """The election as a text reference."""
        return f"election:{self.pk}"

    @property
    def of_committee(self) -> bool:
        """Whether a committee is elected, which then fills its offices."""
        return self.elects == Elects.COMMITTEE


class Voter(models.Model):
    """A line of the closed roll: a member of the body on the day, whether due to vote, and why."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="roll")
    member = models.ForeignKey(Member, models.PROTECT, related_name="voter_lines")
    unit = models.ForeignKey(Body, models.PROTECT, related_name="voter_lines")
    due = models.BooleanField()
    reason = models.CharField(max_length=20, choices=choices(Reason))

    class Meta:
        ordering = ["member__name_key", "member__number"]
        constraints = [models.UniqueConstraint(fields=["election", "member"], name="members_voter_once")]

    def __str__(self) -> str:
        return f"{self.election_id} {self.member_id} {self.reason}"


class Candidate(models.Model):
    """Somebody who stands, or whose name was written in."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    member = models.ForeignKey(Member, models.PROTECT, related_name="candidacies")
    written_in = models.BooleanField(default=False)
    elected = models.BooleanField(default=False)
    title = models.CharField(max_length=20, choices=choices(Title), blank=True)
    """The post of the elected."""
    office_yes = models.PositiveSmallIntegerField(null=True, blank=True)
    """Votes of the new committee for this secretary or deputy."""

    class Meta:
        ordering = ["written_in", "member__name_key", "member__number"]
        constraints = [models.UniqueConstraint(fields=["election", "member"], name="members_candidate_once")]

    def __str__(self) -> str:
        return f"{self.election_id} {self.member_id}"


class Ballot(models.Model):
    """One ballot of an election with its sums; a run-off is a further one."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=choices(BallotKind))
    seats = models.PositiveSmallIntegerField()
    issued = models.PositiveIntegerField(null=True, blank=True)
    returned = models.PositiveIntegerField(null=True, blank=True)
    valid = models.PositiveIntegerField(null=True, blank=True)
    invalid = models.PositiveIntegerField(null=True, blank=True)
    void = models.BooleanField(default=False)
    """More ballots returned than issued, and it was so (E5)."""
    entries = models.PositiveSmallIntegerField(default=0)
    """How often a count was entered: the second person confirms the one that was read."""
    counted_by = models.CharField(max_length=60, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="members_ballot_once"),
            models.CheckConstraint(
                condition=Q(returned=None) | Q(void=True) | Q(returned__lte=F("issued")),
                name="members_ballot_returned",
            ),
            models.CheckConstraint(
                condition=Q(returned=None) | Q(returned=F("valid") + F("invalid")), name="members_ballot_valid"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("counted_by")), name="members_ballot_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.number}"


class Tally(models.Model):
    """The sums of one name on one ballot."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="tallies")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="tallies")
    printed = models.BooleanField(default=True)
    """Whether the name stands on the paper of this ballot; else it was written in on it."""
    yes = models.PositiveIntegerField(null=True, blank=True)
    no = models.PositiveIntegerField(null=True, blank=True)
    abstain = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["candidate__written_in", "candidate__member__name_key", "candidate__member__number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "candidate"], name="members_tally_once")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.candidate_id}: {self.yes}"


class PaperTemplate(models.Model):
    """A Word template by which a body and those below it print a form, instead of the one that ships."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="paper_templates")
    paper = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "paper"], name="members_template_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.paper}"
