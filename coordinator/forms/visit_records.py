"""How a visit went, and what a parent says of supervised time with a child (S12)."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    optional,
    required,
)
from coordinator.forms.visits import SMALL
from coordinator.vocabulary import MovedBy, ParentAnswered, VisitState


class TellForm(Form):
    """How a visit went, with one's own part."""

    state = ChoiceField(
        "How did it go?",
        [required("Choose how it went")],
        choices=[
            (VisitState.DONE.value, "It took place"),
            (
                VisitState.NO_ANSWER.value,
                "Nobody home",
                "No answer never counts against the family.",
            ),
            (VisitState.NOT_DONE.value, "It did not take place"),
        ],
        message="Choose how it went",
    )
    text = CleanTextField(
        "Your part of the record",
        [optional()],
        limit=4000,
        rows=5,
        subject="Your part",
        description="Coordination only: what both agencies need to know. It cannot be changed"
        " afterwards; you can add to it.",
    )
    moved_by = ChoiceField(
        "If it did not take place: on whose side was it?",
        [optional()],
        choices=MovedBy.choices(),
        render_kw=SMALL,
    )
    reason = CleanStringField("And why?", [optional()], limit=400, subject="Why")


class PartForm(Form):
    """One's own part of the record of a visit that took place."""

    text = CleanTextField(
        "Your part of the record",
        [required("Write your part")],
        limit=4000,
        rows=5,
        subject="Your part",
        description="Coordination only: what both agencies need to know. It cannot be changed"
        " afterwards; you can add to it.",
    )


class VisitCommentForm(Form):
    """What the parent answered when asked, on its own."""

    word = ChoiceField(
        "Was the parent asked how it was?",
        [required("Choose what came of asking")],
        choices=ParentAnswered.choices(),
        message="Choose what came of asking",
    )
    comment = CleanTextField(
        "The parent’s own words", [optional()], limit=2000, rows=3, subject="What they said"
    )


class TimeTogetherFields:
    """What is asked of a parent's supervised time with a child, beside one's part."""

    went_well = CleanTextField(
        "What went well?",
        [optional()],
        limit=4000,
        rows=4,
        subject="What went well",
        description="It stands first in the record. What did the parent do, and how did the child"
        " answer?",
    )
    text = CleanTextField(
        "What else do both agencies need to know?",
        [optional()],
        limit=4000,
        rows=3,
        subject="Your part",
        description="Coordination only. It cannot be changed afterwards; you can add to it.",
    )
    observers = CleanStringField(
        "Who else observed?",
        [optional()],
        limit=400,
        subject="Who else observed",
        description="Two people see more than one. A name or a role, like the foster carer.",
    )


class TimeTogetherForm(TimeTogetherFields, TellForm):
    """How it went, with one's own part and what the parent says if they were asked already."""

    state = ChoiceField(
        "Did it take place?",
        [required("Choose whether it took place")],
        choices=[(VisitState.DONE.value, "Yes"), (VisitState.NOT_DONE.value, "No")],
        message="Choose whether it took place",
        render_kw=SMALL,
    )
    word = ChoiceField(
        "Was the parent asked how it was?",
        [optional()],
        choices=[*ParentAnswered.choices(), ("", "Not asked yet")],
        render_kw=SMALL,
    )
    comment = CleanTextField(
        "The parent’s own words", [optional()], limit=2000, rows=3, subject="What they said"
    )


class TimeTogetherPartForm(TimeTogetherFields, PartForm):
    """One's own part where it took place."""
