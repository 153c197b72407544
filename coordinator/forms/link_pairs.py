"""Naming a pair of link workers, saying whether it works, ending it."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, CleanTextField, optional, required

WHICH = "Choose a link worker’s post"
NO_FAMILY = "No family: both link workers, their managers and administrators read it."


class PairForm(Form):
    """One link worker's post of each agency."""

    cmht = ChoiceField("Mental health team", [required(WHICH)], message=WHICH)
    csc = ChoiceField("Children’s social care team", [required(WHICH)], message=WHICH)


class ReviewForm(Form):
    """A pair works; what to keep in mind, if anything."""

    note = CleanTextField("Note", [optional()], limit=400, rows=3, description=NO_FAMILY)


class EndForm(Form):
    """A pair works no longer."""

    note = CleanTextField(
        "Why does it work no longer?",
        [required("Say why the pair works no longer")],
        limit=400,
        rows=3,
        description=NO_FAMILY,
    )
