"""Somebody outside the two agencies who works with a family, or whom the parent wants there."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    CleanStringField,
    EmailAddressField,
    ListField,
    PhoneField,
    TickField,
    optional,
    required,
)
from coordinator.vocabulary import GuestRole


class _Guest:
    name = CleanStringField(
        "Full name", [required("Enter the full name")], limit=200, render_kw={"autocomplete": "off"}
    )
    role = ListField(
        "Who are they to the family?",
        [required("Choose who they are to the family")],
        choices=[("", "Choose one"), *GuestRole.choices()],
    )
    organisation = CleanStringField(
        "Organisation (optional)",
        [optional()],
        limit=200,
        subject="Organisation",
        description="Such as a practice, a school or a charity. Leave it empty for a friend.",
    )
    email = EmailAddressField(
        "Email address at work (optional)",
        [optional()],
        subject="Email address",
        render_kw={"autocomplete": "off"},
    )
    phone = PhoneField(
        "Phone (optional)", [optional()], subject="Phone", render_kw={"autocomplete": "off"}
    )
    chosen_by_parent = TickField(
        "The parent wants this person at meetings",
        description="They are then proposed for each meeting, and leaving them out asks why.",
    )
    parents_words = CleanStringField(
        "In the parent’s words (optional)", [optional()], limit=400, subject="The parent’s words"
    )


class GuestForm(_Guest, Form):
    """Somebody new."""


class ChangeGuestForm(_Guest, VersionedForm):
    """What is said of somebody who stands there already."""
