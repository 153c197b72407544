"""Writing the shared plan, agreeing with it, opening it and signing it."""

from wtforms import HiddenField

from coordinator.forms.base import Form, VersionedForm
from coordinator.forms.fields import (
    ChoiceField,
    CleanTextField,
    SeveralField,
    optional,
    required,
)
from coordinator.forms.sharing import (
    basis_field,
    parent_told_field,
    parent_view_field,
    purpose_field,
    review_field,
    who_needs_field,
)
from coordinator.vocabulary import Agreement, GoalFor, Purpose

LONG = 4000


class PressForm(VersionedForm):
    """One press: no more than the version of what was read."""


class WhatHelpsForm(VersionedForm):
    """What helps, in the parent's or carer's own words as far as possible."""

    text = CleanTextField(
        "What helps when working with me",
        [required("Write what helps")],
        limit=LONG,
        rows=8,
        description="Write it with the parent or carer, in their words: what helps, what does not,"
        " how and when to get in touch.",
    )


class GoalForm(VersionedForm):
    """A goal in plain words, and for whom it is."""

    goal_for = ChoiceField(
        "Whom is the goal for?",
        [required("Say whom the goal is for")],
        choices=GoalFor.choices(),
    )
    text = CleanTextField(
        "The goal",
        [required("Write the goal")],
        limit=LONG,
        rows=3,
        description="What will be different, in words that the family would use."
        " For example: getting to school on time, most days.",
    )


class AgreementForm(VersionedForm):
    """What the actor's agency says of a goal."""

    agreement = ChoiceField(
        "Does your agency agree with this goal?",
        [required("Say whether your agency agrees")],
        choices=Agreement.choices(),
    )
    comment = CleanTextField(
        "What you do not agree with, and what would do instead",
        [optional()],
        limit=LONG,
        rows=3,
        description="Needed unless you agree. Both agencies read it.",
    )


class RoleForm(VersionedForm):
    """What the actor does for the family and what not."""

    i_do = CleanTextField(
        "What I do",
        [required("Write what you do for this family")],
        limit=LONG,
        rows=4,
        description="For example: I see the parent every two weeks and review the care plan.",
    )
    i_do_not = CleanTextField(
        "What I do not do",
        [required("Write what you do not do, so that nobody waits for it")],
        limit=LONG,
        rows=4,
        description="For example: I do not assess parenting. That is for the social worker.",
    )


class MissingGoalsForm(VersionedForm):
    """Why a side has no goal; only the sides without one are asked about."""

    no_child_goal = CleanTextField("Why there is no goal for the child", limit=400, rows=2)
    no_parent_goal = CleanTextField(
        "Why there is no goal for the parent or carer", limit=400, rows=2
    )
    no_family_goal = CleanTextField(
        "Why there is no goal for the family together", limit=400, rows=2
    )

    def ask_only(self, names: list[str]) -> None:
        """Leave out the sides that have a goal."""
        for name in ("no_child_goal", "no_parent_goal", "no_family_goal"):
            if name not in names:
                delattr(self, name)


class ShareForm(Form):
    """The three facts of an act of sharing (spec/sharing.md): purpose, what, parent told."""

    entries = SeveralField("What exactly is opened?")
    purpose = purpose_field([pair for pair in Purpose.choices() if pair[0] != Purpose.OTHER])
    basis = basis_field()
    who_needs = who_needs_field()
    parent_told = parent_told_field()
    parent_view = parent_view_field()
    review_on = review_field()

    def offer(self, parts: list[tuple[str, str, str]]) -> None:
        """List what can be opened, all of it ticked at first; where nothing is, ask nothing."""
        if not parts:
            del self.entries
            return
        self.entries.offer(parts)
        if not self.is_submitted():
            self.entries.data = [part[0] for part in parts]


class SignForm(Form):
    """The fingerprint of the words that the signer read."""

    content = HiddenField()
