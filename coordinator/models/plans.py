"""The shared plan: what helps, goals, who does what by when, roles, agreement and sign-off."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import (
    ActionState,
    Agreement,
    CannotReason,
    EntryKind,
    EventKind,
    GoalFor,
)


class Plan(Entry):
    """One plan for one family.  A side without a goal has a reason instead (E51)."""

    __tablename__ = "plans"
    content: ClassVar[tuple[str, ...]] = ("no_child_goal", "no_parent_goal", "no_family_goal")
    __mapper_args__ = {"polymorphic_identity": EntryKind.PLAN}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    no_child_goal: Mapped[str] = mapped_column(String(400), default="")
    no_parent_goal: Mapped[str] = mapped_column(String(400), default="")
    no_family_goal: Mapped[str] = mapped_column(String(400), default="")


class WhatHelps(Entry):
    """What helps when working with me, written with the parent and placed first (E27)."""

    __tablename__ = "what_helps"
    content: ClassVar[tuple[str, ...]] = ("text",)
    __mapper_args__ = {"polymorphic_identity": EntryKind.WHAT_HELPS}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class Goal(Entry):
    """A goal for the child, the parent or the family.

    A goal that is dropped stays in what was signed; one that is `reached_at` leaves the plan, too.
    """

    __tablename__ = "goals"
    content: ClassVar[tuple[str, ...]] = ("goal_for", "text", "dropped")
    __mapper_args__ = {"polymorphic_identity": EntryKind.GOAL}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    goal_for: Mapped[GoalFor] = mapped_column(words(GoalFor))
    text: Mapped[str] = mapped_column(Text)
    dropped: Mapped[bool] = mapped_column(default=False)
    reached_at: Mapped[datetime | None]


class GoalAgreement(Model):
    """What one agency says of one version of a goal; the newest row of an agency counts (E15)."""

    __tablename__ = "goal_agreements"
    part_of: ClassVar[str | None] = "goal_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id"), index=True)
    goal_version: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agreement: Mapped[Agreement] = mapped_column(words(Agreement))
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class RoleStatement(Entry):
    """What one professional on the case does for the family, and what not (E13)."""

    __tablename__ = "role_statements"
    content: ClassVar[tuple[str, ...]] = ("i_do", "i_do_not")
    __mapper_args__ = {"polymorphic_identity": EntryKind.ROLE_STATEMENT}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    i_do: Mapped[str] = mapped_column(Text)
    i_do_not: Mapped[str] = mapped_column(Text)


class Action(Entry):
    """One task with exactly one owner, an agency and a date (E13).

    Where a guest does it, its owner is the worker or team who asked them and sees that it is done.
    """

    __tablename__ = "actions"
    content: ClassVar[tuple[str, ...]] = ("text", "owner_account_id", "owner_team_id", "due_on")
    __mapper_args__ = {"polymorphic_identity": EntryKind.ACTION}
    __table_args__ = (
        CheckConstraint(
            "(owner_account_id IS NULL) <> (owner_team_id IS NULL)", name="exactly_one_owner"
        ),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goals.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    owner_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    owner_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    owner_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(words(ActionState))
    state_reason: Mapped[str] = mapped_column(String(400), default="")
    cannot_reason: Mapped[CannotReason | None] = mapped_column(words(CannotReason))
    state_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    state_at: Mapped[datetime]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """An action is directed at its owner; what came of it is its state."""
        return TrailFacts(EventKind.CHANGE, self.state.value, self.owner_account_id)


class PassedOn(Model):
    """That a guest passed on what became this action: they see who has it (P07)."""

    __tablename__ = "passed_on"
    part_of: ClassVar[str | None] = "action_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    guest_id: Mapped[int] = mapped_column(ForeignKey("guests.id"), index=True)
    at: Mapped[datetime]


class PlanVersion(Model):
    """A version that both agencies signed: locked, a set of entry versions."""

    __tablename__ = "plan_versions"
    part_of: ClassVar[str | None] = "plan_id"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    number: Mapped[int]
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    locked_at: Mapped[datetime]


class PlanVersionEntry(Model):
    """One entry, at the version that was signed."""

    __tablename__ = "plan_version_entries"
    part_of: ClassVar[str | None] = "entry_id"

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, index=True)
    entry_version: Mapped[int]


class PlanSignature(Model):
    """An agency's lead worker signed the plan with this content; other content needs a new one."""

    __tablename__ = "plan_signatures"
    part_of: ClassVar[str | None] = "plan_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    signed_at: Mapped[datetime]
