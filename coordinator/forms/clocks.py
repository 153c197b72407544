"""Changing a limit, writing down what starts a clock, and settling what is due."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    TimeField,
    optional,
    required,
)
from coordinator.vocabulary import NOT_OF_TIME, RECORDED_BY_HAND, Unit

TIMES = tuple(unit for unit in Unit if unit not in NOT_OF_TIME)


class LimitForm(VersionedForm):
    """Another limit for the area, from a day on."""

    limit = CleanStringField(
        "Limit",
        [required("Enter the number")],
        limit=3,
        render_kw={"inputmode": "numeric", "params": {"classes": "govuk-input--width-3"}},
    )
    unit = ListField(
        "Of what",
        [required("Choose what is counted")],
        choices=[(unit.value, unit.label.capitalize()) for unit in TIMES],
    )
    starts_with = ListField("Counted from", [required("Choose what it is counted from")])
    from_date = DatePartsField(
        "From which day",
        [required("Enter the day from which it holds")],
        description="What is due already keeps the limit by which it was counted.",
    )
    reason = CleanTextField(
        "Why",
        [required("Say why the limit changes")],
        limit=1000,
        rows=3,
        description="Such as the local procedure, and who agreed to it.",
    )

    @property
    def number(self) -> int:
        """The limit as a number; 0 for what is none, which the service refuses."""
        text = str(self.limit.data or "")
        return int(text) if text.isascii() and text.isdigit() else 0


class EventForm(Form):
    """Something happened that starts a clock."""

    event = ChoiceField(
        "What happened?",
        [required("Choose what happened")],
        choices=[(event.value, event.label) for event in RECORDED_BY_HAND],
        message="Choose what happened",
    )
    child = ListField("Which child is it about?", [optional()], message="Choose a child")
    day = DatePartsField("On which day", [required("Enter the day")])
    at = TimeField(
        "At what time? (optional)",
        [optional()],
        description="It matters where a limit is in hours. Without it they count from the start of"
        " the day.",
    )


class SettleForm(VersionedForm):
    """How a deadline is settled."""

    how = ChoiceField(
        "How does it stand?",
        [required("Choose how it stands")],
        choices=[
            ("met", "It is done"),
            ("late", "It is late and not done yet"),
            ("not-needed", "It is no longer needed"),
        ],
        message="Choose how it stands",
    )
    day = DatePartsField("Done on which day?", [optional()])
    reason = CleanTextField(
        "Why?",
        [optional()],
        limit=1000,
        rows=3,
        description="Needed when it is late or no longer needed. Both managers read it. Write what"
        " stood in the way, never how a parent is.",
    )
