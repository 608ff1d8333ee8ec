"""Who answers for what between dates: a member for a household, workers for a cell; and what is posted of a grid."""

from django.db import models

from linli.grid.policy.items import Item
from linli.grid.policy.links import LinkEnd
from linli.grid.policy.workers import PUBLIC, PhoneUse, WorkerEnd, WorkerKind
from linli.lib.mask import mask_name
from linli.members.models import Member
from linli.places.models import Place
from linli.store.choices import choices
from linli.store.sealed import SealedField
from linli.store.validity import Dated, DatedQuerySet, validity_check


class HouseholdLink(Dated):
    """That a member answers for a door. It says nothing of who lives behind it."""

    door = models.ForeignKey(Place, models.PROTECT, related_name="links")
    member = models.ForeignKey(Member, models.CASCADE, related_name="links")
    ended = models.CharField(max_length=10, choices=choices(LinkEnd), blank=True)
    """Why it ended; empty while it holds."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("grid_householdlink_dates")]
        indexes = [models.Index(fields=["member", "valid_from"])]


class CellWorker(Dated):
    """That somebody works for a cell, between dates.

    The cell is known by the place of its grid and its code: a new map of the place that has the code goes on with it.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="cell_workers")
    cell_code = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    """As it was entered; of a member the register says the name (`called`)."""
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="cells_worked")
    kind = models.CharField(max_length=10, choices=choices(WorkerKind))
    full_name = models.BooleanField(default=False)
    """Whether the worker agrees that everybody reads the whole name; else the surname."""
    phone = SealedField(purpose="linli telephone", blank=True)
    """Gone once the duty has ended."""
    phone_use = models.CharField(max_length=8, choices=choices(PhoneUse), blank=True)
    ended = models.CharField(max_length=10, choices=choices(WorkerEnd), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [validity_check("grid_cellworker_dates")]

    @property
    def ref(self) -> str:
        """The duty as a text reference."""
        return f"worker:{self.pk}"

    @property
    def called(self) -> str:
        """The whole name."""
        return self.member.name if self.member else self.name

    @property
    def shown_name(self) -> str:
        """The name that everybody reads."""
        return self.called if self.full_name else mask_name(self.called)

    @property
    def shown_phone(self) -> str:
        """The telephone that everybody reads; empty where none is for everybody."""
        return self.phone if self.phone_use in PUBLIC else ""


class GridNotice(Dated):
    """What is posted for the cells of a place and below, between dates: supervision telephone and list of items."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="grid_notices")
    supervision = models.CharField(max_length=30)
    items = models.JSONField(default=list)
    """Rows of (what about, what the worker does, basis, whom to ask)."""
    document = models.CharField(max_length=80, blank=True)
    taken_back = models.CharField(max_length=200, blank=True)
    """Why it was taken back; empty while it holds, or where a later one followed."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [validity_check("grid_gridnotice_dates")]

    @property
    def ref(self) -> str:
        """The notice as a text reference."""
        return f"grid-notice:{self.place.code}:{self.valid_from}"

    @property
    def listed(self) -> tuple[Item, ...]:
        """The items."""
        return tuple(Item(*row) for row in self.items)
