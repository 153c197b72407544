"""Asking whether a family is known: an exact match, and a reason."""

import re
from typing import Any

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    DatePartsField,
    optional,
    required,
)
from coordinator.vocabulary import FindReason


class FindForm(Form):
    """A name with a date of birth, or an NHS number; and why."""

    name = CleanStringField("Full name", [optional()], limit=200, render_kw={"autocomplete": "off"})
    born_on = DatePartsField("Date of birth", [optional()])
    nhs_number = CleanStringField(
        "Or: NHS number",
        [optional()],
        limit=20,
        render_kw={"params": {"classes": "govuk-input--width-10"}, "inputmode": "numeric"},
    )
    reason = ChoiceField(
        "Why do you ask?",
        [required("Choose why you ask: a search without a reason is refused")],
        choices=FindReason.choices(),
    )

    def validate(self, *args: Any, **options: Any) -> bool:
        """Ask for one whole way of naming a person."""
        valid = bool(super().validate(*args, **options))
        if not valid or self.nhs_number.data:
            return valid
        if not self.name.data:
            self.refuse("name", "Enter a full name and a date of birth, or an NHS number")
        if not self.born_on.data:
            self.refuse("born_on", "Enter the date of birth that goes with the name")
        return bool(self.name.data and self.born_on.data)


class ReferenceForm(Form):
    """A family's reference, for a safeguarding lead."""

    reference = CleanStringField(
        "Family reference",
        [required("Enter a reference")],
        limit=12,
        render_kw={"params": {"classes": "govuk-input--width-10"}, "autocomplete": "off"},
    )

    @property
    def cleaned(self) -> str:
        """The reference without spaces, in capitals; what cannot be one leads nowhere."""
        typed = "".join((self.reference.data or "").split()).upper()
        return typed if re.fullmatch("[0-9A-Z-]{4,12}", typed) else "0000"
