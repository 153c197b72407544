"""What a guest says by their link, and what a worker decides about it."""

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
from coordinator.forms.sharing import (
    basis_field,
    parent_told_field,
    parent_view_field,
    purpose_field,
    review_field,
    who_needs_field,
)
from coordinator.vocabulary import BoardSide, Reply, Topic

READ_BY = "People of both agencies who work with the family read it."


class GuestReplyForm(Form):
    """Whether a guest comes, and who comes for them."""

    reply = ChoiceField(
        "Are you coming?",
        [required("Say whether you are coming")],
        choices=[
            (Reply.ACCEPTED.value, "Yes, I am coming"),
            (Reply.TENTATIVE.value, "Perhaps"),
            (Reply.DECLINED.value, "No: please take my apologies"),
            (Reply.DELEGATED.value, "I am sending somebody"),
        ],
        message="Say whether you are coming",
    )
    deputy = CleanStringField(
        "Who comes for you?",
        [optional()],
        limit=200,
        subject="The name",
        description="If you send somebody: their name and what they do."
        " Please do not forward the link.",
    )
    note = CleanStringField(
        "Note (optional)", [optional()], limit=400, subject="Note", description=READ_BY
    )


class GuestWorryForm(Form):
    """A worry that reached a guest and is for somebody who can act on it."""

    text = CleanTextField(
        "What is the worry?",
        [required("Write what the worry is")],
        limit=300,
        rows=3,
        description=READ_BY,
    )
    topic = ListField(
        "What is it about?",
        [required("Choose what it is about")],
        choices=[("", "Choose one"), *Topic.choices()],
        message="Choose what it is about",
    )


class GuestViewForm(Form):
    """What a guest wants said in the meeting."""

    written_view = CleanTextField(
        "Your view",
        [required("Write what you want the meeting to know")],
        limit=4000,
        rows=8,
        description=READ_BY,
    )


class GuestBoardForm(Form):
    """A strength or a worry, in a guest's words."""

    side = ChoiceField(
        "Is it a strength or a worry?",
        [required("Say whether it is a strength or a worry")],
        choices=[
            (BoardSide.STRENGTH.value, "A strength: what goes well"),
            (BoardSide.WORRY.value, "A worry"),
        ],
        message="Say whether it is a strength or a worry",
    )
    text = CleanTextField(
        "In your words",
        [required("Write what you have seen")],
        limit=1000,
        rows=3,
        description=f"What you saw, and when. Nobody can take it away. {READ_BY}",
    )


class GuestNamesForm(Form):
    """Whose names a guest reads."""

    names = SeveralField(
        "Whose names does this guest read?",
        [optional()],
        description="As few as will do: the guest must know whom the meeting is about.",
        message="Choose from the people who are listed",
    )


class GuestDomainForm(Form):
    """A domain to which guests' invitations may go."""

    domain = CleanStringField(
        "Domain",
        [required("Enter the domain, such as surgery.example")],
        limit=253,
        subject="The domain",
        description="What stands after the @, such as surgery.example. Only organisations whose"
        " mail you trust: never a provider of private mail.",
    )
    whose = CleanStringField(
        "Whose is it?", [required("Say whose it is")], limit=200, subject="The name"
    )


class TellGuestForm(Form):
    """Something that a guest is told beyond the plan, such as a diagnosis: all of it is asked."""

    what = CleanTextField(
        "What exactly does this guest read?",
        [required("Write the words that this guest reads")],
        limit=1000,
        rows=3,
        description="Only these words, and the least that will do. What helps often serves better"
        " than a diagnosis.",
    )
    purpose = purpose_field()
    basis = basis_field()
    who_needs = who_needs_field()
    parent_told = parent_told_field()
    parent_view = parent_view_field()
    review_on = review_field()
