"""The guide's two questions, and the name of a child whom nobody here knows."""

from coordinator.forms.base import Form
from coordinator.forms.fields import ChoiceField, CleanStringField, optional, required

NOBODY_HERE = "nobody-here"


class WorryForm(Form):
    """Whether somebody is in danger now, and which family it is about (E28)."""

    danger = ChoiceField(
        "Is somebody in danger now?",
        [required("Say whether somebody is in danger now")],
        choices=[("yes", "Yes", "Call 999 before you go on"), ("no", "No, or I am not sure")],
    )
    family = ChoiceField(
        "Which family is it about?", [optional()], message="Choose a family from the list"
    )


class ChildForm(Form):
    """A child of whom little may be known."""

    name = CleanStringField(
        "What is the child called?",
        [required("Write what the child is called, or what you know")],
        limit=200,
        description="As much as you know, such as: Sam, surname not known.",
    )
    own_words = CleanStringField(
        "How do you know of them?",
        [optional()],
        limit=200,
        description="Such as: nephew of somebody I work with. No address.",
    )
