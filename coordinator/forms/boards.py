"""Writing on the board of a meeting, answering, and changing one's own words."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import ChoiceField, CleanTextField, ListField, optional, required
from coordinator.vocabulary import BoardSide


def _text(label: str) -> CleanTextField:
    return CleanTextField(label, [required("Write what it is")], limit=1000, rows=3)


class BoardForm(Form):
    """A strength, a worry or a need, and whose words they are."""

    side = ChoiceField(
        "What is it?",
        [required("Choose what it is")],
        choices=[
            (BoardSide.STRENGTH.value, "A strength"),
            (BoardSide.WORRY.value, "A worry"),
            (BoardSide.NEED.value, "A need"),
        ],
        render_kw={"params": {"classes": "govuk-radios--inline govuk-radios--small"}},
    )
    text = _text("In their own words")
    said_by = ListField(
        "Whose words?", [optional()], message="Choose somebody who is invited, or of the family"
    )


class BoardAnswerForm(Form):
    """An answer, which stands beneath what it answers."""

    text = _text("Your answer")


class BoardWordsForm(VersionedForm):
    """Other words of one's own."""

    text = _text("Your words")
