"""What the parent was told about sharing, and what she said: one form for each kind of line."""

from collections.abc import Sequence

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanTextField,
    DatePartsField,
    ListField,
    optional,
    required,
)
from coordinator.vocabulary import Level, OpennessKind

FOR_BOTH_HINT = "Both agencies on the case read this."


def _what(label: str, message: str, hint: str = "") -> CleanTextField:
    return CleanTextField(label, [required(message)], limit=1000, rows=3, description=hint)


def _happened(label: str = "On which day?") -> DatePartsField:
    return DatePartsField(label, [required("Enter the day")], subject="The day")


def _view(label: str = "What does the parent think of it? (optional)") -> CleanTextField:
    return CleanTextField(label, [optional()], limit=1000, rows=2)


def _why() -> CleanTextField:
    return CleanTextField(
        "Why is the parent not told?",
        [required("Say why the parent is not told")],
        limit=1000,
        rows=3,
        description="Such as: not safe while somebody else reads her post.",
    )


def _review() -> DatePartsField:
    return DatePartsField(
        "When will you think of it again?",
        [required("Enter the day on which you will think of it again")],
        subject="The day",
        description="On that day it stands on your Today page.",
    )


def _level() -> ChoiceField:
    return ChoiceField(
        "Who may read it?",
        [required("Choose who may read it")],
        choices=[
            (Level.OPEN.value, "Both agencies on the case"),
            (Level.OWN_AGENCY.value, "My agency", "The other agency sees that there is a line."),
        ],
    )


def _about() -> ListField:
    return ListField(
        "Is it about a note? (optional)", [optional()], message="Choose one of the notes"
    )


class LineForm(Form):
    """The base of the forms for a line; each kind has the fields that it needs."""

    def offer_notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Offer the notes that a line can be about, where the form asks that."""
        if "about" in self._fields:
            self["about"].offer([("", "No"), *notes])


class ExplainedForm(LineForm):
    """How we share was explained."""

    happened_on = _happened()
    what = CleanTextField(
        "Who explained it, and was the sheet left with the parent? (optional)",
        [optional()],
        limit=1000,
        rows=2,
        description=FOR_BOTH_HINT,
    )
    parent_view = _view()


class ToldForm(LineForm):
    """We told the parent something."""

    what = _what("What did you tell the parent?", "Say what you told the parent")
    happened_on = _happened()
    parent_view = _view()
    about = _about()
    level = _level()


class NotToldForm(LineForm):
    """We have not told the parent something yet."""

    what = _what(
        "What is the parent not told?",
        "Say what the parent is not told",
        "Name it; there is no need to repeat it.",
    )
    why = _why()
    review_on = _review()
    about = _about()
    level = _level()


class AskedForHelpForm(LineForm):
    """The parent told us something, and asked for help."""

    what = _what("What help did the parent ask for?", "Say what help the parent asked for")
    happened_on = _happened()
    level = _level()


class ChoseNotToSayForm(LineForm):
    """The parent chose not to say something."""

    what = _what(
        "What did the parent choose not to speak about?",
        "Say what it is, in as few words as possible",
        "So that nobody asks again and again. It is no sign of anything.",
    )
    level = _level()


class ObjectionForm(LineForm):
    """The parent objects to sharing something."""

    what = _what(
        "What does the parent not want shared, and with whom?",
        "Say what the parent does not want shared",
        FOR_BOTH_HINT,
    )
    happened_on = _happened()
    about = _about()


FORMS: dict[OpennessKind, type[LineForm]] = {
    OpennessKind.EXPLAINED: ExplainedForm,
    OpennessKind.TOLD: ToldForm,
    OpennessKind.NOT_TOLD: NotToldForm,
    OpennessKind.ASKED_FOR_HELP: AskedForHelpForm,
    OpennessKind.CHOSE_NOT_TO_SAY: ChoseNotToSayForm,
    OpennessKind.OBJECTION: ObjectionForm,
}


class SettleForm(VersionedForm):
    """A call for help was answered, or an objection withdrawn."""

    words = CleanTextField(
        "What did the parent say?", [required("Say how it was settled")], limit=1000, rows=3
    )


class HelpForm(VersionedForm):
    """What became of a call for help; the answer brings its own questions with it (P02)."""

    answer = ChoiceField(
        "What became of it?",
        [required("Say what became of it")],
        choices=[("helped", "Help was given"), ("refused", "It was refused, or has to wait")],
    )
    words = CleanTextField("What help was given?", [optional()], limit=1000, rows=3)
    on = DatePartsField("When was it refused?", [optional()], subject="The day")
    why = CleanTextField("Why was it refused?", [optional()], limit=1000, rows=2)
    alternative = CleanTextField(
        "What is offered instead, until then?",
        [optional()],
        limit=1000,
        rows=2,
        description="Nobody should have to be worse first to be helped.",
    )
    review_on = DatePartsField("When is it looked at again?", [optional()], subject="The day")
    questioned = CleanTextField(
        "Did anybody question the refusal? If so: what was said, and to whom?",
        [optional()],
        limit=1000,
        rows=2,
    )


class AskAgainForm(VersionedForm):
    """Whether the parent is told by now; the answer brings its own questions with it."""

    answer = ChoiceField(
        "Has the parent been told by now?",
        [required("Say whether the parent has been told")],
        choices=[("told", "Yes, told"), ("not-yet", "Not yet")],
    )
    on = DatePartsField("If told: on which day?", [optional()], subject="The day")
    words = CleanTextField(
        "If told: what does the parent think of it?", [optional()], limit=1000, rows=3
    )
    why = CleanTextField("If not: why still?", [optional()], limit=1000, rows=3)
    review_on = DatePartsField(
        "If not: when will you think of it again?", [optional()], subject="The day"
    )


class AgreeForm(VersionedForm):
    """A safeguarding lead agrees in writing that sharing goes on although the parent objects."""

    words = CleanTextField(
        "Why do you agree, and to what?",
        [required("Write why you agree, and to what")],
        limit=2000,
        rows=5,
        description="Your name and these words stand beside the parent’s objection.",
    )
