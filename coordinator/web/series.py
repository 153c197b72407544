"""What the forms of meetings say of a series."""

from typing import Any

from coordinator.forms.series import FOLLOWING, Again
from coordinator.services import series as services


def again(form: Again) -> services.Again | None:
    """Return how often a valid form says that a meeting comes again; None if it does not."""
    fields: Any = form
    if not fields.again.data:
        return None
    times = int(fields.times.data) if fields.times.data else None
    return services.Again(int(fields.again.data), times, fields.until.data)


def is_for_all(form: Any) -> bool:
    """Say whether the form asks which meetings of a series it is for, and it is for all."""
    return "which" in form and form.which.data == FOLLOWING


def arranged(number: int) -> str:
    """Say that a meeting, or so many, are arranged."""
    if number == 1:
        return "The meeting is arranged. Invitations are on their way."
    return (
        f"{number} meetings are arranged. Invitations to the first are on their way and name the"
        " days of all. To each of the others people are asked when the one before it is over."
    )
