"""What whoever reviews a look, or an emergency opening, says of it."""

from coordinator.forms.fields import ChoiceField, CleanTextField, required
from coordinator.vocabulary import ReviewOutcome


def outcome_field(question: str) -> ChoiceField:
    """Return the field for what came of the review."""
    return ChoiceField(
        question,
        [required("Choose what came of the review")],
        choices=ReviewOutcome.choices(),
    )


def review_field(description: str) -> CleanTextField:
    """Return the field for what was found; `description` says who reads it."""
    return CleanTextField(
        "What did you find?",
        [required("Say what you found")],
        limit=2000,
        rows=4,
        description=description,
    )
