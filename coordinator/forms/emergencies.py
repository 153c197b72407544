"""Immediate danger: which, one line of reason, and that it is still the same person; the review."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    SecretField,
    required,
)
from coordinator.vocabulary import Danger, ReviewOutcome


class DangerForm(Form):
    """Three answers.  The page keeps one of the last two: a code, or in the demo the password."""

    danger = ChoiceField(
        "Who is in danger?", [required("Choose who is in danger")], choices=Danger.choices()
    )
    reason = CleanStringField(
        "What do you fear, in one line?",
        [required("Say in one line what you fear")],
        limit=400,
        description="Its author and their safeguarding leads read this now, and a lead reviews it.",
    )
    code = CleanStringField(
        "A new code from your app",
        [required("Enter the six digits that your app shows")],
        limit=20,
        render_kw={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "params": {"classes": "govuk-input--width-10"},
        },
    )
    password = SecretField("Your password", [required("Enter your password")])


class ReviewForm(Form):
    """What came of a review."""

    outcome = ChoiceField(
        "Was it right to open it?",
        [required("Choose what came of the review")],
        choices=ReviewOutcome.choices(),
    )
    review = CleanTextField(
        "What did you find?",
        [required("Say what you found")],
        limit=2000,
        rows=4,
        description="Who opened it, its author and their managers read this.",
    )
