"""Taking a family's chronology out of the tool, with a reason (E53)."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, required
from coordinator.vocabulary import ExportAs, ExportReason


class ExportForm(Form):
    """Why it leaves, and as what."""

    reason = ChoiceField(
        "What is it for?",
        [required("Choose what it is for: without a reason it stays here")],
        choices=ExportReason.choices(),
    )
    how = ChoiceField(
        "As what?", [required("Choose a page or a table")], choices=ExportAs.choices()
    )
