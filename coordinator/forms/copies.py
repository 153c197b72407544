"""Writing down that somebody has their copy."""

from coordinator.forms.base import Form
from coordinator.forms.fields import (
    CleanStringField,
    DatePartsField,
    ListField,
    optional,
    required,
)


class CopyGivenForm(Form):
    """Who has their copy, since when, and in which language."""

    invitation = ListField(
        "Who has their copy?",
        [required("Say who has their copy")],
        message="Choose a member of the family",
    )
    on = DatePartsField("When was it handed over?", [required("Enter the day")])
    language = CleanStringField(
        "Language, if it was translated (optional)", [optional()], limit=100, subject="Language"
    )
