"""What an administrator says of a person, of a role and of a set-up link."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    DatePartsField,
    EmailAddressField,
    ListField,
    PhoneField,
    optional,
    required,
)
from coordinator.vocabulary import LinkReason, Role


class _PersonFields(Form):
    """Who it is.  The profession is shown beside the name and changes no right (E01)."""

    name = CleanStringField("Name", [required("Enter the person’s name")], limit=200)
    email = EmailAddressField(
        "Work email address",
        [required("Enter their work email address")],
        description="They sign in with it, and invitations go to it.",
        render_kw={"autocomplete": "off"},
    )
    phone = PhoneField("Work phone", [optional()], render_kw={"autocomplete": "off"})
    profession = CleanStringField(
        "Profession",
        [optional()],
        limit=200,
        description="Nurse, social worker, psychologist … It is shown beside the name and changes"
        " nothing that they may do.",
    )


class _GrantFields(Form):
    """A role in a team, from a day."""

    role = ListField(
        "Role in Coordinator",
        [required("Choose a role")],
        choices=[("", "Choose a role"), *Role.choices()],
        description="The role decides what they may do.",
    )
    team = ListField("Team", [required("Choose a team")])
    starts_on = DatePartsField("From", [required("Enter the first day")], subject="The first day")


class AddAccountForm(_PersonFields, _GrantFields):
    """A new account with its first role."""


class ChangeAccountForm(VersionedForm, _PersonFields):
    """What is kept of a person."""


class AddRoleForm(_GrantFields):
    """One more role."""


class EndRoleForm(Form):
    """The end of a role."""

    last_day = DatePartsField(
        "Last day",
        [required("Enter the last day")],
        description="They have the role up to and including this day. Yesterday ends it now.",
    )


class SetupLinkForm(Form):
    """Why somebody needs a set-up link."""

    reason = ChoiceField(
        "Why do they need it?",
        [required("Say why they need a link")],
        choices=[
            (LinkReason.NEW_ACCOUNT.value, LinkReason.NEW_ACCOUNT.label),
            (
                LinkReason.FORGOTTEN_PASSWORD.value,
                LinkReason.FORGOTTEN_PASSWORD.label,
                "They keep their second factor and still need it.",
            ),
            (
                LinkReason.LOST_SECOND_FACTOR.value,
                LinkReason.LOST_SECOND_FACTOR.label,
                "Their password and second factor stop working now. Speak to them first.",
            ),
        ],
    )
