"""The end of one agency's help: the plan of it, what becomes of each thing, and the answers."""

from collections.abc import Iterable
from typing import Any

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    TickField,
    optional,
    required,
)
from coordinator.vocabulary import ViewAsked

SMALL = {"params": {"classes": "govuk-radios--small"}}


class EndingForm(Form):
    """Why help ends, what the parent thinks, when, what continues, and the way back."""

    reason = CleanTextField(
        "Why your agency’s help ends", [required("Say why it ends")], limit=2000, rows=3
    )
    view = ChoiceField(
        "Did you ask the parent or carer what they think of it?",
        [required("Say whether you asked them")],
        choices=ViewAsked.choices(),
        render_kw=SMALL,
    )
    parents_view = CleanTextField(
        "What they think, or why they were not asked",
        [optional()],
        limit=2000,
        rows=3,
        subject="What they think",
    )
    ends_on = DatePartsField(
        "Last day of your help",
        [required("Enter the last day of your help")],
        subject="The last day",
        description="Far enough ahead that nobody is surprised.",
    )
    continues = CleanTextField(
        "What continues, and with whom",
        [required("Say what continues, and with whom")],
        limit=2000,
        rows=3,
        subject="What continues",
    )
    way_back = CleanTextField(
        "The quick way back: whom to ring, and what happens then",
        [required("Say whom to ring")],
        limit=1000,
        rows=3,
        subject="The way back",
        description="Without a new referral.",
    )
    back_until = DatePartsField(
        "The way back is open until", [required("Enter until when")], subject="The day"
    )
    numbers = CleanTextField(
        "Numbers for a hard day or night",
        [required("Enter at least one number")],
        limit=1000,
        rows=3,
        subject="Numbers",
    )


class AcknowledgeForm(Form):
    """The other agency knows of it."""

    keeps_plan = TickField("I go on with what helps and the early signs in the plan")


class OverrideForm(Form):
    """A manager lets help end unacknowledged, or soon after a separation."""

    reason = CleanTextField(
        "Why it ends all the same",
        [required("Say why")],
        limit=1000,
        rows=4,
        subject="The reason",
        description="The other agency reads it.",
    )


def items_form(things: Iterable[tuple[str, bool]], stay: Iterable[tuple[str, str]]) -> type[Form]:
    """Return the form that asks of each thing (reference, movable) who takes it, or why it ends."""
    fields: dict[str, Any] = {}
    takers = list(stay)
    for reference, movable in things:
        offered = takers if movable else []
        if offered:
            fields[f"to_{reference}"] = ListField(
                "Who takes it over",
                [optional()],
                choices=[("", "Nobody: it ends"), *offered],
                message="Choose who takes it over, or why it ends",
            )
        fields[f"why_{reference}"] = CleanStringField(
            "If it ends: why" if offered else "Why it ends",
            [optional()],
            limit=400,
            subject="The reason",
        )
    return type("ItemsForm", (Form,), fields)
