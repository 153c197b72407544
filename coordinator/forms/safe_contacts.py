"""How somebody is reached safely, and who is named for it."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    ListField,
    PhoneField,
    SeveralField,
    optional,
    required,
)
from coordinator.vocabulary import Notice

NOTICES: list[tuple[str, str] | tuple[str, str, str]] = [
    (Notice.NOBODY.value, "Nobody", "As usual: even that there is one is not told."),
    (Notice.OWN_AGENCY.value, "People of my agency on the case"),
    (Notice.EVERYONE.value, "Everyone on the case"),
]


def _how() -> CleanTextField:
    return CleanTextField(
        "How can we reach this person safely?",
        [required("Say how this person is reached safely")],
        limit=2000,
        rows=3,
        description="Which way, when, what to say if somebody else answers.",
    )


def _never() -> CleanTextField:
    return CleanTextField("What must we never do?", [optional()], limit=2000, rows=2)


def _phone() -> PhoneField:
    return PhoneField(
        "Safe phone number (optional)",
        [optional()],
        subject="Safe phone number",
        render_kw={"autocomplete": "off"},
    )


def _address() -> CleanTextField:
    return CleanTextField(
        "Safe address (optional)",
        [optional()],
        limit=600,
        rows=3,
        render_kw={"autocomplete": "off"},
    )


def _readers(label: str) -> SeveralField:
    return SeveralField(label, [optional()], message="Choose people from the list")


class SafeContactForm(Form):
    """A safe contact of a member of the family."""

    person = ListField("Whom is it about?", [required("Choose whom it is about")])
    how = _how()
    never = _never()
    phone = _phone()
    address = _address()
    readers = _readers("Who else must know it?")
    notice = ChoiceField(
        "Who is told that there is a safe contact?",
        [required("Choose who is told")],
        choices=NOTICES,
    )


class ReplaceForm(Form):
    """What replaces a safe contact: written anew, for the same people."""

    how = _how()
    never = _never()
    phone = _phone()
    address = _address()


class SafeReadersForm(VersionedForm):
    """Who is named for a safe contact from now on."""

    readers = _readers("Who else must know it?")
    reason = CleanStringField(
        "Why does it change?",
        [required("Enter a reason")],
        limit=400,
        description="Those who are named can read the reason. Leave the details out.",
    )
