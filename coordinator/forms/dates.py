"""Dates and times as people type them; import them from `forms.fields`."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput
from wtforms import Field

from coordinator.forms.texts import CleanStringField, first, shown

_MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
}


class _DateParts(GovDateInput):
    """The GOV.UK date input: three names, values as typed, the error on the wrong parts."""

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        """Draw the three inputs; the id of the group stays apart from those of the inputs."""
        births = ("bday-day", "bday-month", "bday-year") if field.birthday else (None, None, None)
        items = []
        for part, typed, birth in zip(field.PARTS, field.typed, births, strict=True):
            wrong = (
                " govuk-input--error"
                if field.errors and (part in field.wrong or not field.wrong)
                else ""
            )
            items.append(
                {
                    "label": part.capitalize(),
                    "id": f"{field.id}-{part}",
                    "name": f"{field.name}-{part}",
                    "value": shown(typed),
                    "autocomplete": birth,
                    "classes": f"govuk-input--width-{4 if part == 'year' else 2}{wrong}",
                }
            )
        # Stated here: the library would unpack the raw data and mark the group as required.
        params = {"items": items, **kwargs.pop("params", {})}
        return super().__call__(field, value="", required=False, params=params, **kwargs)

    def map_gov_params(self, field: Any, **kwargs: Any) -> Any:
        """Leave out the library's own reading of the value, which fails on missing parts."""
        kwargs.pop("required", None)
        params = super(GovDateInput, self).map_gov_params(field, **kwargs)
        params.setdefault("fieldset", {"legend": {"text": field.label.text}})
        return params


class DatePartsField(Field):
    """A date typed as day, month and year, 1900 to 2200; `data` is a datetime.date or None."""

    widget = _DateParts()
    PARTS = ("day", "month", "year")

    def __init__(
        self,
        label: str,
        validators: Any = None,
        *,
        subject: str = "",
        birthday: bool = False,
        **options: Any,
    ) -> None:
        """Take the name for errors; `birthday` lets the browser fill in the user's own."""
        super().__init__(label, validators, **options)
        self.subject, self.birthday = subject or label, birthday
        self.typed: tuple[str, ...] = ("", "", "")
        self.wrong: list[str] = []

    def process_data(self, value: date | None) -> None:
        """Start from a date that is already there."""
        self.data = value
        self.typed = (str(value.day), str(value.month), str(value.year)) if value else ("", "", "")

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Read the three inputs; a part that is missing altogether counts as empty."""
        super().process(None, *args, **kwargs)
        if formdata is None:
            return
        self.typed = tuple(
            first(formdata.getlist(f"{self.name}-{part}")).strip()[:20] for part in self.PARTS
        )
        self.raw_data = ["/".join(self.typed)] if any(self.typed) else []
        self.data, self.wrong = None, []
        try:
            self.data = self._read() if self.raw_data else None
        except ValueError as problem:
            self.process_errors.append(problem.args[0])

    def _read(self) -> date:
        """Make a date of the parts, or raise ValueError with the sentence."""
        self.wrong = [part for part, typed in zip(self.PARTS, self.typed, strict=True) if not typed]
        if self.wrong:
            raise ValueError(f"{self.subject} must include a {' and '.join(self.wrong)}")
        day, month, year = self.typed
        month = str(_MONTHS.get(month.lower(), month))
        if not re.fullmatch("[0-9]{4}", year):
            self.wrong = ["year"]
            raise ValueError(f"{self.subject} must have a year of 4 numbers")
        if 1900 <= int(year) <= 2200 and re.fullmatch("[0-9]{1,2}/[0-9]{1,2}", f"{day}/{month}"):
            with suppress(ValueError):
                return date(int(year), int(month), int(day))
        raise ValueError(f"{self.subject} must be a real date")


class TimeField(CleanStringField):
    """A time of day as people write it: 2:30pm, 14:30, 1430, 9am, midday.

    `data` is a datetime.time or None.
    """

    data: Any

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        """Show a short input."""
        options["render_kw"] = {
            "params": {"classes": "govuk-input--width-5"},
            **options.pop("render_kw", {}),
        }
        super().__init__(label, validators, limit=20, **options)
        self.typed = ""

    def _value(self) -> str:
        """Show what was typed, or the time that is there."""
        return self.typed or (self.data.strftime("%H:%M") if isinstance(self.data, time) else "")

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the time; raise ValueError with a sentence when it is not one, or could be two."""
        try:
            super().process_formdata(valuelist)
        finally:
            self.typed, self.data = self.data, None
        if self.typed:
            self.data = self._read(self.typed.lower().replace(" ", "").replace(".", ":"))

    def _read(self, text: str) -> time:
        if text in ("midday", "noon", "midnight"):
            return time(0 if text == "midnight" else 12)
        found = re.fullmatch(r"([0-9]{1,2})(?::?([0-5][0-9]))?(am|pm|a:m:?|p:m:?)?", text)
        if not found or (found[2] is None and not found[3]):
            raise ValueError(f"{self.subject} must be a time, like 2:30pm")
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
        if hour > (12 if half else 23) or (half and hour == 0):
            raise ValueError(f"{self.subject} must be a time, like 2:30pm")
        if not half and len(found[1]) == 1 and 1 <= hour <= 7:
            both = f"{hour}:{minute:02}am or {hour}:{minute:02}pm"
            raise ValueError(f"{self.subject} could be morning or afternoon. Write {both}")
        return time(hour % 12 + (12 if half == "p" else 0), minute) if half else time(hour, minute)
