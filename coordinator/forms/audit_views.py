"""The name of a saved view of the audit."""

from wtforms import HiddenField

from coordinator.forms.base import Form
from coordinator.forms.fields import CleanStringField, required


class AuditViewForm(Form):
    """What the reader calls a question that they ask again."""

    name = CleanStringField(
        "Name of the view",
        [required("Enter a name")],
        limit=60,
        description="Only you see it. Leave names of families out.",
    )


class SaveAuditViewForm(AuditViewForm):
    """A question, as the query of its address, and its name."""

    question = HiddenField()
