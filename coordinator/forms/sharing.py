"""Writing a note, and changing who may read what stands."""

from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    SeveralField,
    optional,
    required,
)
from coordinator.vocabulary import Level, Notice, ParentTold, Purpose

AS_USUAL = "as-usual"


def _level_field(label: str) -> ChoiceField:
    return ChoiceField(
        label,
        [required("Choose who may read it")],
        choices=[
            (Level.OWN_AGENCY.value, "My agency", "Workers of your agency on this case"),
            (Level.NAMED.value, "People whom I name"),
            (Level.OPEN.value, "Both agencies on the case", "You will be asked for three facts"),
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
    return CleanStringField("If nobody: why?", [optional()], limit=400)


def _purpose_field() -> ChoiceField:
    return ChoiceField("Why do you share it?", [optional()], choices=Purpose.choices())


def _parent_told_field() -> ChoiceField:
    return ChoiceField("Was the parent or carer told?", [optional()], choices=ParentTold.choices())


def _parent_view_field() -> CleanTextField:
    return CleanTextField(
        "What do they think of it? If they are not told: why not?",
        [optional()],
        limit=1000,
        rows=3,
    )


class NoteForm(Form):
    """A short note, and who may read it."""

    text = CleanTextField("Note", [required("Write the note")], limit=4000, rows=5)
    level = _level_field("Who may read it?")
    readers = _readers_field()
    notice = _notice_field()
    why_hidden = _why_hidden_field()
    purpose = _purpose_field()
    parent_told = _parent_told_field()
    parent_view = _parent_view_field()


class LevelForm(VersionedForm):
    """Who may read an entry from now on, and what has to be said for that."""

    level = _level_field("Who may read it from now on?")
    readers = _readers_field()
    notice = _notice_field()
    why_hidden = _why_hidden_field()
    purpose = _purpose_field()
    what = CleanTextField(
        "What exactly do you share?",
        [optional()],
        limit=1000,
        rows=2,
        description="Name it; there is no need to repeat it.",
    )
    parent_told = _parent_told_field()
    parent_view = _parent_view_field()
    reason = CleanStringField(
        "Why does it change?",
        [optional()],
        limit=400,
        description="Needed when fewer people may read it, and for a colleague’s entry.",
    )


def chosen(form: Any) -> tuple[Level, tuple[str, ...], Notice | None]:
    """Return the level, the named readers and the notice; None for the level's usual notice."""
    notice = form.notice.data or AS_USUAL
    return (
        Level(form.level.data),
        tuple(form.readers.data or ()),
        None if notice == AS_USUAL else Notice(notice),
    )


def said(form: Any) -> tuple[Purpose | None, ParentTold | None, str]:
    """Return the facts of sharing as far as they were given: purpose, parent told, their view."""
    return (
        Purpose(form.purpose.data) if form.purpose.data else None,
        ParentTold(form.parent_told.data) if form.parent_told.data else None,
        form.parent_view.data or "",
    )
