"""Taking something to supervision, and what was decided there."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    CleanTextField,
    DatePartsField,
    ListField,
    TickField,
    optional,
    required,
)


class TakeForm(Form):
    """What goes to supervision, and whose it is."""

    worker = ListField("Whose supervision?", [required("Choose who")], message="Choose who")
    action = ListField("What about?", [optional()], message="Choose what it is about")
    needs_help = TickField("I need help with this: show it to my manager today")


class DiscussedForm(Form):
    """When it was talked about, and what was decided."""

    discussed_on = DatePartsField(
        "When did you talk?", [required("Enter the day on which you talked")], subject="The day"
    )
    decision = CleanTextField(
        "What did you decide?",
        [required("Say what was decided")],
        limit=600,
        description="The decision alone, and not what was said.",
    )
