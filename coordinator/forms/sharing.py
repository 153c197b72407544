"""Writing a note, and changing who may read what stands."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    SeveralField,
    SubmitButton,
    optional,
    required,
)
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Level, MentalHealthView, Notice, ParentTold, Purpose

AS_USUAL = "as-usual"
# Many questions on one page: each of them small.
SMALL = {"params": {"classes": "govuk-radios--small"}}


def _level_field(label: str) -> ChoiceField:
    return ChoiceField(
        label,
        [required("Choose who may read it")],
        choices=[
            (Level.OWN_AGENCY.value, "My agency", "Workers of your agency on this case"),
            (Level.NAMED.value, "People whom I name"),
            (
                Level.OPEN.value,
                "Both agencies on the case",
                "You will be asked why, and what the parent was told",
            ),
        ],
    )


def _readers_field() -> SeveralField:
    return SeveralField("Whom do you name?", [optional()], message="Choose people from the list")


def _notice_field() -> ChoiceField:
    return ChoiceField(
        "Who is told that it exists?",
        [optional()],
        choices=[
            (
                AS_USUAL,
                "As usual",
                "For your agency: everyone on the case. For named people: your agency.",
            ),
            (Notice.EVERYONE.value, Notice.EVERYONE.label),
            (Notice.OWN_AGENCY.value, "People of my agency on the case"),
            (Notice.NOBODY.value, "Nobody: hide even the notice"),
        ],
    )


def _why_hidden_field() -> CleanStringField:
    return CleanStringField(
        "If nobody: why?",
        [optional()],
        limit=400,
        description="Your safeguarding lead reads the reason. Leave names and details out.",
    )


def purpose_field(choices: Sequence[tuple[str, str]] = ()) -> ChoiceField:
    """Ask why; the service says when it must be said."""
    return ChoiceField(
        "Why do you share it?",
        [optional()],
        choices=choices or Purpose.choices(),
        render_kw=SMALL,
    )


def basis_field() -> ChoiceField:
    """Ask what allows it, from the area's own list."""
    return ChoiceField(
        "What allows it?", [optional()], message="Choose one from the list", render_kw=SMALL
    )


def who_needs_field() -> CleanStringField:
    """Ask who needs it."""
    return CleanStringField(
        "Who needs it, and for what?",
        [optional()],
        limit=400,
        description="Such as: Ben, to plan the visit on Friday.",
    )


def parent_told_field() -> ChoiceField:
    """Ask what the parent was told."""
    return ChoiceField(
        "Was the parent or carer told?",
        [optional()],
        choices=ParentTold.choices(),
        description="Tell her before you share, unless that is unsafe.",
        render_kw=SMALL,
    )


def parent_view_field() -> CleanTextField:
    """Ask what the parent said, or why she was not told."""
    return CleanTextField(
        "What do they think of it? If they are not told: why not?",
        [optional()],
        limit=1000,
        rows=2,
    )


def review_field() -> DatePartsField:
    """Ask when somebody looks again at what the parent was not told."""
    return DatePartsField(
        "If they are not told: when do you look at this again?", [optional()], subject="The day"
    )


class NoteForm(Form):
    """A short note, and who may read it."""

    text = CleanTextField("Note", [required("Write the note")], limit=4000, rows=5)
    mental_health = ChoiceField(
        "Is it a worry that rests on how somebody’s mental health shows?",
        [required("Say whether it does")],
        choices=MentalHealthView.choices(),
        render_kw=SMALL,
    )
    why_not_sought = CleanStringField("Why not yet?", [optional()], limit=400)
    level = _level_field("Who may read it?")
    readers = _readers_field()
    purpose = purpose_field()
    basis = basis_field()
    who_needs = who_needs_field()
    parent_told = parent_told_field()
    parent_view = parent_view_field()
    review_on = review_field()
    notice = _notice_field()
    why_hidden = _why_hidden_field()
    ask_first = SubmitButton("Not sure: keep it back and ask a lead")


class LevelForm(VersionedForm):
    """Who may read an entry from now on, and what has to be said for that."""

    level = _level_field("Who may read it from now on?")
    readers = _readers_field()
    purpose = purpose_field()
    basis = basis_field()
    who_needs = who_needs_field()
    what = CleanTextField(
        "What exactly do you share?",
        [optional()],
        limit=1000,
        rows=2,
        description="The least that will do. Name it; there is no need to repeat it.",
    )
    parent_told = parent_told_field()
    parent_view = parent_view_field()
    review_on = review_field()
    notice = _notice_field()
    why_hidden = _why_hidden_field()
    reason = CleanStringField(
        "Why does it change?",
        [optional()],
        limit=400,
        description="Needed when fewer people may read it, and for a colleague’s entry.",
    )


class HoldBackForm(Form):
    """Not to share an entry for now: why, and until when."""

    reason = CleanTextField(
        "Why is it not shared for now?",
        [required("Say why it is not shared")],
        limit=1000,
        rows=3,
        description="Whoever may read the entry reads this, too.",
    )
    review_on = DatePartsField(
        "When do you look at this again?",
        [required("Enter the day on which you look at it again")],
        subject="The day",
        description="On that day it stands on your Today page.",
    )


def day_to_look_again(today: date) -> date:
    """Return the day that is offered for looking at something again."""
    return today + timedelta(days=SETTINGS.look_again_days)


def chosen(form: Any) -> tuple[Level, tuple[str, ...], Notice | None]:
    """Return the level, the named readers and the notice; None for the level's usual notice."""
    notice = form.notice.data or AS_USUAL
    return (
        Level(form.level.data),
        tuple(form.readers.data or ()),
        None if notice == AS_USUAL else Notice(notice),
    )


def said(form: Any) -> dict[str, Any]:
    """Return what was said of an act of sharing, as far as it was, by the names of its facts."""
    return {
        "purpose": Purpose(form.purpose.data) if form.purpose.data else None,
        "what": (form.what.data or "") if "what" in form else "",
        "parent_told": ParentTold(form.parent_told.data) if form.parent_told.data else None,
        "parent_view": form.parent_view.data or "",
        "basis": form.basis.data or "",
        "who_needs": form.who_needs.data or "",
        "review_on": form.review_on.data,
    }
