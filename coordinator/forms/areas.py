"""The name of an area."""

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import CleanStringField, required


class AddAreaForm(Form):
    """A new area."""

    name = CleanStringField("Name of the area", [required("Enter a name")], limit=200)


class AreaForm(VersionedForm):
    """An area's name."""

    name = CleanStringField("Name of the area", [required("Enter a name")], limit=200)
