"""What the directory says of a local service."""

from coordinator.forms.base import VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    PhoneField,
    SeveralField,
    optional,
    required,
)
from coordinator.vocabulary import OnPregnancy, Topic

SMALL = {"params": {"classes": "govuk-radios--small"}}
SMALL_BOXES = {"params": {"classes": "govuk-checkboxes--small"}}


class ServiceForm(VersionedForm):
    """A service, in plain words that a GP or a neighbour would understand."""

    name = CleanStringField("Name of the service", [required("Enter a name")], limit=200)
    what = CleanTextField(
        "What do they do, in plain words?", [required("Say what they do")], limit=1000
    )
    for_whom = CleanStringField("For whom?", [required("Say for whom it is")], limit=400)
    topics = SeveralField(
        "What is it about?",
        choices=Topic.choices(),
        message="Choose from the list",
        render_kw=SMALL_BOXES,
    )
    area = ListField("Area", [optional()], message="Choose an area from the list")
    how_to_get_in = CleanTextField(
        "How does somebody get in?", [required("Say how somebody gets in")], limit=1000
    )
    phone = PhoneField("Phone", [optional()], render_kw={"autocomplete": "off"})
    hours = CleanStringField("Hours", [optional()], limit=200)
    on_pregnancy = ChoiceField(
        "What happens on pregnancy?",
        [required("Choose what happens on pregnancy")],
        choices=OnPregnancy.choices(),
        message="Choose what happens on pregnancy",
        render_kw=SMALL,
    )
    at_birth = CleanStringField("And around birth?", [optional()], limit=400)
    waiting = CleanStringField(
        "Waiting time, as the service says",
        [optional()],
        limit=200,
        description="As in: about six weeks",
    )
    waiting_said_on = DatePartsField(
        "When did they say so?", [optional()], subject="The day on which they said so"
    )
    post = ListField(
        "Who looks after this entry?",
        [optional()],
        description="The holder of the post can change and confirm it, beside administrators.",
    )
