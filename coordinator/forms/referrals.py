"""Writing a referral on the current form, sending it, and deciding on one."""

from collections.abc import Iterable
from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    ListField,
    SubmitButton,
    optional,
    required,
)
from coordinator.forms.sharing import (
    basis_field,
    parent_told_field,
    parent_view_field,
    purpose_field,
    review_field,
)
from coordinator.vocabulary import REFERRAL_OUTCOMES, GuideStep, Need


class BeginReferralForm(Form):
    """Which form: only those that hold now are offered (E30)."""

    form = ChoiceField(
        "Which form?", [required("Choose the form")], message="Choose one of the forms"
    )


class DraftForm(VersionedForm):
    """The base of a draft's form; `written_on` adds the questions of one version."""

    later = SubmitButton("Save the draft")


def written_on(questions: Iterable[Any]) -> type[DraftForm]:
    """Return the form of these questions (`id`, `label`, `hint`, `need`)."""
    fields: dict[str, Any] = {}
    for question in questions:
        may = " (optional)" if question.need is Need.MAY else ""
        fields[f"answer_{question.id}"] = CleanTextField(
            f"{question.label}{may}", [optional()], limit=4000, rows=3, description=question.hint
        )
        if question.need is Need.OR_WHY:
            fields[f"why_{question.id}"] = CleanStringField(
                "If you leave it out: why?", [optional()], limit=400
            )
    return type("WrittenForm", (DraftForm,), fields)


class SendForm(Form):
    """Where it goes, what allows it, and what the parent was told."""

    whom = ChoiceField(
        "Where does it go?", [required("Choose where it goes")], message="Choose where it goes"
    )
    purpose = purpose_field()
    basis = basis_field()
    parent_told = parent_told_field()
    parent_view = parent_view_field()
    review_on = review_field()


class OutcomeForm(Form):
    """The decision on a referral, which goes back to its sender."""

    outcome = ChoiceField(
        "What is decided?",
        [required("Choose what is decided")],
        choices=[(state.value, state.label) for state in REFERRAL_OUTCOMES],
    )
    reason = CleanTextField(
        "Why, and what happens now?",
        [required("Write why, and what happens now")],
        limit=2000,
        rows=4,
        description="The sender reads this. Such as: initial conference within 15 working days.",
    )


class RouteForm(Form):
    """Where referrals about an area go."""

    area = ListField("Area", [required("Choose an area")], message="Choose an area")
    team = ListField("Team", [required("Choose a team")], message="Choose a team")
    hours = CleanStringField(
        "Its hours",
        [required("Enter the hours of the team")],
        limit=200,
        description="Such as: Monday to Friday, 9am to 5pm",
    )
    night = ListField("Team outside these hours", [optional()], message="Choose a team")
    what_next = CleanTextField(
        "What happens next",
        [optional()],
        limit=1000,
        rows=3,
        description="Whoever refers reads this: who calls them back, and by when.",
    )


class GuideWordsForm(Form):
    """What one kind of agency reads on each screen; a blank line parts paragraphs."""

    danger = CleanTextField(GuideStep.DANGER.label, [required("Write this screen")], limit=2000)
    lead = CleanTextField(GuideStep.LEAD.label, [required("Write this screen")], limit=2000)
    refer = CleanTextField(GuideStep.REFER.label, [required("Write this screen")], limit=2000)
    disagree = CleanTextField(GuideStep.DISAGREE.label, [required("Write this screen")], limit=2000)


class FormVersionForm(Form):
    """A new version of a form."""

    name = CleanStringField("Name", [required("Enter the name")], limit=200)
    hint = CleanStringField("When is it used?", [optional()], limit=400)
    questions = CleanTextField(
        "Questions, one on a line",
        [required("Write at least one question")],
        limit=4000,
        rows=12,
        description="End a line with * if it must be answered, or with a space and ? if it may be"
        " left out. Any other may be left out with a reason.",
    )
