"""Saying what one does not agree about, and what came of a stage."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, CleanTextField, ListField, optional, required
from coordinator.vocabulary import DisagreementOutcome


class DisagreementForm(Form):
    """What it is about, what one thinks is needed, and with whom to speak first."""

    with_whom = ListField(
        "With whom do you disagree?",
        [required("Choose with whom")],
        message="Choose somebody of another agency on the case",
    )
    about = CleanTextField(
        "What do you not agree about?",
        [required("Write what you do not agree about")],
        limit=2000,
        rows=3,
        description="The decision, not the person. Both agencies on the case read this.",
    )
    wanted = CleanTextField(
        "What do you think the child needs, and why?",
        [required("Write what you think is needed")],
        limit=2000,
        rows=3,
    )


class StageForm(Form):
    """What came of a stage."""

    outcome = ChoiceField(
        "What came of it?",
        [required("Choose what came of it")],
        choices=DisagreementOutcome.choices(),
    )
    said = CleanTextField(
        "In your words",
        [required("Write what you agreed, or what stays open")],
        limit=2000,
        rows=3,
        description="Both agencies on the case read this.",
    )
    next_owner = ListField(
        "If it is taken up: who takes it up?", [optional()], message="Choose who takes it up"
    )
