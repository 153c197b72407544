"""Answers chosen from a list; import them from `forms.fields`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
)
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

Pairs = Iterable[tuple[str, str] | tuple[str, str, str]]


class _Hinted:
    """Adds the hint of each choice, and keeps the library from changing the field's own options."""

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        """Draw the field with a copy of its options."""
        params = deepcopy(kwargs.pop("params", {}))
        hints = getattr(field, "hints", {})
        if any(hints.values()):
            params["items"] = [
                {"hint": {"text": hints[value]}} if hints.get(value) else {}
                for value, *_ in field.iter_choices()
            ]
        return super().__call__(field, params=params, **kwargs)  # type: ignore[misc]


class _Radios(_Hinted, GovRadioInput):
    pass


class _Checkboxes(_Hinted, GovCheckboxesInput):
    pass


class _Chosen:
    """What the choice fields share: choices, and a plain refusal of anything else.

    A choice is (value, label) or (value, label, hint).
    """

    def __init__(
        self,
        label: str,
        validators: Any = None,
        *,
        choices: Pairs = (),
        message: str = "Choose one of these",
        **options: Any,
    ) -> None:
        """Take the choices and the sentence for an answer that is not among them."""
        super().__init__(label, validators, validate_choice=False, **options)  # type: ignore[call-arg]
        self.message = message
        self.data: Any = None
        self.offer(choices)

    def offer(self, choices: Pairs) -> None:
        """Set what can be chosen; where the record decides, call this before validating."""
        given = [tuple(choice) for choice in choices]
        self.choices = [SelectChoice(choice[0], choice[1]) for choice in given]
        self.hints = {choice[0]: choice[2] for choice in given if len(choice) > 2}

    def pre_validate(self, _form: Any) -> None:
        """Refuse what was not offered; an empty answer is for `required` to judge."""
        answers = self.data if isinstance(self.data, list) else [self.data] if self.data else []
        offered = {choice.value for choice in self.choices}
        if any(answer not in offered for answer in answers):
            raise ValidationError(self.message)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the first answer; None when there is none."""
        self.raw_data = [value for value in valuelist if isinstance(value, str) and value]
        self.data = self.raw_data[0] if self.raw_data else None


class ChoiceField(_Chosen, RadioField):
    """One of a few, as radio buttons; `data` is the value, or None until one is chosen."""

    widget = _Radios()


class ListField(_Chosen, SelectField):
    """One of many, as a drop-down list; give ("", "Choose one") first when there is no default."""

    widget = GovSelect()


class SeveralField(_Chosen, SelectMultipleField):
    """Any number, as checkboxes; `data` is a list of values without repeats."""

    widget = _Checkboxes()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take every answer once, in the order given."""
        self.raw_data = [value for value in valuelist if isinstance(value, str) and value]
        self.data = list(dict.fromkeys(self.raw_data))


class TickField(BooleanField):
    """One checkbox; `data` is True or False."""

    widget = GovCheckboxInput()
