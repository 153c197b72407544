"""The parent's own words, and whom she lets read them."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    CleanTextField,
    SeveralField,
    optional,
    required,
)


def _readers() -> SeveralField:
    return SeveralField(
        "Whom does the parent let read it?",
        [optional()],
        message="Choose people from the list",
        description="You read it because you write it down. Nobody else does unless named here.",
    )


class ParentsWordsForm(Form):
    """What has shaped this, in the parent's own words."""

    text = CleanTextField(
        "In the parent’s own words", [required("Write what the parent says")], limit=4000, rows=8
    )
    wish = CleanTextField(
        "What is the parent’s wish about it? (optional)",
        [optional()],
        limit=1000,
        rows=2,
        description="Such as: ask me before you speak of it.",
    )
    readers = _readers()


class ParentsReadersForm(VersionedForm):
    """Who reads the parent's own words from now on."""

    readers = _readers()
    wish = CleanTextField(
        "What did the parent wish?",
        [required("Write what the parent wishes")],
        limit=1000,
        rows=3,
        description="Today’s date is kept with it.",
    )
