"""Writing minutes while people talk, closing them, correcting them."""

from collections.abc import Sequence
from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    SeveralField,
    SubmitButton,
    optional,
    required,
)

MISSING = {
    "action_text": "Write what will be done",
    "action_owner": "Choose who will do this: one person or one team on the case",
    "action_due": "Enter the date by which it will be done",
}
SMALL = {"params": {"classes": "govuk-checkboxes--small"}}


class MinutesForm(VersionedForm):
    """The minutes as a whole, with one line for an action; the parts are added by `minutes_form`.

    The button for the action comes first, so that Enter in its line presses it.
    """

    decided = CleanTextField(
        "What was decided, in plain words",
        [optional()],
        limit=4000,
        rows=4,
        description="The parent’s copy says this. Leave out what is for staff alone.",
    )
    parents_view = CleanTextField("What the parent said about it", [optional()], limit=2000, rows=2)
    action_text = CleanStringField("What will be done?", [optional()], limit=2000)
    action_owner = ListField(
        "Who, and for which agency?",
        [optional()],
        message="Choose somebody who is on the case",
    )
    action_due = DatePartsField("By when?", [optional()], subject="The date")
    add = SubmitButton("Add this action")
    save = SubmitButton("Save the minutes")

    @property
    def adds(self) -> bool:
        """Whether the line of the action is sent."""
        return bool(self.add.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for all of an action's line, and only when it is the action that is sent."""
        good = bool(super().validate(extra_validators))
        for name, sentence in MISSING.items() if self.adds else ():
            if not self[name].data and not self[name].errors:
                self.refuse(name, sentence)
                good = False
        return good


def minutes_form(
    parts: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]
) -> type[MinutesForm]:
    """Return the form for a meeting with these parts, (reference, words), and people asked."""
    fields: dict[str, Any] = {}
    for reference, words in parts:
        fields[f"record_{reference}"] = CleanTextField(
            f"Minutes of {words}", [optional()], limit=8000, rows=5
        )
        fields[f"there_{reference}"] = SeveralField(
            f"Who was there for {words}?",
            [optional()],
            choices=people,
            message="Choose from the people who are invited",
            render_kw=SMALL,
        )
    return type("MinutesFormOfMeeting", (MinutesForm,), fields)


class CloseMinutesForm(Form):
    """What minutes are not closed without, or the reason for each (S06)."""

    parents_view = CleanTextField("What the parent said", [optional()], limit=2000, rows=3)
    why_no_view = CleanStringField(
        "If there is no view of the parent’s: why?",
        [optional()],
        limit=400,
        description="Such as: Kim could not come, and Amira asks her on Monday.",
    )
    why_no_strengths = CleanStringField(
        "No strength is on the board: why?", [optional()], limit=400
    )


class CorrectForm(VersionedForm):
    """Other minutes of a part, and why."""

    record = CleanTextField(
        "The minutes of this part", [required("Write the minutes")], limit=8000, rows=10
    )
    why = CleanStringField("Why is it corrected?", [required("Say why")], limit=400)
