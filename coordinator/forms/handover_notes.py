"""Handing a case over to a colleague: the note, the days, and the introduction."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    optional,
    required,
)
from coordinator.vocabulary import WrittenWith

SMALL = {"params": {"classes": "govuk-radios--small"}}


class Noted:
    """The fields that a new note and a changed one share."""

    text = CleanTextField(
        "What the next worker needs to know, so that they do not have to start again",
        [optional()],
        limit=4000,
        rows=7,
        subject="The note",
        description="What helps, what to avoid, what was promised, what not to ask again."
        " Best in their own words. Both agencies read it.",
    )
    written_with = ChoiceField(
        "Did the parent or carer write it with you?",
        [required("Say whether the parent or carer wrote it with you")],
        choices=WrittenWith.choices(),
        render_kw=SMALL,
    )
    why_not = CleanStringField(
        "If there is no note, or they were not asked: why",
        [optional()],
        limit=400,
        subject="The reason",
    )
    meets_on = DatePartsField(
        "When you introduce your colleague to them, together", [optional()], subject="The day"
    )
    why_no_meeting = CleanStringField(
        "If you do not meet them together: why", [optional()], limit=400, subject="The reason"
    )


class HandOverForm(Noted, Form):
    """A colleague takes a worker's place."""

    worker = ListField("Who takes over?", [required("Choose who takes over")])
    starts_on = DatePartsField(
        "Their first day on the case",
        [required("Enter their first day")],
        subject="Their first day",
        description="They see the family from this day on.",
    )
    last_on = DatePartsField(
        "Last day of who hands over",
        [required("Enter the last day")],
        subject="The last day",
        description="Until then both are there.",
    )


class ChangeNoteForm(Noted, VersionedForm):
    """The note in other words, or another day to meet."""
