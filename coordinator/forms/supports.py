"""Support at agreed times: the pattern, how a session went, and whether it is enough."""

from collections.abc import Iterable
from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    DatePartsField,
    ListField,
    TimeField,
    optional,
    required,
)
from coordinator.forms.meetings import LENGTHS
from coordinator.vocabulary import Enough, SessionOutcome, SupportState

WEEKS = [
    ("1", "Every week"),
    ("2", "Every 2 weeks"),
    ("3", "Every 3 weeks"),
    ("4", "Every 4 weeks"),
]
SMALL = {"params": {"classes": "govuk-radios--small"}}


class Agreed:
    """The fields that a new support and a changed one share."""

    what = CleanStringField(
        "What it is",
        [required("Enter what it is")],
        limit=100,
        description="A few words, such as a skills group or parenting sessions. Nothing of what"
        " is said there.",
    )
    service = ListField(
        "Is it a service in the directory? (optional)",
        [optional()],
        message="Choose from the list",
        description="Then a warning comes when it would end because a baby is expected.",
    )
    first_on = DatePartsField("First day", [required("Enter the first day")])
    last_on = DatePartsField("Last day", [required("Enter the last day, as far as it is known")])
    every_weeks = ListField("How often", [required("Choose how often")], choices=WEEKS)
    start = TimeField("From", [required("Enter when it starts, like 10am")])
    minutes = ListField("How long", [required("Choose how long it is")], choices=LENGTHS)
    place = CleanStringField("Place (optional)", [optional()], limit=200, subject="Place")
    given_by = CleanStringField(
        "With whom (optional)", [optional()], limit=100, subject="With whom"
    )
    state = ChoiceField(
        "How it stands",
        [required("Choose how it stands")],
        choices=SupportState.choices(),
        render_kw=SMALL,
    )


class AddSupportForm(Agreed, Form):
    """A new support."""

    person = ListField("Whom it is for", [required("Choose whom it is for")])


class ChangeSupportForm(Agreed, VersionedForm):
    """Another pattern."""


class SessionForm(Form):
    """What became of one session."""

    day = ListField("Which session", [required("Choose which session")])
    outcome = ChoiceField(
        "What became of it",
        [required("Choose what became of it")],
        choices=SessionOutcome.choices(),
        render_kw=SMALL,
    )
    reason = CleanStringField(
        "Why (needed where the service moved it)",
        [optional()],
        limit=200,
        subject="Why",
        description="Such as staff away or room not free. Another room or another person counts"
        " as moved.",
    )
    moved_day = DatePartsField(
        "Moved to (if another day or time)", [optional()], subject="Moved to"
    )
    moved_at = TimeField("At", [optional()])


def review_form(supports: Iterable[tuple[str, str, str]]) -> type[Form]:
    """Return the form that asks of each support (reference, what, hint) whether it is enough."""
    fields: dict[str, Any] = {}
    for reference, what, hint in supports:
        fields[reference] = ChoiceField(
            f"{what}: is this enough?",
            [optional()],
            choices=Enough.choices(),
            description=hint,
            render_kw=SMALL,
        )
        fields[f"note_{reference}"] = CleanStringField(
            "What would be better (optional)",
            [optional()],
            limit=400,
            subject="What would be better",
        )
    return type("ReviewForm", (Form,), fields)
