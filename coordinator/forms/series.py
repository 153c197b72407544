"""Meetings that come again: how often, and which of them a change is for."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, DatePartsField, ListField, optional, required

ONE, FOLLOWING = "one", "following"
WEEKS = (1, 2, 3, 4, 6, 8, 12, 13, 26)

F = TypeVar("F", bound=Form)


class Again:
    """Whether a new meeting comes again, and how often."""

    again = ListField(
        "Does it come again?",
        [optional()],
        choices=[
            ("", "No, it is one meeting"),
            *((str(n), "Every week" if n == 1 else f"Every {n} weeks") for n in WEEKS),
        ],
        description="Each is a meeting of its own, at the same time of day.",
    )
    times = ListField(
        "How many meetings in all",
        [optional()],
        choices=[("", "Until a day"), *((str(n), str(n)) for n in range(2, 13))],
    )
    until = DatePartsField("Or until", [optional()], subject="The last day")

    @property
    def is_series(self) -> bool:
        """Whether the page shows these fields open: something is in them, or is wrong with them."""
        fields = cast("Sequence[Any]", (self.again, self.times, self.until))
        return any(field.data or field.errors for field in fields)


def asks_which(form: type[F], followers: int) -> type[F]:
    """Return the form, which asks if it is for all that follow where there are any."""
    if not followers:
        return form
    follow = "the one that follows" if followers == 1 else f"the {followers} that follow"
    which = ChoiceField(
        "Which meetings is this for?",
        [required("Choose whether this is for the others, too")],
        choices=[(ONE, "Only this one"), (FOLLOWING, f"This one and {follow}")],
        render_kw={"params": {"classes": "govuk-radios--small"}},
    )
    return type(form.__name__, (form,), {"which": which})
