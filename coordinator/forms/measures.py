"""Over which time, and of which team, a manager asks for measures: sent with GET."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ListField, optional
from coordinator.vocabulary import MeasurePeriod

ANY_TEAM = ("", "All that I may know of")


class MeasuresForm(Form):
    """A period and a team; without them the last three months, of every family."""

    class Meta:
        """A question changes nothing, so that it needs no token."""

        csrf = False

    form_key = None  # type: ignore[assignment]
    period = ListField(
        "Time",
        [optional()],
        choices=MeasurePeriod.choices(),
        message="Choose a time from the list",
    )
    team = ListField("Families of", [optional()], message="Choose a team from the list")
