"""The instant that a day and a time on a form say, for forms with both."""

from datetime import date, datetime
from typing import cast

from wtforms import Field
from wtforms.validators import ValidationError

from coordinator import clock
from coordinator.forms.fields import DatePartsField, TimeField


class SaysWhen:
    """A form with the fields `on` and `at`: a local date and time."""

    on: DatePartsField
    at: TimeField

    @property
    def instant(self) -> datetime:
        """The instant of the local date and time, once the form is valid."""
        return clock.instant_of(datetime.combine(cast("date", self.on.data), self.at.data))

    def validate_at(self, _field: Field) -> None:
        """Refuse a time over which the clocks went forward."""
        if self.on.data and self.at.data:
            try:
                _ = self.instant
            except clock.NoSuchLocalTimeError as skipped:
                raise ValidationError(
                    "The clocks went forward over this time."
                    f" Write {skipped.next_valid:%H:%M} or earlier than 1am"
                ) from skipped
