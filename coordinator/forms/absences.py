"""When somebody is away, and who acts for them."""

from coordinator.forms.base import Form
from coordinator.forms.fields import DatePartsField, ListField, optional, required


class AbsenceForm(Form):
    """The days, and a name to call.  Why somebody is away is not asked."""

    starts_on = DatePartsField(
        "First day away", [required("Enter the first day")], subject="The first day"
    )
    ends_on = DatePartsField(
        "Last day away", [required("Enter the last day")], subject="The last day"
    )
    cover = ListField(
        "Who acts for them?",
        [optional()],
        description="Everybody sees the name and the number. It gives them no access to a case.",
    )
