"""Asking a link worker, and saying what came of it."""

from datetime import datetime

from wtforms import Field
from wtforms.validators import ValidationError

from coordinator import clock
from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanTextField,
    DatePartsField,
    ListField,
    TimeField,
    optional,
    required,
)
from coordinator.vocabulary import LinkHelp, LinkOutcome


class AskForm(Form):
    """Whom, for what kind of help, about which colleague, what for, by when."""

    post = ChoiceField(
        "Which link worker?",
        [required("Choose a link worker")],
        message="Choose a link worker from the list",
    )
    help = ChoiceField(
        "What do you need?",
        [required("Choose what you need")],
        choices=LinkHelp.choices(),
    )
    about = ListField(
        "Whom do you need?",
        [optional()],
        message="Choose a colleague from the list",
        description="Tries at this colleague that nobody answered go with the request.",
    )
    what = CleanTextField(
        "What for?",
        [required("Write what it is for")],
        limit=400,
        rows=2,
        description="Both agencies on the case read this. The link worker reads no more than this.",
    )
    by_on = DatePartsField("By when?", [required("Enter the day")], subject="Day")


class AnswerForm(Form):
    """What came of it, and when the two talk."""

    outcome = ChoiceField(
        "What came of it?",
        [required("Choose what came of it")],
        choices=[one for one in LinkOutcome.choices() if one[0] != LinkOutcome.WITHDRAWN],
    )
    said = CleanTextField(
        "In a line",
        [required("Write in a line what came of it")],
        limit=400,
        rows=2,
        description="Who asked reads this, and both agencies on the case.",
    )
    call_on = DatePartsField("When do they talk?", [optional()], subject="Day of the call")
    call_time = TimeField("Time", [optional()])

    @property
    def call_at(self) -> datetime | None:
        """The instant of the planned call, once the form is valid; none if none is planned."""
        if not self.call_on.data or not self.call_time.data:
            return None
        return clock.instant_of(datetime.combine(self.call_on.data, self.call_time.data))

    def validate_call_on(self, _field: Field) -> None:
        """Ask for the time, too."""
        if not self.call_time.data and not self.call_time.errors:
            raise ValidationError("Enter the time of the call, too, or no day")

    def validate_call_time(self, _field: Field) -> None:
        """Ask for the day, too, and refuse a time over which the clocks went forward."""
        if not self.call_on.data and not self.call_on.errors:
            raise ValidationError("Enter the day of the call, too, or no time")
        try:
            _ = self.call_at
        except clock.NoSuchLocalTimeError as skipped:
            raise ValidationError(
                "The clocks go forward over this time."
                f" Write {skipped.next_valid:%H:%M} or earlier than 1am"
            ) from skipped
