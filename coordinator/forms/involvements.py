"""Bringing workers to a case, and seeing them off it."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    TickField,
    optional,
    required,
)


def _second_role_field() -> CleanStringField:
    return CleanStringField(
        "If they have a part in this case already: why a second role?",
        [optional()],
        limit=400,
        description="Such as somebody who works for both agencies, or the manager of a team.",
    )


class ColleagueForm(Form):
    """A colleague of one's own agency."""

    worker = ListField(
        "Colleague", [required("Choose a colleague")], description="Not listed? Ask your manager."
    )
    lead = TickField("They lead for our agency from today")
    second_role = _second_role_field()


class LeaveForm(Form):
    """From when a worker is off the case, why, and who leads after a lead."""

    off_from = DatePartsField(
        "Off the case from",
        [required("Enter the day from which they are off the case")],
        description="If that is today, the family’s pages close to them at once.",
    )
    reason = CleanStringField(
        "Why?",
        [required("Enter a reason")],
        limit=400,
        description="Such as: moved to another team; the work is done",
    )
    new_lead = ListField("Who leads for your agency from now on?", [optional()])


class AskForm(Form):
    """A team of the other agency that is asked to name a worker."""

    team = ListField("Which team?", [required("Choose a team")])
    why = CleanTextField(
        "Why do you ask them to join?",
        [required("Say why you ask")],
        limit=1000,
        description="The team reads this before it joins: say what you need, without names.",
    )


class AcceptForm(Form):
    """The worker whom an asked team names."""

    worker = ListField(
        "Who will work with this family?",
        [required("Choose a worker")],
        description="Not listed? Ask your manager.",
    )
    second_role = _second_role_field()


class DeclineForm(Form):
    """Why an asked team says no."""

    reason = CleanTextField(
        "Why can your team not join?",
        [required("Enter a reason")],
        limit=1000,
        description="The worker who asked reads this. Say whom they could ask instead.",
    )
