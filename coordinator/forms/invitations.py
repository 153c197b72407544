"""Answering an invitation, inviting later, and taking an invitation back."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    ListField,
    SeveralField,
    optional,
    required,
)
from coordinator.forms.meetings import WhyLeftOut
from coordinator.vocabulary import NotAskedReason, Reply

NOBODY = ("", "Nobody comes for me")


class ReplyForm(Form):
    """An invitee's answer, and who comes instead."""

    reply = ChoiceField(
        "Are you coming?",
        [required("Say whether you are coming")],
        choices=[
            (Reply.ACCEPTED.value, "Yes, I am coming"),
            (Reply.TENTATIVE.value, "Perhaps"),
            (Reply.DECLINED.value, "No, I am not coming"),
            (Reply.DELEGATED.value, "I am sending a deputy"),
        ],
        message="Say whether you are coming",
    )
    deputy = ListField(
        "Deputy",
        [optional()],
        description="A colleague of your agency who comes for you. They are invited at once, and"
        " count for your agency.",
        message="Choose a colleague from the list",
    )
    note = CleanStringField(
        "Note (optional)",
        [optional()],
        limit=400,
        subject="Note",
        description="People on the case read it. It is not in any mail.",
    )


class WrittenViewForm(Form):
    """What somebody wants said in a meeting to which they may not come."""

    written_view = CleanTextField(
        "Your view",
        [required("Write what you want the meeting to know")],
        limit=4000,
        rows=8,
        description="People on the case of both agencies read it on the meeting’s page.",
    )


class InviteForm(Form):
    """More people on the case."""

    invite = SeveralField(
        "Who to invite",
        [required("Choose whom to invite")],
        message="Choose from the people who are listed",
    )


class RemoveInvitationForm(WhyLeftOut, Form):
    """Who need not come any more."""

    invitation = ChoiceField(
        "Who need not come?",
        [required("Choose somebody who is invited")],
        message="Choose somebody who is invited",
    )
    why = ChoiceField(
        "Why is this person left out?",
        [optional()],
        choices=NotAskedReason.choices(),
        render_kw={"params": {"classes": "govuk-radios--small"}},
    )


class SendAgainForm(Form):
    """Whose message is sent once more."""

    invitation = ChoiceField(
        "To whom?",
        [required("Choose somebody who is invited")],
        message="Choose somebody who is invited",
    )
