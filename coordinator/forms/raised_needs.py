"""A need that nobody answered: whom one told, when, of what; and then what was done."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    CleanTextField,
    DatePartsField,
    ListField,
    TimeField,
    required,
)
from coordinator.forms.instants import SaysWhen


class RaiseForm(SaysWhen, Form):
    """What was raised and not answered."""

    team = ListField(
        "Which team did you tell?",
        [required("Choose which team you told")],
        message="Choose the team from the list",
    )
    what = CleanTextField(
        "What did you tell them?",
        [required("Say what you told them")],
        limit=1000,
        rows=3,
        description="Short, and as you said it. Both agencies read it; mail never holds it.",
    )
    on = DatePartsField("When?", [required("Enter the date")], subject="Date")
    at = TimeField("Time", [required("Enter the time")])


class DoneForm(Form):
    """What was done, without which a need cannot be closed."""

    done = CleanTextField(
        "What was done?",
        [required("Say what was done: it cannot be closed without")],
        limit=1000,
        rows=3,
        description="Who did what, and when. Both agencies read it.",
    )
