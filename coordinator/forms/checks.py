"""The three questions after a meeting."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, SubmitButton, optional
from coordinator.vocabulary import CheckAnswer, CheckQuestion

INLINE = {"params": {"classes": "govuk-radios--inline"}}


def _ask(question: CheckQuestion) -> ChoiceField:
    return ChoiceField(
        question.label, [optional()], choices=CheckAnswer.choices(), render_kw=INLINE
    )


class CheckForm(Form):
    """One answer to each question, or none at all."""

    heard = _ask(CheckQuestion.HEARD)
    respectful = _ask(CheckQuestion.RESPECTFUL)
    had_needed = _ask(CheckQuestion.HAD_NEEDED)
    send = SubmitButton("Send my answers")
    rather_not = SubmitButton("I would rather not say")

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for each answer, unless the person would rather not say."""
        good = bool(super().validate(extra_validators))
        if self.rather_not.data:
            return good
        for question in CheckQuestion:
            name = question.value.replace("-", "_")
            if not self[name].data and not self[name].errors:
                self.refuse(name, "Choose one of the three")
                good = False
        return good

    @property
    def answers(self) -> dict[CheckQuestion, CheckAnswer]:
        """What was answered; nothing if the person would rather not say."""
        if self.rather_not.data:
            return {}
        return {
            question: CheckAnswer(self[question.value.replace("-", "_")].data)
            for question in CheckQuestion
        }
