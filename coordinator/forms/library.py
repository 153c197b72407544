"""Documents of the library: their words, who looks after them, when they are reviewed."""

from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    ListField,
    optional,
    required,
)
from coordinator.vocabulary import STANDING_KINDS, AgencyKind, DocumentKind


def _review_field() -> Any:
    return DatePartsField(
        "Review it by",
        [required("Enter the date by which it is reviewed")],
        description="Whoever looks after it has it on their Today page then.",
    )


def _owner_field(kind: AgencyKind) -> Any:
    return ListField(
        f"Who looks after it in {kind.label.lower()}?",
        [required("Choose who looks after it")],
        message="Choose who looks after it",
        description="A post: it stays when its holder leaves.",
    )


class WordsForm(Form):
    """What a version says."""

    title = CleanStringField("Title", [required("Enter the title")], limit=200)
    for_whom = CleanStringField("Whom it is for", [required("Write whom it is for")], limit=200)
    asks = CleanTextField(
        "What it asks, in plain words",
        [required("Write what it asks")],
        limit=600,
        rows=3,
        counted=True,
        description="One or two sentences. People read these first.",
    )
    body = CleanTextField(
        "The text (optional if it is kept elsewhere)",
        [optional()],
        limit=40000,
        rows=16,
        description="Begin a heading with “# ” and a line of a list with “- ”. A blank line parts"
        " paragraphs.",
    )
    kept_at = CleanStringField(
        "Where the whole of it is kept (optional)",
        [optional()],
        limit=400,
        description="A folder or an address, as text. Coordinator does not open it.",
    )


class NewVersionForm(WordsForm, VersionedForm):
    """The next version of a document."""

    what_changed = CleanStringField("What changes", [required("Write what changes")], limit=400)
    review_on = _review_field()


class OwnersForm(Form):
    """The posts that look after a document."""

    owner_cmht = _owner_field(AgencyKind.CMHT)
    owner_csc = _owner_field(AgencyKind.CSC)


class AddDocumentForm(WordsForm):
    """A new document."""

    kind = ChoiceField(
        "What is it?",
        [required("Choose what it is")],
        choices=[choice for choice in DocumentKind.choices() if choice[0] not in STANDING_KINDS],
    )
    owner_cmht = _owner_field(AgencyKind.CMHT)
    owner_csc = _owner_field(AgencyKind.CSC)
    review_on = _review_field()


class ReviewForm(Form):
    """A document stays as it is until the next review."""

    review_on = _review_field()
