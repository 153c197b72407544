"""How to meet and talk with somebody, and the private question about inviting them."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    ListField,
    SeveralField,
    TickField,
    optional,
    required,
)
from coordinator.vocabulary import MeetWhere


class NeedsForm(VersionedForm):
    """What a parent or carer needs so as to take part."""

    language = CleanStringField(
        "Language they speak best (if not English)",
        [optional()],
        limit=100,
        subject="Language",
        description="Such as Portuguese, or British Sign Language",
    )
    interpreter = TickField("An interpreter is needed")
    formats = CleanStringField(
        "What helps with reading and listening (optional)",
        [optional()],
        limit=400,
        subject="What helps",
        description="Such as large print, easy read, breaks, a hearing loop",
    )
    likes = ListField(
        "Where they like to meet",
        [optional()],
        choices=[("", "Not said"), *MeetWhere.choices()],
    )
    not_there = ListField(
        "Where they do not want to meet",
        [optional()],
        choices=[("", "Not said"), *MeetWhere.choices()],
        description="The reason does not belong here: everybody on the case reads this.",
    )


class PrivateAnswerForm(Form):
    """The private question about inviting somebody, asked before they are proposed (I14)."""

    safe = ChoiceField(
        "Is it safe for everybody in the family to invite this person?",
        [required("Say whether it is safe, or that you do not know yet")],
        choices=[
            ("yes", "Yes, it is safe"),
            ("no", "No, it is not safe", "They are then not proposed to anybody, without a word."),
            ("unknown", "I do not know yet"),
        ],
    )
    note = CleanTextField(
        "Private note on safety (optional)",
        [optional()],
        limit=2000,
        rows=3,
        subject="Note",
        description="Such as where it is not safe to meet, and what to look out for.",
    )
    readers = SeveralField(
        "Who else must know it?", [optional()], message="Choose people from the list"
    )
