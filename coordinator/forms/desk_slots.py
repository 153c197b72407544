"""Booking a slot at a shared desk, and saying what came of it."""

from wtforms import Field
from wtforms.validators import ValidationError

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, CleanStringField, ListField, required
from coordinator.vocabulary import SlotOutcome


class SlotForm(Form):
    """When, and what for; no word of a family."""

    slot = ListField(
        "When?", [required("Choose a slot")], message="This slot is taken or over. Choose another"
    )
    line = CleanStringField(
        "What for?",
        [required("Write in a line what it is for")],
        limit=200,
        description="The two of you read this. No family details: book those on the family’s page.",
    )


class TalkForm(SlotForm):
    """When and with whom, and what for, about a family."""

    line = CleanStringField(
        "What for?",
        [required("Write in a line what it is for")],
        limit=200,
        description="Both agencies on the case read this.",
    )


class CancelForm(Form):
    """A word to the other."""

    word = CleanStringField(
        "A word to them",
        [required("Write a word to them, such as another time")],
        limit=200,
        description="They read it here, after signing in. The mail says no more than the time.",
    )


class SettleForm(Form):
    """Whether it took place."""

    outcome = ChoiceField(
        "Did it take place?",
        [required("Say whether you talked")],
        choices=[one for one in SlotOutcome.choices() if one[0] != SlotOutcome.CANCELLED],
    )


class SettleTalkForm(SettleForm):
    """Whether a talk about a family took place, and what goes into its contact log."""

    line = CleanStringField(
        "What was said, in a line",
        limit=400,
        description="If you talked. It goes into the contact log, and both agencies read it.",
    )

    def validate_line(self, field: Field) -> None:
        """Ask for a line about a talk."""
        if self.outcome.data == SlotOutcome.HELD and not field.data:
            raise ValidationError("Enter one line: what was said")
