"""What an administrator says of agencies, teams, sites and posts."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError

from coordinator import cover_hours
from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    EmailAddressField,
    ListField,
    PhoneField,
    optional,
    required,
)
from coordinator.vocabulary import AgencyKind, PostKind


class OdsCodeField(CleanStringField):
    """A code of the Organisation Data Service; `data` has its letters as capitals."""

    def __init__(self, **options: Any) -> None:
        """Say what is checked, and what is not."""
        super().__init__(
            "ODS code",
            [optional()],
            limit=20,
            description="The Organisation Data Service’s code, if there is one: 3 to 10 letters and"
            " digits. Only this form is checked, not whether the code is theirs.",
            render_kw={
                "autocomplete": "off",
                "spellcheck": "false",
                "params": {"classes": "govuk-input--width-10"},
            },
            **options,
        )

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take spaces out; raise ValueError for what cannot be such a code."""
        super().process_formdata(valuelist)
        self.data = self.data.replace(" ", "").upper()
        if self.data and not re.fullmatch("[A-Z0-9]{3,10}", self.data):
            raise ValueError("ODS code must be 3 to 10 letters and digits, with nothing between")


class AgencyForm(VersionedForm):
    """What the directory says of an agency."""

    name = CleanStringField("Name of the agency", [required("Enter a name")], limit=200)
    ods_code = OdsCodeField()


class AddAgencyForm(Form):
    """A new agency."""

    name = CleanStringField("Name of the agency", [required("Enter a name")], limit=200)
    ods_code = OdsCodeField()
    kind = ChoiceField(
        "What kind of agency is it?",
        [required("Choose what kind of agency it is")],
        choices=AgencyKind.choices(),
        description="It decides which agencies are partners of which.",
    )


class TeamForm(VersionedForm):
    """A team."""

    name = CleanStringField("Name of the team", [required("Enter a name")], limit=200)
    phone = PhoneField("Duty line", [optional()], render_kw={"autocomplete": "off"})
    email = EmailAddressField("Duty inbox", [optional()], render_kw={"autocomplete": "off"})
    area = ListField(
        "Area that the team works in", [optional()], message="Choose an area from the list"
    )
    ods_code = OdsCodeField()


class SiteForm(VersionedForm):
    """A building.  Only a listed building is named in mail and calendars."""

    name = CleanStringField("Name of the building", [required("Enter a name")], limit=200)
    address = CleanStringField("Address", [required("Enter the address")], limit=400)


class WhichPost:
    """The first fields of a new post.  Fields stand in the order in which they are written."""

    kind = ListField(
        "Post",
        [required("Choose a post")],
        choices=[("", "Choose a post"), *PostKind.choices()],
    )
    team = ListField(
        "Team",
        [optional()],
        description="Link workers, champions, duty desks and managers have one; others need none.",
    )


class PostForm(VersionedForm):
    """How to reach a post, and what its holder can do for others."""

    phone = PhoneField("Phone", [optional()], render_kw={"autocomplete": "off"})
    cover_hours = CleanStringField(
        "Cover hours",
        [optional()],
        limit=200,
        description=f"As in: {cover_hours.EXAMPLE}. Or: at any hour",
    )
    can_do = CleanTextField("What can they do for others?", [optional()], limit=2000)
    cannot_do = CleanTextField("What can they not do?", [optional()], limit=2000)

    def validate_cover_hours(self, field: CleanStringField) -> None:
        """The hours say who answers at night, so they are written as days and times."""
        if field.data and cover_hours.known(field.data) is None:
            raise ValidationError(f"Write days and times, as in: {cover_hours.EXAMPLE}")


class AddPostForm(WhichPost, PostForm):
    """A new post."""


class AppointForm(Form):
    """Who holds a post, or deputises, from when."""

    account = ListField("Person", [required("Choose a person")], message="Choose a person")
    starts_on = DatePartsField("From", [required("Enter the first day")], subject="The first day")
