"""Asking for an action, and answering."""

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
from coordinator.vocabulary import CannotReason


class ActionForm(VersionedForm):
    """What, who, by when: exactly one owner (E13)."""

    text = CleanTextField(
        "What will be done?",
        [required("Write what will be done")],
        limit=2000,
        rows=2,
        description="One thing, so that it can be ticked off.",
    )
    owner = ListField(
        "Who will do it?",
        [required("Choose who will do this: one person or one team on the case")],
        message="Choose somebody who is on the case",
    )
    due_on = DatePartsField(
        "By when?", [required("Enter the date by which it will be done")], subject="The date"
    )
    goal = ListField("For which goal?", [optional()], message="Choose one of the goals")


class DeclineForm(Form):
    """Why an action is not taken on."""

    reason = CleanStringField(
        "Why can you not take it on?",
        [required("Say why, so that whoever asked can find another way")],
        limit=400,
    )


class PassOnForm(Form):
    """To whom an action goes that reached the wrong person."""

    owner = ListField(
        "Who can act on it?",
        [required("Choose who can act on it")],
        message="Choose one person or one team",
        description="They are asked, and who asked you sees who has it now.",
    )
    why = CleanStringField("Why them?", [required("Say why in a few words")], limit=400)


class CannotForm(Form):
    """Why an action cannot be done: a proper answer, not a failure."""

    reason = ChoiceField(
        "Why can it not be done?", [required("Choose a reason")], choices=CannotReason.choices()
    )
    words = CleanStringField(
        "In a few words",
        [required("Say in a few words what happened")],
        limit=400,
        description="For example: the waiting list is five months; I asked on Monday.",
    )


class CancelForm(Form):
    """Why an action is not needed any more."""

    reason = CleanStringField(
        "Why is it not needed any more?", [required("Say why it is cancelled")], limit=400
    )


class NoteForm(Form):
    """Where an action stands."""

    words = CleanStringField(
        "Where does it stand?",
        [required("Write where it stands")],
        limit=400,
        description="One line. Everybody who sees the action reads it.",
    )
