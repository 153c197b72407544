"""Opening a family and saying who belongs to it."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    DatePartsField,
    optional,
    required,
)
from coordinator.vocabulary import ChildrenAsked


class OpenFamilyForm(Form):
    """The parent or carer with whom a case begins, and whether anybody asked about children."""

    name = CleanStringField("Name of the parent or carer", [required("Enter a name")], limit=200)
    born_on = DatePartsField("Date of birth", [optional()])
    nhs_number = CleanStringField("NHS number", [optional()], limit=20)
    children_asked = ChoiceField(
        "Are there children at home, or children who see this person regularly?",
        [required("Say whether there are children, or that nobody has asked yet")],
        choices=ChildrenAsked.choices(),
    )
    children_why_not = CleanStringField("If not asked: why not?", [optional()], limit=400)
