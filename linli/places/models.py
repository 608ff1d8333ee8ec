"""Places, their tree valid between dates, and grid cells with their geometry."""

from django.db import models

from linli.places.policy.datum import Datum
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.steps import EditAction
from linli.store.choices import choices
from linli.store.validity import Dated, DatedQuerySet, validity_check


class Place(models.Model):
    """A place with a code that is printed on posters. A household is a door and holds no personal data."""

    kind = models.CharField(max_length=12, choices=choices(PlaceKind))
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=160, db_index=True, editable=False, default="")
    """Identifiers from the root to here, `"1.14.203."`; caches the parents that hold today."""

    class Meta:
        ordering = ["path"]
        indexes = [models.Index(fields=["kind"])]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The place as a text reference."""
        return f"place:{self.code}"


class PlaceParent(Dated):
    """The place above a place, between dates; no row: a root."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Place, models.PROTECT, related_name="children")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("places_placeparent_dates")]


class Grid(Dated):
    """A grid of a place from a day on: cells that cover the boundary exactly."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="grids")
    boundary = models.TextField(blank=True)
    """GeoJSON geometry in WGS-84, or empty where the outline of the cells is the boundary."""
    tolerance_mm = models.PositiveIntegerField(default=500)
    noise_mm = models.PositiveIntegerField(default=20)
    """What the rounding of the imported file alone moved; the proof from stored geometry allows as much."""
    made_by = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    """When it was saved; unknown of grids from before this was kept, which nothing replaces."""
    reason = models.CharField(max_length=200, blank=True)
    """Why it holds from a day before it was saved."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [validity_check("places_grid_dates")]

    @property
    def ref(self) -> str:
        """The grid as a text reference."""
        return f"grid:{self.place.code}:{self.valid_from}"


class Cell(models.Model):
    """A cell: a polygon in WGS-84 (GeoJSON geometry), its box in degrees, its area in square metres."""

    grid = models.ForeignKey(Grid, models.CASCADE, related_name="cells")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    geometry = models.TextField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    area_m2 = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["grid", "code"], name="places_cell_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def place_codes(self) -> list[str]:
        """Codes of the places listed here; wants `places__place` prefetched."""
        return [link.place.code for link in self.places.all()]


class CellPlace(models.Model):
    """A building or door that lies in a cell; each door is in exactly one leaf cell of a grid."""

    grid = models.ForeignKey(Grid, models.CASCADE, related_name="cell_places")
    cell = models.ForeignKey(Cell, models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, models.PROTECT, related_name="cell_places")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grid", "place"], name="places_cellplace_once")]

    def __str__(self) -> str:
        return f"{self.place} @ {self.cell}"


class GridProposal(models.Model):
    """A map that was sent in and waits to be saved: what is read of its files, as GeoJSON packed by zlib."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="grid_proposals")
    since = models.DateField()
    datum = models.CharField(max_length=5, default=Datum.WGS84.value)
    datum_open = models.BooleanField(default=False)
    """Somebody has still to say the datum; until then the proof reads the map in `datum`."""
    tolerance_mm = models.PositiveIntegerField(default=500)
    noise_mm = models.PositiveIntegerField(null=True, blank=True)
    """Of a copy: what the rounding of the first file moved (`Grid.noise_mm`); None: seen from the digits."""
    begun_from = models.PositiveBigIntegerField(null=True, blank=True)
    """Key of the grid of which this is a copy; it has to be the newest still when the copy is saved."""
    file_name = models.CharField(max_length=120)
    cells = models.BinaryField()
    boundary = models.BinaryField(blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    grid = models.OneToOneField(Grid, models.CASCADE, null=True, blank=True, related_name="proposal")
    """The grid as which it was saved; its files are gone then."""

    def __str__(self) -> str:
        return self.file_name

    @property
    def ref(self) -> str:
        """The proposal as a text reference."""
        return f"grid-proposal:{self.pk}"


class GridStep(models.Model):
    """One edit of a map that waits: what the cells concerned are afterwards (JSON of `policy.steps`)."""

    proposal = models.ForeignKey(GridProposal, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=8, choices=choices(EditAction))
    cells = models.CharField(max_length=200)
    """Codes of the cells, for people."""
    changes = models.TextField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="places_gridstep_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.cells}"
