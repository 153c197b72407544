"""The fields that every form is made of: they take whatever is sent and answer in a sentence.

A field here never raises on missing, repeated or junk input.  It keeps what was typed for the page
that is shown again, and gives a clean value, or an error that names the field.  `subject` is how an
error names it; without one the label is used.  The GOV.UK options of a widget (classes and so on)
go into `render_kw`'s `params`; attributes such as `autocomplete` go beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput
from wtforms import Field, FieldList, FormField, HiddenField, PasswordField, SubmitField
from wtforms.validators import InputRequired, Optional

from coordinator.forms.choices import ChoiceField, ListField, SeveralField, TickField
from coordinator.forms.dates import DatePartsField, TimeField
from coordinator.forms.texts import (
    CleanStringField,
    CleanTextField,
    EmailAddressField,
    PhoneField,
    first,
)

__all__ = [
    "ChoiceField",
    "CleanStringField",
    "CleanTextField",
    "DatePartsField",
    "EmailAddressField",
    "FormKeyField",
    "ListField",
    "PhoneField",
    "SecretField",
    "SeveralField",
    "SubmitButton",
    "TickField",
    "TimeField",
    "VersionField",
    "form_errors",
    "optional",
    "required",
]


def required(message: str) -> InputRequired:
    """Ask for an answer; the message is the whole sentence: "Enter the date of the meeting"."""
    return InputRequired(message)


def optional() -> Optional:
    """Let a field be empty; the validators after it are then left out."""
    return Optional()


class SecretField(PasswordField):
    """A password: exactly as typed, never shown again; `data` is a str of at most `limit`."""

    widget = GovPasswordInput()

    def __init__(
        self,
        label: str = "Password",
        validators: Any = None,
        *,
        limit: int = 1000,
        new: bool = False,
        **options: Any,
    ) -> None:
        """Tell the browser whether this is a new password, so that its keeper can help."""
        look = {"params": {"autocomplete": "new-password" if new else "current-password"}}
        super().__init__(
            label, validators, render_kw={**look, **options.pop("render_kw", {})}, **options
        )
        self.limit = limit

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the first value; raise ValueError when it is longer than anybody types."""
        typed = first(valuelist)
        self.raw_data = [typed] if typed else []
        self.data = typed[: self.limit]
        if len(typed) > self.limit:
            raise ValueError(f"Password must be {self.limit:,} characters or fewer")


class FormKeyField(HiddenField):
    """The key that makes a repeated post one act; `data` is "" unless it is well formed."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep a well-formed key and forget anything else."""
        typed = first(valuelist)
        self.data = typed if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", typed) else ""


class VersionField(HiddenField):
    """The version of the record that the form was made from; `data` is an int or None."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep a whole number and forget anything else."""
        typed = first(valuelist)
        self.data = int(typed) if re.fullmatch("[0-9]{1,9}", typed) else None


class SubmitButton(SubmitField):
    """A button of a form with more than one; `data` tells whether it was the one pressed."""

    widget = GovSubmitInput()


def form_errors(form: Any) -> list[tuple[str, str]]:
    """Give the first error of each field as (sentence, id of its input), in the page's order.

    The id is empty for an error of the whole form or of a hidden field: it has nowhere to lead.
    """
    whole = [(str(sentence), "") for sentence in getattr(form, "form_errors", ())]
    return whole + [line for field in form for line in _errors_of(field)]


def _errors_of(field: Field) -> Iterator[tuple[str, str]]:
    inner = (
        field.form
        if isinstance(field, FormField)
        else field.entries
        if isinstance(field, FieldList)
        else ()
    )
    for part in inner:
        yield from _errors_of(part)
    if field.errors and (sentence := field.errors[0]) and isinstance(sentence, str):
        if isinstance(field, HiddenField):
            yield sentence, ""
        elif isinstance(field, DatePartsField):
            yield sentence, f"{field.id}-{(field.wrong or field.PARTS)[0]}"
        else:
            yield sentence, field.id
