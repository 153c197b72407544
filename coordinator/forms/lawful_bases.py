"""A reason for sharing, as an administrator writes it."""

from coordinator.forms.base import VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    optional,
    required,
)
from coordinator.vocabulary import BasisKind


class LawfulBasisForm(VersionedForm):
    """One reason, with one plain sentence."""

    name = CleanStringField("Name", [required("Enter a name")], limit=100)
    kind = ChoiceField(
        "Kind of lawful basis",
        [required("Choose the kind of lawful basis")],
        choices=BasisKind.choices(),
        description="Consent cannot be chosen when somebody must be kept safe; vital interests"
        " only then.",
    )
    sentence = CleanTextField(
        "One plain sentence",
        [required("Write one plain sentence")],
        limit=300,
        rows=3,
        counted=True,
        description="Practitioners read it when they share. Write it for somebody in a hurry.",
    )
    source = CleanStringField(
        "Where it comes from",
        [optional()],
        limit=400,
        description="The act, or the local policy and where it lies.",
    )
