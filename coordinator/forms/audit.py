"""The question to the audit: a form that is sent with GET, so that an answer has an address."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wtforms import HiddenField

from coordinator.clock import today
from coordinator.forms.base import Form
from coordinator.forms.fields import (
    CleanStringField,
    DatePartsField,
    ListField,
    SeveralField,
    TickField,
    optional,
)
from coordinator.forms.texts import first
from coordinator.vocabulary import EventKind, Outcome, Reply

SMALL = {"params": {"classes": "govuk-checkboxes--small"}}
ANYBODY, ANY_AGENCY, ANY_OUTCOME = ("", "Anybody"), ("", "Any agency"), ("", "Any outcome")
OUTCOMES = {
    word.value: word.label
    for word in (*Outcome, *Reply)
    if word not in (Outcome.DECLINED, Reply.DECLINED)
} | {"declined": "Declined", "refused": "Refused"}


PERIODS = {"": "Any time, or the days below", "7": "Last 7 days", "30": "Last 30 days"}
PERIODS |= {"90": "Last 90 days", "365": "Last 12 months"}


class MarkField(HiddenField):
    """A place in the list, as `microseconds-number`; `data` is a pair of ints or None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the place; raise ValueError for anything else."""
        typed, self.data = first(valuelist), None
        if typed:
            found = re.fullmatch("([0-9]{1,16})-([0-9]{1,18})", typed)
            if not found:
                raise ValueError("This address does not lead to a page of the audit. Ask again")
            self.data = (int(found[1]), int(found[2]))


class AuditForm(Form):
    """Who did what, towards whom, on which family, when, and what came of it."""

    class Meta:
        """A question changes nothing, so that it needs no token."""

        csrf = False

    form_key = None  # type: ignore[assignment]
    family = CleanStringField(
        "Family reference",
        [optional()],
        limit=12,
        subject="Reference",
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    person = ListField("By or towards", [optional()], message="Choose somebody from the list")
    agency = ListField("Acting for", [optional()], message="Choose an agency from the list")
    outcome = ListField(
        "Outcome",
        [optional()],
        choices=[ANY_OUTCOME, *OUTCOMES.items()],
        message="Choose an outcome from the list",
    )
    days = ListField(
        "Period",
        [optional()],
        choices=list(PERIODS.items()),
        message="Choose a period from the list",
    )
    since = DatePartsField("From", [optional()], subject="The first day")
    until = DatePartsField("To", [optional()], subject="The last day")
    kinds = SeveralField(
        "What was done",
        [optional()],
        choices=EventKind.choices(),
        message="Choose from what is offered here",
        render_kw=SMALL,
    )
    not_reached = TickField("Only partners who were not reached", render_kw=SMALL)
    before = MarkField()
    after = MarkField()
    upto = MarkField()

    def offer(self, people: Iterable[tuple[str, str]], agencies: Iterable[tuple[str, str]]) -> None:
        """Say who and which agency can be asked about."""
        self.person.offer([ANYBODY, *people])
        self.agency.offer([ANY_AGENCY, *agencies])

    def validate(self, *args: Any, **options: Any) -> bool:
        """Ask for days in their order, or for a period that ends today; not for both."""
        valid = bool(super().validate(*args, **options))
        if valid and self.days.data and (self.since.data or self.until.data):
            self.refuse("days", "Choose a period, or the days below, not both")
            return False
        if valid and self.since.data and self.until.data and self.until.data < self.since.data:
            self.refuse("until", "The last day must be the same as or after the first day")
            return False
        return valid

    @property
    def first_day(self) -> date | None:
        """The first day that is asked for; a period of so many days ends today."""
        if self.days.data:
            return today() - timedelta(days=int(self.days.data) - 1)
        return self.since.data

    @property
    def reference(self) -> str:
        """The reference without spaces, in capitals."""
        return "".join((self.family.data or "").split()).upper()
