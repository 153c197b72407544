"""The status of a child, and what a conference decided about one."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    optional,
    required,
)
from coordinator.vocabulary import ChildStatus

CHOICES = [("", "Choose one"), *ChildStatus.choices()]


def _explanation() -> CleanTextField:
    return CleanTextField(
        "In plain words (optional)",
        [optional()],
        limit=1000,
        rows=3,
        description="The parent’s copy shows it. Left empty, the usual two sentences stand there.",
    )


class StatusForm(Form):
    """A status from a day on."""

    status = ListField("Status", [required("Choose the status")], choices=CHOICES)
    starts_on = DatePartsField("Since which day", [required("Enter the day on which it began")])
    explanation = _explanation()


class EndStatusForm(VersionedForm):
    """The end of a status."""

    ends_on = DatePartsField("On which day did it end?", [required("Enter the day")])


class OutcomeForm(Form):
    """What a conference decided about one child."""

    child = ListField("Child", [required("Choose the child")], message="Choose the child")
    status = ListField("What was decided", [required("Choose what was decided")], choices=CHOICES)
    explanation = _explanation()
    decided_by = CleanStringField(
        "Decided by (optional)",
        [optional()],
        limit=100,
        description="Left empty: the conference.",
    )
