"""What people come to: kinds, activities, rolls, minutes."""

from linli.activities.models.minutes import AgendaItem, Correction, Minutes
from linli.activities.models.occasions import Activity, Attendance, Kind, WrongCode

__all__ = ["Activity", "AgendaItem", "Attendance", "Correction", "Kind", "Minutes", "WrongCode"]
