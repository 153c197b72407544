"""What came of an alert about somebody's looks."""

from coordinator.forms.base import Form
from coordinator.forms.reviews import outcome_field, review_field


class AlertReviewForm(Form):
    """Whether the looks were right, and what the privacy officer found."""

    outcome = outcome_field("Was it right to look?")
    review = review_field(
        "The privacy officers read this. Ask the person first, and do not write "
        "down what is in the family’s record."
    )
