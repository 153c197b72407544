"""Logging a contact: five questions, of which a press on a worker's card answers the first."""

from wtforms import Field
from wtforms.validators import ValidationError

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    DatePartsField,
    ListField,
    SeveralField,
    TimeField,
    optional,
    required,
)
from coordinator.forms.instants import SaysWhen
from coordinator.vocabulary import Mechanism, Outcome


class ContactForm(SaysWhen, Form):
    """A try at reaching somebody.  The outcome has no default, on purpose (spec/peers.md, 4)."""

    whom = ListField(
        "Who was it?",
        message="Choose who it was from the list",
        render_kw={"params": {"classes": "govuk-!-width-full"}},
    )
    someone_else = CleanStringField(
        "Who?",
        [optional()],
        limit=200,
        subject="Who it was",
        description="Their name and what they do, such as: Dr Jain, GP",
    )
    also = SeveralField(
        "Who else was in the same call?", [optional()], message="Choose people from the list"
    )
    mechanism = ChoiceField("How?", [required("Choose how you tried")], choices=Mechanism.choices())
    on = DatePartsField("When?", [required("Enter the date")], subject="Date")
    at = TimeField("Time", [required("Enter the time")])
    outcome = ChoiceField(
        "Outcome", [required("Choose what came of it")], choices=Outcome.choices()
    )
    line = CleanStringField(
        "One line",
        [optional()],
        limit=400,
        subject="The line",
        description="What was said, or your message. Both agencies read it.",
    )

    def validate_whom(self, field: Field) -> None:
        """Ask for somebody, from the list or in words."""
        if not field.data and not self.someone_else.data:
            raise ValidationError("Choose who it was")
