"""The numbers of one group of settings, and why they change."""

from typing import Any

from wtforms import HiddenField, ValidationError

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import CleanStringField, CleanTextField, required
from coordinator.settings import KNOWN, Setting
from coordinator.vocabulary import SettingGroup

SAVE = "save"


def group_form(group: SettingGroup) -> type[VersionedForm]:
    """Return the form of a group: a field for each number, why, and whether to save it.

    `sure` is empty at first; what would change is shown before it is saved.
    """
    mine = [setting for setting in KNOWN.values() if setting.group is group]
    parts: dict[str, Any] = {setting.name: _field(setting) for setting in mine}
    parts["reason"] = CleanTextField("Why", [required("Say why")], limit=400, rows=2)
    parts["sure"] = HiddenField()
    return type("GroupForm", (VersionedForm,), parts)


def _field(setting: Setting) -> CleanStringField:
    allowed = f"From {setting.least} to {setting.most}."

    def is_allowed(form: Form, field: CleanStringField) -> None:  # noqa: ARG001
        typed = field.data
        if not (typed.isascii() and typed.isdecimal() and setting.allows(int(typed))):
            raise ValidationError(setting.refusal)

    return CleanStringField(
        setting.label,
        [required(f"Enter a number of {setting.unit}"), is_allowed],
        limit=4,
        description=f"{setting.hint} {allowed}".strip(),
        subject="The number",
        render_kw={
            "inputmode": "numeric",
            "params": {"classes": "govuk-input--width-3", "suffix": {"text": setting.unit}},
        },
    )
