"""Who sees to what a parent needs after a separation."""

from coordinator.forms.base import Form
from coordinator.forms.fields import CleanTextField, DatePartsField, ListField, required
from coordinator.vocabulary import SeparationPart


class SeeToForm(Form):
    """One part of the plan, its owner, and by when."""

    part = ListField(
        "What the parent needs",
        [required("Choose what it is about")],
        choices=[("", "Choose one"), *SeparationPart.choices()],
    )
    text = CleanTextField(
        "What will be done?",
        [required("Write what will be done")],
        limit=2000,
        rows=2,
        description="Such as the days on which they see each other, or who goes to the first"
        " session with her.",
    )
    owner = ListField(
        "Who sees to it?",
        [required("Choose who sees to it")],
        message="Choose somebody who is on the case",
        description="Of either agency.",
    )
    due_on = DatePartsField(
        "By when?", [required("Enter the date by which it will be done")], subject="The date"
    )
