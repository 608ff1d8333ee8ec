"""Members, the unit and class of each, posts, standings, transfers, departures, consents, elections."""

from linli.members.models.checkins import CheckIn
from linli.members.models.classes import ClassDuty, ClassRule, Unified
from linli.members.models.elections import Ballot, Candidate, Election, PaperTemplate, Tally, Voter
from linli.members.models.life import Contact, DataRequest, Departure
from linli.members.models.posts import Post
from linli.members.models.register import Classification, Consent, Member, MemberClass, Membership, Shown
from linli.members.models.standing import Applicant, ApplicantStep, MemberStanding, Transfer
from linli.members.models.uploads import RosterUpload

__all__ = [
    "Applicant",
    "ApplicantStep",
    "Ballot",
    "Candidate",
    "CheckIn",
    "ClassDuty",
    "ClassRule",
    "Classification",
    "Consent",
    "Contact",
    "DataRequest",
    "Departure",
    "Election",
    "Member",
    "MemberClass",
    "MemberStanding",
    "Membership",
    "PaperTemplate",
    "Post",
    "RosterUpload",
    "Shown",
    "Tally",
    "Transfer",
    "Unified",
    "Voter",
]
