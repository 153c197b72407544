"""Booking, changing, cancelling and combining a visit, and the kinds of visit."""

from collections.abc import Iterable
from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    SubmitButton,
    TickField,
    TimeField,
    optional,
    required,
)
from coordinator.forms.meetings import LENGTHS
from coordinator.vocabulary import Level, MeetWhere, MovedBy, WeekWord

WAYS = [("0", "None"), *((str(m), f"{m} minutes") for m in (10, 15, 20, 30, 45, 60, 90))]
SMALL = {"params": {"classes": "govuk-radios--small"}}
INLINE = {"params": {"classes": "govuk-radios--inline govuk-radios--small"}}
NOBODY_ELSE = ("", "Nobody")

Pairs = Iterable[tuple[str, str]]


class VisitFields:
    """What a new visit and a changed one say.  Fields stand in the order of the page."""

    kind = ListField("Kind of visit", [required("Choose what kind of visit it is")])
    owner = ListField("Who visits", [required("Choose who visits")], message="Choose who visits")
    second = ListField(
        "Who comes along from the other agency",
        [optional()],
        message="Choose somebody from the list",
        description="A joint visit has one shared record: each adds their own part.",
    )
    day = DatePartsField("Date", [required("Enter the date of the visit")])
    start = TimeField("Start", [required("Enter the time at which it starts, like 2:30pm")])
    minutes = ListField("Length", [required("Choose how long it is")], choices=LENGTHS)
    travel_before = ListField("Way there", [optional()], choices=WAYS)
    travel_after = ListField("Way back", [optional()], choices=WAYS)
    place = ChoiceField(
        "How you meet",
        [required("Choose where and how")],
        choices=MeetWhere.choices(),
        message="Choose where and how",
        render_kw=SMALL,
    )
    site = ListField("Site", [optional()], message="Choose the site")
    place_text = CleanStringField(
        "Room, neutral place, or how to join",
        [optional()],
        limit=400,
        description="Never an address. It stands on this visit’s page alone, and in no calendar.",
    )
    parents_choice = ChoiceField(
        "Did the parent choose where and how?",
        [optional()],
        choices=[("yes", "Yes"), ("no", "No"), ("", "Nobody asked yet")],
        render_kw=INLINE,
    )
    interpreter_booked = ChoiceField(
        "Is an interpreter booked?",
        [optional()],
        choices=[("yes", "Yes"), ("no", "No, not yet")],
        render_kw=INLINE,
    )
    purpose = CleanTextField(
        "What it is for", [optional()], limit=1000, rows=2, subject="What it is for"
    )
    observe_until = DatePartsField("The observation ends on", [optional()])
    parents_view = CleanTextField(
        "What the parent says of being observed",
        [optional()],
        limit=1000,
        rows=2,
        subject="What the parent says",
    )
    why_more = CleanTextField(
        "Why is it needed too?", [optional()], limit=1000, rows=2, subject="Why it is needed"
    )
    all_the_same = SubmitButton("Book it all the same")

    def offer(self, kinds: Pairs, owners: Pairs, sites: Pairs) -> None:
        """Set what can be chosen; call this before validating."""
        people = [*owners]
        self.kind.offer([("", "Choose one"), *kinds])
        self.owner.offer(people)
        self.second.offer([NOBODY_ELSE, *people])
        self.site.offer([("", "Choose a site"), *sites])

    @property
    def asks_why_more(self) -> bool:
        """Whether the page asks why one more contact is needed."""
        field: Any = self.why_more
        return bool(field.data or field.errors)

    @property
    def watches(self) -> bool:
        """Whether the fields of a close observation are open: something is in or wrong in them."""
        fields: tuple[Any, ...] = (self.observe_until, self.parents_view)
        return any(field.data or field.errors for field in fields)


class BookVisitForm(VisitFields, Form):
    """A new visit."""

    level = ChoiceField(
        "Who may read it?",
        [required("Choose who may read it")],
        choices=[
            (Level.OPEN.value, "Both agencies on the case"),
            (
                Level.OWN_AGENCY.value,
                "My agency",
                "The other agency is told that there is a visit, and no more.",
            ),
        ],
        render_kw=SMALL,
    )


class ChangeVisitForm(VisitFields, VersionedForm):
    """A planned visit as it is to be; another time asks who wanted it."""

    moved_by = ChoiceField(
        "Who wanted another time?", [optional()], choices=MovedBy.choices(), render_kw=SMALL
    )
    why_moved = CleanStringField("Why", [optional()], limit=400, subject="Why")


class CancelVisitForm(Form):
    """Why a visit is cancelled."""

    moved_by = ChoiceField(
        "Who cancels it?",
        [required("Choose who cancels it")],
        choices=MovedBy.choices(),
        message="Choose who cancels it",
    )
    reason = CleanStringField("Why?", [required("Say why it is cancelled")], limit=400)


class CombineForm(Form):
    """Another visit that becomes one with this."""

    other = ChoiceField(
        "Which visit becomes one with it?",
        [required("Choose a visit")],
        message="Choose a visit",
    )


class WeekForm(Form):
    """What an agency says about a week with many contacts."""

    word = ChoiceField(
        "What do you say for your agency?",
        [required("Choose one")],
        choices=WeekWord.choices(),
        message="Choose one",
    )
    text = CleanTextField(
        "In a few words",
        [required("Say it in a few words")],
        limit=1000,
        rows=3,
        description="Which are combined, why each is needed, or what the week did for the family.",
    )


class VisitKindForm(Form):
    """A kind of visit, in the area's own words."""

    name = CleanStringField("Name", [required("Enter a name")], limit=100)
    joint = TickField("It has an owner of each agency")
    observes = TickField("It is a close observation: it needs a purpose, an end and their view")
    supervises = TickField("It is a parent’s supervised time with a child: the parent is asked too")


class ChangeVisitKindForm(VisitKindForm):
    """A kind of visit as it is to be."""

    retired = TickField("It is not offered for new visits")
