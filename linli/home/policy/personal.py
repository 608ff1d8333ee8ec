"""The one register of personal data: every model, every field, and of which sort it is.

A line has the model, the lookup from a row to its member, the sort, the fields; `-` stands for none. A model without
fields holds nothing about anybody; texts of public walls have passed the masking gate. A test fails for a model or a
field that is not entered here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.home.policy.personal_members import MEMBERS

OTHERS = """
accounts.User             member             account     username shown_name email first_name last_name last_login
accounts.User             member             account     date_joined outside_party
accounts.User             member             -           password is_active is_superuser is_staff
accounts.RoleGrant        user__member       account     user role body valid_from valid_to
accounts.Invitation       user__member       account     user made_at dies_at used_at
accounts.Invitation       user__member       -           digest
activities.Activity       -                  trace       planned_by recorded_by confirmed_by
activities.Activity       -                  -           kind body title place spot starts_at ends_at state
activities.Activity       -                  -           sign_in_secret changed_at revision recorded_at roll_version
activities.Activity       -                  -           due_count residents indicator confirmed_at
activities.Activity       -                  -           cancel_reason return_reason
activities.Attendance     member             attendance  activity member presence way due minutes reason exempt at
activities.Minutes        chair              attendance  activity chair delegated opening content
activities.Minutes        chair              trace       written_by writers final_by
activities.Minutes        chair              -           state version written_at corrections_until final_at digest
activities.AgendaItem     -                  attendance  said decision
activities.AgendaItem     -                  -           minutes order title way yes no abstained weighty
activities.AgendaItem     -                  -           committee_before version
activities.Correction     member             attendance  minutes member text made_at answer words answered_at
activities.Correction     member             trace       answered_by
activities.WrongCode      member             attendance  activity member at
activities.Kind           -                  -
audit.Event               -                  trace       actor at action ref
audit.Event               -                  -           request_key data
audit.Checkpoint          -                  -
audit.Leaf                -                  -
audit.Node                -                  -
grid.HouseholdLink        member             membership  member door valid_from valid_to ended
grid.CellWorker           member             worker      name member kind full_name phone phone_use
grid.CellWorker           member             worker      place cell_code valid_from valid_to ended
grid.GridNotice           -                  -
files.Photo               -                  issue       name
files.Photo               -                  -           digest width height kept_at
notify.Message            -                  issue       audience subject body
notify.Message            -                  -           cause state attempts next_try made_at
organisations.Body        -                  -
organisations.BodyChange  -                  -
organisations.BodyName    -                  -
organisations.BodyParent  -                  -
organisations.BodyPlace   -                  -
organisations.Institution -                  -
organisations.InstitutionVersion  -           -
organisations.BudgetLine  -                  -
organisations.Duty        -                  duty        who
organisations.Duty        -                  -           body institution what due_on state ended_on result
places.GridProposal       -                  trace       made_by made_at
places.GridProposal       -                  -           place since datum tolerance_mm file_name cells
places.GridProposal       -                  -           boundary datum_open grid begun_from
places.GridProposal       -                  -           noise_mm
places.GridStep           -                  trace       made_by made_at
places.GridStep           -                  -           proposal number action cells changes
places.Cell               -                  -
places.CellPlace          -                  -
places.Grid               -                  trace       made_by made_at
places.Grid               -                  -           place boundary tolerance_mm noise_mm valid_from valid_to
places.Grid               -                  -           reason
places.Place              -                  -
places.PlaceParent        -                  -
points.Entry              member             points      member indicator body tenths deed_on month source reason_digest
points.Entry              member             points      booked_at reverses
points.Entry              member             trace       recorder confirmer
points.Deed               member             points      member indicator quantity minutes deed_on note source state
points.Deed               member             points      refused_because reverses
points.Deed               member             trace       recorder confirmer recorded_at
points.Bulletin           -                  points      frozen
points.Bulletin           -                  -           body month state prepared_at objections_until published_at
points.Bulletin           -                  -           checkpoint_size
points.Bulletin           -                  trace       preparer publisher
points.Indicator          -                  -
points.IndicatorCap       -                  -
points.IndicatorSheet     -                  -
points.Deed               member             -           salt
rules.RuleValue           -                  -
rules.SpecialDay          -                  -
walls.Issue               reporter           issue       number text contact photo reporter posted_at satisfied
walls.Issue               reporter           issue       hidden_words
walls.Issue               reporter           -           wall place category public_text photo_public receipt_digest
walls.Issue               reporter           -           state owner accept_due answer_due accepted_at answered_at
walls.Issue               reporter           -           closed_at outcome reopened rings_at settles_at
walls.Category            -                  -
walls.IssueEvent          -                  -
walls.Poster              -                  -
walls.Posting             -                  -
walls.Wall                -                  -
"""

REGISTER = OTHERS + MEMBERS.lstrip()


@dataclass(frozen=True, slots=True)
class Holding:
    """What a model holds: the lookup from a row to its member (empty: none), and field → sort.

    An empty sort: the field says nothing about a person by itself.
    """

    member: str
    fields: Mapping[str, str]


def _read(register: str) -> dict[str, Holding]:
    found: dict[str, Holding] = {}
    for line in register.strip().splitlines():
        model, member, sort, *fields = line.split()
        before = found[model].fields if model in found else {}
        now = dict.fromkeys(fields, sort.strip("-"))
        found[model] = Holding(member.strip("-"), {**before, **now})
    return found


HOLDINGS = _read(REGISTER)
