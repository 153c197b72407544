"""Choosing a time zone."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ListField, required


class TimeZoneForm(Form):
    """In which time zone somebody reads times beside London's."""

    zone = ListField("Time zone", [required("Choose a time zone")], message="Choose a time zone")
