"""Who may not know of a family, and why; and why they may again."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, CleanTextField, required


class ExclusionForm(Form):
    """One of the people who were found, and the reason."""

    account = ChoiceField(
        "Who must not know of this family?",
        [required("Choose who must not know of this family")],
        message="Choose somebody from the list",
    )
    reason = CleanTextField(
        "Why?",
        [required("Enter a reason")],
        limit=1000,
        rows=3,
        description="The managers on this family and the privacy officers read it. Such as: is "
        "related to somebody in the family; lives next door.",
    )


class LiftForm(Form):
    """Why an exclusion ends."""

    reason = CleanTextField(
        "Why is it lifted?",
        [required("Enter a reason")],
        limit=1000,
        rows=3,
        description="The managers on this family read it.",
    )
