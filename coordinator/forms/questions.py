"""Asking colleagues a question without family details, and answering one."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    ListField,
    optional,
    required,
)
from coordinator.vocabulary import AgencyKind, Topic

NO_FAMILY = "No name, no reference, no address, and nothing by which a family could be known."


class AskForm(Form):
    """A question that everybody who is signed in can read."""

    topic = ListField(
        "What is it about?",
        [required("Choose what it is about")],
        choices=[("", "Choose one"), *Topic.choices()],
        message="Choose what it is about",
    )
    asked_of = ChoiceField(
        "Who would know?",
        [required("Choose who would know")],
        choices=[(kind.value, kind.label) for kind in (AgencyKind.CMHT, AgencyKind.CSC)],
        message="Choose who would know",
        render_kw={"params": {"classes": "govuk-radios--small"}},
    )
    text = CleanTextField(
        "Your question", [required("Write your question")], limit=2000, description=NO_FAMILY
    )


class AnswerForm(VersionedForm):
    """The first answer to a question."""

    text = CleanTextField(
        "Your answer",
        [required("Write your answer")],
        limit=4000,
        rows=8,
        description=f"Everybody in both agencies can read it. {NO_FAMILY}",
    )


class CorrectionForm(AnswerForm):
    """A new version of an answer; the earlier one stays readable."""

    why = CleanStringField("What changed?", [optional()], limit=200)
