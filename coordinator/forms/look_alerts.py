"""What came of an alert about somebody's looks."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, CleanTextField, required
from coordinator.vocabulary import ReviewOutcome


class AlertReviewForm(Form):
    """Whether the looks were right, and what the privacy officer found."""

    outcome = ChoiceField(
        "Was it right to look?",
        [required("Choose what came of the review")],
        choices=ReviewOutcome.choices(),
    )
    review = CleanTextField(
        "What did you find?",
        [required("Say what you found")],
        limit=2000,
        rows=4,
        description="The privacy officers read this. Ask the person first, and do not write "
        "down what is in the family’s record.",
    )
