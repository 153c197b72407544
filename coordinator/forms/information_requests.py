"""Asking for information, answering, saying whether it was enough, challenging and settling."""

from wtforms import Field
from wtforms.validators import ValidationError

from coordinator import clock
from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    optional,
    required,
)
from coordinator.vocabulary import AnswerKind, ChallengeOutcome, ParentTold, Verdict


class QuestionForm(Form):
    """What is needed, why, for which decision and by when (E16)."""

    what = CleanTextField(
        "What do you need to know?",
        [required("Write what you need to know")],
        limit=1000,
        rows=3,
        description="The least that will do: it is quicker to answer.",
    )
    why = CleanStringField("Why?", [required("Say why you need it")], limit=400)
    decision = CleanStringField(
        "For which decision?",
        [required("Name the decision that it is for")],
        limit=200,
        description="Such as: the conference on Friday decides whether the children stay at home",
    )
    due_on = DatePartsField(
        "By when?", [required("Enter the day by which you need it")], subject="The day"
    )

    def validate_due_on(self, field: Field) -> None:
        """Refuse a day that is over."""
        if field.data and field.data < clock.today():
            raise ValidationError("The day must be today or later")


class RequestForm(QuestionForm):
    """The same, with whom to ask."""

    whom = ListField(
        "Whom do you ask?",
        [required("Choose whom you ask")],
        message="Choose somebody who is on the case",
        render_kw={"params": {"classes": "govuk-!-width-full"}},
    )


class AnswerForm(Form):
    """The answer, and what the parent was told of it."""

    answer = ChoiceField(
        "How do you answer?",
        [required("Choose how you answer")],
        choices=[
            (AnswerKind.FULL.value, AnswerKind.FULL.label),
            (AnswerKind.SUMMARY.value, AnswerKind.SUMMARY.label, "The least that will do"),
            (AnswerKind.NOT_HELD.value, AnswerKind.NOT_HELD.label),
            (AnswerKind.DECLINED.value, AnswerKind.DECLINED.label),
        ],
    )
    text = CleanTextField("The answer", [optional()], limit=4000, rows=6)
    parent_told = ChoiceField(
        "Was the parent or carer told that you share this?",
        [optional()],
        choices=ParentTold.choices(),
    )
    parent_view = CleanTextField(
        "What do they think of it? If they are not told: why not?",
        [optional()],
        limit=1000,
        rows=2,
    )
    reason = CleanTextField(
        "Your reason",
        [optional()],
        limit=1000,
        rows=2,
        description="Why a summary, or why you decline. If you do not hold it: who may.",
    )


class VerdictForm(Form):
    """Whether the answer was what was needed."""

    verdict = ChoiceField(
        "Is it enough for your decision?",
        [required("Say whether it is enough")],
        choices=Verdict.choices(),
    )


class ChallengeForm(Form):
    """Why both managers should look at it."""

    why = CleanTextField(
        "What do you still need, and what happens without it?",
        [required("Write what you still need")],
        limit=1000,
        rows=4,
        description="Both managers read this, the request and the answer.",
    )


class SettleForm(Form):
    """How both managers settled it."""

    outcome = ChoiceField(
        "What did you both decide?",
        [required("Choose what you decided")],
        choices=ChallengeOutcome.choices(),
    )
    settled = CleanTextField(
        "In your words",
        [required("Write what you decided and what happens now")],
        limit=1000,
        rows=4,
        description="Who asked and who was asked read this.",
    )
