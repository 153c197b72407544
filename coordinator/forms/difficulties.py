"""Difficulties in working together: told, worked on, resolved, opened again; joint meetings."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    CleanTextField,
    DatePartsField,
    SeveralField,
    required,
)

NO_FAMILY = "Both agencies read it: no name, no reference and no address of a family."


class DifficultyForm(Form):
    """What makes work between the agencies hard."""

    text = CleanTextField(
        "What is difficult?",
        [required("Say what is difficult")],
        limit=1000,
        description=NO_FAMILY,
    )


class DoneForm(Form):
    """What is done about it."""

    text = CleanTextField(
        "What is done?", [required("Say what is done")], limit=1000, description=NO_FAMILY
    )


class ResolvedForm(Form):
    """What came of it, and when."""

    text = CleanTextField(
        "What came of it?", [required("Say what came of it")], limit=1000, description=NO_FAMILY
    )
    on_day = DatePartsField(
        "Resolved on", [required("Enter the day on which it was resolved")], subject="The day"
    )


class ReopenedForm(Form):
    """Why it is open again."""

    text = CleanTextField(
        "Why is it open again?",
        [required("Say why it is open again")],
        limit=1000,
        description=NO_FAMILY,
    )


class JointMeetingForm(Form):
    """When champions of both agencies met, who was there, and what it was about."""

    held_on = DatePartsField("When?", [required("Enter the day of the meeting")], subject="The day")
    people = SeveralField("Who was there?", [required("Choose who was there")])
    topics = SeveralField("Which difficulties did you talk about?")
