"""Asking a lead first, and the lead's advice."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import ChoiceField, CleanTextField, required
from coordinator.vocabulary import AdviceOutcome


class AskFirstForm(Form):
    """A question to a lead about one entry."""

    lead = ChoiceField(
        "Whom do you ask?",
        [required("Choose whom you ask")],
        message="Choose whom you ask",
        description="Not listed? Ask your manager.",
    )
    question = CleanTextField(
        "What are you not sure about?",
        [required("Write what you are not sure about")],
        limit=1000,
        rows=4,
        description="Such as: who would need it and for what, and what the parent said.",
    )


class AdviceForm(VersionedForm):
    """What a lead advises, in writing."""

    outcome = ChoiceField(
        "What do you advise?", [required("Choose what you advise")], choices=AdviceOutcome.choices()
    )
    words = CleanTextField(
        "Why, and what exactly?",
        [required("Write your advice")],
        limit=2000,
        rows=4,
        subject="Your advice",
        description="It stands on the record of sharing. If the parent objects and you advise to"
        " share it, this is your agreement in writing.",
    )
