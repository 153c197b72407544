"""When somebody leaves, and who takes over."""

from coordinator.forms.base import Form
from coordinator.forms.fields import DatePartsField, ListField, required


class LastDayForm(Form):
    """The last day of somebody's work."""

    last_day = DatePartsField(
        "Last day",
        [required("Enter the last day")],
        subject="The last day",
        description="Their access ends after it, whatever is left.",
    )


class SuccessorForm(Form):
    """Who takes over what a leaver holds in one family."""

    successor = ListField(
        "Who takes over?", [required("Choose who takes over")], message="Choose who takes over"
    )
