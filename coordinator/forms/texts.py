"""Text as people type it: lines, longer texts, addresses and telephone numbers.

Import them from `forms.fields`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovTextArea, GovTextInput
from wtforms import StringField, TextAreaField

# Direction overrides can make a sentence read as its opposite; the rest cannot be stored or shown.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd\ufffe\uffff]")

_BRITAIN = 44


def shown(text: str) -> str:
    """Give typed text back for the page, with a mark for each character that cannot be shown."""
    return _BIDI.sub("\ufffd", _UNREADABLE.sub("\ufffd", text))


def first(values: Sequence[Any] | None) -> str:
    """Give the first value of a field that may be missing or repeated; only text counts."""
    return values[0] if values and isinstance(values[0], str) else ""


class _Cleaning:
    """What the text fields share: strip, make NFC, refuse what cannot be read, keep to a length."""

    one_line = True
    data: Any

    def __init__(
        self, label: str, validators: Any = None, *, limit: int, subject: str = "", **options: Any
    ) -> None:
        """Take the greatest number of characters, and the name for errors."""
        super().__init__(label, validators, **options)  # type: ignore[call-arg]
        self.limit = limit
        self.subject = subject or label

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Clean the first value; raise ValueError with a sentence when it cannot be taken."""
        typed = first(valuelist)
        self.raw_data = [typed.strip()] if typed.strip() else []
        readable = shown(typed)
        lines = readable.replace("\r\n", "\n").replace("\r", "\n")
        text = unicodedata.normalize("NFC", lines).strip()
        self.data = re.sub(r"\s+", " ", text) if self.one_line else text
        if readable != typed or "\ufffd" in typed:
            what = (
                "that change the direction of text"
                if _BIDI.search(typed)
                else "that cannot be read"
            )
            raise ValueError(
                f"{self.subject} has characters {what}. They are marked \ufffd; delete them"
            )
        if (over := len(self.data) - self.limit) > 0:
            raise ValueError(
                f"{self.subject} must be {self.limit:,} characters or fewer. "
                f"It is {over:,} too many"
            )


class CleanStringField(_Cleaning, StringField):
    """One line of text; `data` is a str, empty when nothing was typed."""

    widget = GovTextInput()


class CleanTextField(_Cleaning, TextAreaField):
    """Lines of text; `data` is a str.  With `counted`, the page says how much room is left."""

    one_line = False

    def __init__(
        self,
        label: str,
        validators: Any = None,
        *,
        limit: int,
        counted: bool = False,
        rows: int = 4,
        subject: str = "",
        render_kw: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        """Choose the widget; `rows` is its height in lines."""
        params = {"rows": rows, **({"maxlength": limit, "threshold": 50} if counted else {})}
        look = deepcopy(render_kw or {})
        look["params"] = {**params, **look.get("params", {})}
        widget = GovCharacterCount() if counted else GovTextArea()
        super().__init__(
            label,
            validators,
            limit=limit,
            subject=subject,
            render_kw=look,
            widget=widget,
            **options,
        )


class EmailAddressField(CleanStringField):
    """An e-mail address; `data` is lower case, as addresses are compared here."""

    widget = GovTextInput()

    def __init__(
        self, label: str = "Email address", validators: Any = None, **options: Any
    ) -> None:
        """Ask for an e-mail keyboard and let the browser fill it in."""
        look = {
            "type": "email",
            "autocomplete": "email",
            "spellcheck": "false",
            **options.pop("render_kw", {}),
        }
        super().__init__(label, validators, limit=254, render_kw=look, **options)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Check the form of the address, never whether it exists."""
        super().process_formdata(valuelist)
        if self.data:
            try:
                address = validate_email(
                    self.data, check_deliverability=False, test_environment=True
                )
            except EmailNotValidError:
                raise ValueError("Enter an email address like name@example.com") from None
            self.data = address.normalized.lower()


class PhoneField(CleanStringField):
    """A telephone number; `data` is written as +441632960001, with an extension if there is one."""

    def __init__(self, label: str = "Phone number", validators: Any = None, **options: Any) -> None:
        """Ask for a telephone keyboard."""
        look = {
            "type": "tel",
            "autocomplete": "tel",
            "params": {"classes": "govuk-input--width-20"},
        }
        super().__init__(
            label,
            validators,
            limit=40,
            render_kw={**look, **options.pop("render_kw", {})},
            **options,
        )

    def process_data(self, value: Any) -> None:
        """Show a stored number as people write it."""
        super().process_data(value)
        number = _number(value or "")
        if number is not None and number.country_code == _BRITAIN:
            self.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number as a British one unless it names a country."""
        super().process_formdata(valuelist)
        if not self.data:
            return
        number = _number(self.data)
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValueError(f"{self.subject} must be like 01632 960 001 or 07700 900 982")
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        self.data = written + (f" ext. {number.extension}" if number.extension else "")


def _number(text: str) -> phonenumbers.PhoneNumber | None:
    """Read a telephone number, British unless it names a country; None if there is none."""
    try:
        return phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
