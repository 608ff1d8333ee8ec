"""Bodies in their tree, the places that they serve, and the institutions by which they work."""

from linli.organisations.models.bodies import Body, BodyChange, BodyName, BodyParent, BodyPlace
from linli.organisations.models.institutions import BudgetLine, Duty, Institution, InstitutionVersion

__all__ = [
    "Body",
    "BodyChange",
    "BodyName",
    "BodyParent",
    "BodyPlace",
    "BudgetLine",
    "Duty",
    "Institution",
    "InstitutionVersion",
]
