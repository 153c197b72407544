"""Raising a concern about working together, and saying what came of it."""

from coordinator.forms.base import Form
from coordinator.forms.fields import CleanTextField, ListField, required
from coordinator.vocabulary import ConcernKind

ABOUT_NOBODY = "No family and no worker: say what happens between the teams, and not who."


class RaiseForm(Form):
    """What is wrong in the work with a team of the other agency."""

    team = ListField("Your team", [required("Choose your team")], message="Choose your team")
    about = ListField(
        "About the work with which team?", [required("Choose a team")], message="Choose a team"
    )
    kind = ListField(
        "What is it?",
        [required("Choose what it is")],
        choices=[("", "Choose one"), *ConcernKind.choices()],
        message="Choose what it is",
    )
    text = CleanTextField(
        "What happens?", [required("Say what happens")], limit=1500, description=ABOUT_NOBODY
    )


class OutcomeForm(Form):
    """What came of it, for who raised it."""

    outcome = CleanTextField(
        "What came of it?",
        [required("Say what came of it: who raised it waits for that")],
        limit=1500,
        description="Who raised it reads this, and so do the managers and link workers of both"
        " teams. No family.",
    )
