"""Opening a family, and saying who belongs to it."""

from typing import Any

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanStringField,
    CleanTextField,
    DatePartsField,
    PhoneField,
    optional,
    required,
)
from coordinator.vocabulary import ChildrenAsked, Relation

CHILDREN = "Are there children at home, or children who see this person regularly?"
NOT_ASKED_HINT = "An honest answer. The case stands on your list until somebody has asked."
OWN_WORDS_HINT = "Such as mother, grandfather, foster carer, Leo’s father"


def _children_field() -> ChoiceField:
    return ChoiceField(
        CHILDREN,
        [required("Say whether there are children, or that nobody has asked yet")],
        choices=[
            (ChildrenAsked.YES.value, ChildrenAsked.YES.label),
            (ChildrenAsked.NO.value, ChildrenAsked.NO.label),
            (ChildrenAsked.NOT_ASKED.value, ChildrenAsked.NOT_ASKED.label, NOT_ASKED_HINT),
        ],
    )


def _why_not_field() -> CleanStringField:
    return CleanStringField("If nobody has asked yet: why not?", [optional()], limit=400)


def _nhs_number_field() -> CleanStringField:
    return CleanStringField(
        "NHS number (if known)",
        [optional()],
        limit=20,
        description="Ten digits, such as 999 123 4560",
        render_kw={"params": {"classes": "govuk-input--width-10"}, "inputmode": "numeric"},
    )


def _phone_field() -> PhoneField:
    return PhoneField(
        "Phone (if it is safe to call)",
        [optional()],
        subject="Phone",
        render_kw={"autocomplete": "off"},
    )


def _name_field() -> CleanStringField:
    return CleanStringField(
        "Full name", [required("Enter the full name")], limit=200, render_kw={"autocomplete": "off"}
    )


def _own_words_field(question: str) -> CleanStringField:
    return CleanStringField(
        f"{question} (if you like)", [optional()], limit=200, description=OWN_WORDS_HINT
    )


def _born_on_field(description: str) -> DatePartsField:
    return DatePartsField(
        "Date of birth (if known)", [optional()], subject="Date of birth", description=description
    )


class OpenFamilyForm(Form):
    """The parent or carer with whom a case begins, and whether anybody asked about children."""

    name = _name_field()
    own_words = _own_words_field("Who they are to the children, in the family’s own words")
    born_on = _born_on_field("Such as 27 3 1996")
    nhs_number = _nhs_number_field()
    phone = _phone_field()
    children_asked = _children_field()
    children_why_not = _why_not_field()


class ChildrenForm(VersionedForm):
    """The question about children, answered later."""

    children_asked = _children_field()
    children_why_not = _why_not_field()


class PersonForm(VersionedForm):
    """A member of the family: any gender, any relation, in their own words."""

    name = _name_field()
    relation = ChoiceField(
        "Place in the family",
        [required("Choose their place in the family")],
        choices=[
            (Relation.CHILD.value, "Child", "Also a child who is expected"),
            (Relation.PARENT_OR_CARER.value, "Parent or carer"),
            (Relation.PARTNER.value, "Partner"),
            (Relation.OTHER_CARER.value, "Other carer or relative"),
        ],
    )
    own_words = _own_words_field("In the family’s own words")
    born_on = _born_on_field("For a child who is expected: the day on which they are due")
    lives_with = ChoiceField(
        "Do they live in the household?",
        [optional()],
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not known")],
    )
    nhs_number = _nhs_number_field()
    phone = _phone_field()
    reach_by = CleanStringField(
        "How do they like to be reached? (if they have said)",
        [optional()],
        limit=400,
        description="In their words. Both agencies read it when they log a contact."
        " What must stay secret is a safe contact.",
    )
    silence_means = CleanStringField(
        "What does it mean if they do not answer? (if they have said)",
        [optional()],
        limit=400,
        description="Such as: I am not well, send a text",
    )

    @classmethod
    def adding(cls, *, child: bool) -> "PersonForm":
        """Return the form for somebody new, of whom the household is not known."""
        return cls(data={"lives_with": "", "relation": Relation.CHILD.value if child else None})

    @classmethod
    def of(cls, member: Any) -> "PersonForm":
        """Return the form filled in from a member of the family, as reads/people.py gives it."""
        lives_with = {True: "yes", False: "no", None: ""}[member.lives_with]
        return cls(
            data={
                "version": member.version,
                "name": member.name,
                "relation": member.relation.value,
                "own_words": member.own_words,
                "born_on": member.born_on,
                "lives_with": lives_with,
                "nhs_number": member.nhs_number,
                "phone": member.phone,
                "reach_by": member.reach_by,
                "silence_means": member.silence_means,
            }
        )

    @property
    def in_household(self) -> bool | None:
        """Whether they live in the household; None when that is not known."""
        return {"yes": True, "no": False}.get(self.lives_with.data or "")


class ReasonForm(Form):
    """Why a safeguarding lead looks at a family."""

    reason = CleanTextField(
        "Why do you need to see this family?",
        [required("Enter your reason")],
        limit=400,
        description="The family’s workers can see that you looked, and your reason is kept.",
    )
