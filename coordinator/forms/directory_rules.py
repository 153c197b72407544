"""After how long posts are confirmed anew, and who is asked when they are not."""

from coordinator.forms.base import VersionedForm
from coordinator.forms.fields import CleanStringField, CleanTextField, DatePartsField, required

NUMBER = {"inputmode": "numeric", "params": {"classes": "govuk-input--width-3"}}


def _days(label: str, description: str = "") -> CleanStringField:
    return CleanStringField(
        label,
        [required("Enter the number of days")],
        limit=3,
        description=description,
        render_kw=NUMBER,
    )


class PeriodsForm(VersionedForm):
    """The periods, in days."""

    confirmed_every_days = _days("A confirmation lasts so many days", "After that it turns amber.")
    asked_before_days = _days("The holder is asked so many days before")
    deputy_after_days = _days("The deputy is asked so many days after")
    manager_after_days = _days("The manager is asked so many days after")
    answers_every_days = _days(
        "A kept answer is looked at again after so many days",
        "Answers to what colleagues asked (Ask a colleague).",
    )
    from_date = DatePartsField("From which day", [required("Enter the day")], subject="The day")
    reason = CleanTextField("Why", [required("Say why")], limit=400)
