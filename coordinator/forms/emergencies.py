"""Immediate danger: which, one line of reason, and that it is still the same person; the review."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    SecretField,
    required,
)
from coordinator.forms.reviews import outcome_field, review_field
from coordinator.vocabulary import Danger


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

    outcome = outcome_field("Was it right to open it?")
    review = review_field("Who opened it, its author and their managers read this.")
