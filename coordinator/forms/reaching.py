"""How somebody was asked, and sending an invitation to a team."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    TickField,
    optional,
    required,
)
from coordinator.vocabulary import AskedHow, Reply

NOBODY_INVITED = "Choose somebody who is invited"


class ToldForm(Form):
    """How and when somebody without a login was asked, and what they said."""

    invitation = ListField("Who was asked?", [required(NOBODY_INVITED)], message=NOBODY_INVITED)
    how = ChoiceField(
        "How were they asked?",
        [required("Say how they were asked")],
        choices=AskedHow.choices(),
        render_kw={"params": {"classes": "govuk-radios--inline govuk-radios--small"}},
    )
    on = DatePartsField("When?", [required("Enter the day on which they were asked")])
    reply = ListField(
        "Are they coming?",
        [required("Say whether they are coming")],
        choices=[
            (Reply.NEEDS_ACTION.value, "They have not said yet"),
            (Reply.ACCEPTED.value, "Yes"),
            (Reply.TENTATIVE.value, "Perhaps"),
            (Reply.DECLINED.value, "No"),
        ],
    )
    note = CleanStringField("Note (optional)", [optional()], limit=400, subject="Note")
    wants = CleanTextField(
        "What do they want raised? (optional)",
        [optional()],
        limit=4000,
        rows=4,
        subject="What they want raised",
        description="In their words. People on the case of both agencies read it.",
    )


class SendToTeamForm(Form):
    """Whose invitation goes to their team's duty inbox."""

    invitation = ListField("Whose invitation?", [required(NOBODY_INVITED)], message=NOBODY_INVITED)
    not_reached = TickField("I could not reach this person")


class ReportForm(Form):
    """Whose report came."""

    invitation = ListField(
        "Whose report came?", [required("Say whose report it is")], message=NOBODY_INVITED
    )


class GoAheadForm(Form):
    """Why a meeting goes ahead without a voice that should be there."""

    reason = CleanStringField(
        "Why does it go ahead?",
        [required("Say why it goes ahead")],
        limit=400,
        description="It is kept with the meeting, and in the audit.",
    )
