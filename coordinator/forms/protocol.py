"""The steps of the joint protocol, and marking one by hand (E31)."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    ListField,
    required,
)
from coordinator.vocabulary import Evidence


class MarkForm(Form):
    """Why a step is done although no record shows it."""

    reason = CleanTextField(
        "Why is it done, although no record shows it?",
        [required("Write why it is done although no record shows it")],
        limit=500,
        rows=3,
        description="Both agencies on the case read it, with your name. It can be taken back.",
    )


class StepForm(VersionedForm):
    """A step, as everybody reads it."""

    text = CleanStringField(
        "The step, in plain words", [required("Write the step in plain words")], limit=200
    )
    position = ListField(
        "Its place in the protocol",
        [required("Choose its place")],
        choices=[(str(number), str(number)) for number, _ in enumerate(Evidence, 1)],
        message="Choose its place",
    )
    in_force = ChoiceField(
        "Is it a step of the protocol?",
        [required("Say whether it is a step of the protocol")],
        choices=[("yes", "Yes"), ("no", "No, leave it out")],
    )
