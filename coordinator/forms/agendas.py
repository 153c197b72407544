"""The parts of an agenda, closing one and opening it again, and the ground rules."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    ListField,
    SeveralField,
    optional,
    required,
)
from coordinator.forms.sharing import (
    SMALL,
    basis_field,
    parent_told_field,
    parent_view_field,
    purpose_field,
    review_field,
    who_needs_field,
)
from coordinator.vocabulary import ClosedReason

OPEN, CLOSED = "open", "closed"
LENGTHS = [(str(minutes), f"{minutes} minutes") for minutes in (5, 10, 15, 20, 30, 45, 60, 90)]


def _title() -> CleanStringField:
    return CleanStringField(
        "What this part is called",
        [required("Enter what this part is called")],
        limit=120,
        description="Everybody who is asked to it reads this: name nobody of the family.",
    )


def _what() -> CleanTextField:
    return CleanTextField(
        "What is to be talked about",
        [optional()],
        limit=1000,
        rows=3,
        description="Only people on the case read this.",
    )


def _length() -> ListField:
    return ListField("How long", [required("Choose how long it is")], choices=LENGTHS)


def _reason() -> ChoiceField:
    return ChoiceField(
        "Why is it closed?",
        [optional()],
        choices=ClosedReason.choices(),
        description="The other agency reads this, with your name.",
        render_kw=SMALL,
    )


def _note() -> CleanStringField:
    return CleanStringField(
        "In a line",
        [optional()],
        limit=400,
        description="Only those who read the part read this.",
    )


def _also() -> SeveralField:
    return SeveralField(
        "Who else is there for it?",
        [optional()],
        message="Choose from the people who are listed",
        description="Your agency reads it. Name the minute taker, so that minutes can be taken.",
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )


class NewPartForm(Form):
    """A new part, open or closed."""

    title = _title()
    what = _what()
    length = _length()
    audience = ChoiceField(
        "Who is it for?",
        [required("Choose who it is for")],
        choices=[
            (OPEN, "Both agencies"),
            (CLOSED, "My agency only", "The other agency sees that there is a closed part"),
        ],
        render_kw=SMALL,
    )
    closed_reason = _reason()
    closed_note = _note()
    also = _also()


class PartForm(VersionedForm):
    """Another title, text or length."""

    title = _title()
    what = _what()
    length = _length()


class ClosePartForm(Form):
    """Why an open part is closed to the other agency."""

    closed_reason = _reason()
    closed_note = _note()
    also = _also()


class OpenPartForm(Form):
    """The facts of opening a closed part."""

    purpose = purpose_field()
    basis = basis_field()
    who_needs = who_needs_field()
    what = CleanTextField("What exactly do you share?", [optional()], limit=1000, rows=2)
    parent_told = parent_told_field()
    parent_view = parent_view_field()
    review_on = review_field()


class AskedToForm(Form):
    """To which parts somebody is asked."""

    invitation = ListField(
        "Who?", [required("Choose who")], message="Choose somebody who is invited"
    )
    parts = SeveralField(
        "Which parts?",
        [optional()],
        message="Choose from the parts that are listed",
        description="Tick none for the whole meeting.",
    )


class GroundRulesForm(VersionedForm):
    """How people speak with each other in meetings."""

    text = CleanTextField(
        "A rule a line",
        [required("Write at least one rule")],
        limit=2000,
        rows=8,
        description="They stand on the agenda of every meeting.",
    )
