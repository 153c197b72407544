"""Marking a turning point, and asking somebody new for a fresh view (S20)."""

from wtforms import Field
from wtforms.validators import ValidationError

from coordinator import clock
from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    required,
)
from coordinator.forms.information_requests import QuestionForm
from coordinator.vocabulary import WhoseWords


class TurningPointForm(Form):
    """What changed for the better, when, and in whose words."""

    text = CleanStringField(
        "What changed for the better?",
        [required("Write what changed for the better")],
        limit=300,
        description="One sentence. Both agencies on the case read it.",
    )
    whose = ChoiceField(
        "Whose words are these?",
        [required("Say whose words these are")],
        choices=WhoseWords.choices(),
    )
    happened_on = DatePartsField("When was it?", [required("Enter the day")], subject="The day")

    def validate_happened_on(self, field: Field) -> None:
        """Refuse a day to come."""
        if field.data and field.data > clock.today():
            raise ValidationError("The day must be today or earlier")


class FreshViewForm(QuestionForm):
    """Whom to ask, and what they should look at with new eyes."""

    whom = ListField(
        "Whom do you ask?",
        [required("Choose whom you ask")],
        message="Choose a manager of a team on the case",
    )
    what = CleanTextField(
        "What should they look at with new eyes?",
        [required("Write what they should look at")],
        limit=1000,
        rows=3,
    )
    why = CleanStringField(
        "Why now?",
        [required("Say why now")],
        limit=400,
        description="Such as: we have seen it in the same way for a year",
    )
