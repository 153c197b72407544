"""Arranging, changing and cancelling a meeting, and saying who came."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, time
from typing import Any, cast

from coordinator.clock import FIRST, SECOND
from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    SeveralField,
    SubmitButton,
    TimeField,
    optional,
    required,
)
from coordinator.forms.series import Again
from coordinator.vocabulary import (
    AgencyKind,
    Attendance,
    LeftOutReason,
    NotAskedReason,
    Place,
    Procedure,
)

LENGTHS = [
    ("15", "15 minutes"),
    ("30", "30 minutes"),
    ("45", "45 minutes"),
    ("60", "1 hour"),
    ("90", "1 hour 30 minutes"),
    ("120", "2 hours"),
    ("180", "3 hours"),
    ("240", "4 hours"),
]
NOBODY = ("", "Nobody named")

Pairs = Iterable[tuple[str, str]]


class WhatKind:
    """The first field of a new meeting.  Fields stand in the order in which they are written."""

    kind = ListField("Kind of meeting", [required("Choose what kind of meeting it is")])


class WhenAndWhere:
    """The fields that a new meeting and a changed one share."""

    purpose = CleanTextField(
        "What it is for",
        [optional()],
        limit=1000,
        rows=3,
        description="Only people on the case read this.",
    )
    day = DatePartsField("Date", [required("Enter the date of the meeting")])
    start = TimeField("Start", [required("Enter the time at which it starts, like 2:30pm")])
    which_hour = ChoiceField(
        "Which of the two?",
        [optional()],
        choices=[
            (FIRST, "The first, before the clocks go back"),
            (SECOND, "The second, after the clocks have gone back"),
        ],
        render_kw={"params": {"classes": "govuk-radios--small"}},
    )
    minutes = ListField("Length", [required("Choose how long it is")], choices=LENGTHS)
    place = ChoiceField("How people meet", [required("Choose how")], choices=Place.choices())
    site = ListField("Site", [optional()], message="Choose the site")
    place_text = CleanStringField(
        "Room, address, or how to join",
        [optional()],
        limit=400,
        description="People read it on this meeting’s page. Mail and calendars name a listed site"
        " and no other place.",
    )
    chair = ListField("Chair", [optional()], message="Choose somebody from the list")
    minute_taker = ListField("Minute taker", [optional()], message="Choose somebody from the list")
    interpreter_booked = ChoiceField(
        "Is an interpreter booked?",
        [optional()],
        choices=[("yes", "Yes"), ("no", "No, not yet")],
        render_kw={"params": {"classes": "govuk-radios--inline govuk-radios--small"}},
    )
    all_the_same = SubmitButton("Arrange it all the same")

    def offer_places_and_people(self, sites: Pairs, chairs: Pairs, minute_takers: Pairs) -> None:
        """Set what can be chosen; call this before validating."""
        self.site.offer([("", "Choose a site"), *sites])
        self.chair.offer([NOBODY, *chairs])
        self.minute_taker.offer([NOBODY, *minute_takers])


class WhyLeftOut:
    """Why the partner agency is not asked; shown when it is needed (E10)."""

    left_out_reason = ChoiceField(
        "Why is the partner agency not invited?",
        [optional()],
        choices=LeftOutReason.choices(),
    )
    left_out_note = CleanStringField("In a few words", [optional()], limit=400)

    @property
    def asks_why(self) -> bool:
        """Whether the page shows these fields: something is in them, or is wrong with them."""
        fields = (self.left_out_reason, self.left_out_note)
        return any(field.data or field.errors for field in cast("Sequence[Any]", fields))


class ArrangeMeetingForm(WhatKind, WhenAndWhere, Again, WhyLeftOut, Form):
    """A new meeting: what, when, where and who."""

    invite = SeveralField(
        "Who to invite", [optional()], message="Choose from the people who are listed"
    )

    @property
    def reasons(self) -> list[Any]:
        """The fields that ask why somebody is left out."""
        return [field for field in self if field.name.startswith("why_")]


def arrange_form(others: Iterable[tuple[str, str]]) -> type[ArrangeMeetingForm]:
    """Return the form of a new meeting, which asks of each of these people why they are left out.

    `others`: the value and the name of a parent, a carer, or somebody whom the parent wants there.
    """
    fields: dict[str, Any] = {
        f"why_{value}": ChoiceField(
            f"Why is {name} not invited?",
            [optional()],
            choices=NotAskedReason.choices(),
            render_kw={"params": {"classes": "govuk-radios--small"}},
        )
        for value, name in others
    }
    return type("ArrangeMeetingForm", (ArrangeMeetingForm,), fields)


class ChangeMeetingForm(WhenAndWhere, VersionedForm):
    """Another time, place, purpose, chair or minute taker."""


class CancelMeetingForm(Form):
    """Why a meeting does not take place."""

    reason = CleanStringField(
        "Why is it cancelled?",
        [required("Say why it is cancelled")],
        limit=400,
        description="Everybody on the case who was invited can read this. It is not in the mail.",
    )


def filled_in(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what an address says of a new meeting; what is not understood is left out."""
    texts = ("kind", "minutes", "place", "site")
    values: dict[str, Any] = {name: asked[name] for name in texts if asked.get(name)}
    with suppress(KeyError, ValueError):
        values["day"] = date.fromisoformat(asked["day"])
    with suppress(KeyError, ValueError):
        values["start"] = time.fromisoformat(asked["start"])
    return values


def attendance_form(people: Iterable[tuple[str, str, str]]) -> type[VersionedForm]:
    """Return the form that asks of each person whether they came.

    `people`: the reference of the invitation, the name, and a hint.  There is no default: a reply
    is not an attendance.
    """
    fields: dict[str, Any] = {
        reference: ChoiceField(
            name,
            [required(f"Say whether {name} came")],
            choices=Attendance.choices(),
            description=hint,
            render_kw={"params": {"classes": "govuk-radios--inline govuk-radios--small"}},
        )
        for reference, name, hint in people
    }
    return type("AttendanceForm", (VersionedForm,), fields)


class MeetingKindForm(Form):
    """A kind of meeting, in the area's own words."""

    name = CleanStringField("Name", [required("Enter a name")], limit=100)
    called_by = ChoiceField(
        "Who usually calls it",
        [required("Choose who usually calls it")],
        choices=[
            (AgencyKind.CMHT.value, AgencyKind.CMHT.label),
            (AgencyKind.CSC.value, AgencyKind.CSC.label),
            ("either", "Either agency"),
        ],
    )
    procedure = ListField(
        "What it is to the clocks",
        [optional()],
        choices=[("", "Nothing"), *Procedure.choices()],
        description="A conference, a core group or a strategy discussion starts and meets clocks,"
        " whatever your area calls it.",
    )
