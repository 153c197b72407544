"""Where somebody sits: a base, or a shared desk on one weekday."""

from wtforms import Field
from wtforms.validators import ValidationError

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    DatePartsField,
    ListField,
    TimeField,
    optional,
    required,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
BASE = "base"
DAYS = [(str(number), f"Every {name}") for number, name in enumerate(WEEKDAYS)]
SLOTS = [("0", "No"), ("15", "Yes, of 15 minutes"), ("20", "Yes, of 20 minutes")]


class DeskForm(Form):
    """A base, or a weekday with its times and slots; the building, and the days."""

    day = ListField(
        "Which day?",
        [required("Choose a day, or the base")],
        choices=[("", ""), *DAYS, (BASE, "No day: it is the base")],
        message="Choose a day from the list",
    )
    site = ListField(
        "Which building?",
        [required("Choose a building")],
        message="Choose a building from the list",
    )
    opens = TimeField("From")
    closes = TimeField("To")
    slots = ChoiceField("Can colleagues book a short slot?", [optional()], choices=SLOTS)
    starts_on = DatePartsField("First day", [required("Enter the first day")], subject="First day")
    ends_on = DatePartsField(
        "Last day",
        [optional()],
        subject="Last day",
        description="Leave it empty if none is planned.",
    )

    @property
    def weekday(self) -> int | None:
        """The number of the weekday, 0 for Monday; None for the base."""
        return None if self.day.data == BASE else int(self.day.data)

    def validate_opens(self, field: Field) -> None:
        """Ask for the times of a day."""
        self._timed(field, "from when")

    def validate_closes(self, field: Field) -> None:
        """Ask for the times of a day."""
        self._timed(field, "until when")

    def _timed(self, field: Field, when: str) -> None:
        if self.day.data and self.day.data != BASE and not field.data and not field.errors:
            msg = f"Enter {when} the desk is theirs"
            raise ValidationError(msg)
