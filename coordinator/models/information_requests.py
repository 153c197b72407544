"""Requests for information between agencies and inside one, their answers and challenges (E16)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import (
    AnswerKind,
    ChallengeOutcome,
    EntryKind,
    EventKind,
    ParentTold,
    RequestState,
    Verdict,
)


class InformationRequest(Entry):
    """What is asked, why, for which decision, by when, of one person or of a team's duty desk.

    With `fresh_view` a manager, new to the family, is asked to look at it with new eyes (S20).
    """

    __tablename__ = "information_requests"
    content: ClassVar[tuple[str, ...]] = ("what", "why", "decision", "due_on")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    asked_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    asked_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    asked_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    about_entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    state: Mapped[RequestState] = mapped_column(words(RequestState))
    fresh_view: Mapped[bool] = mapped_column(default=False)

    # Two foreign keys lead to `entries`; only the shared primary key is the inheritance.
    __mapper_args__ = {
        "polymorphic_identity": EntryKind.INFORMATION_REQUEST,
        "inherit_condition": id == Entry.id,
    }

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A request, directed at the person who is asked."""
        return TrailFacts(EventKind.REQUEST, self.state.value, self.asked_account_id)


class InformationAnswer(Entry):
    """The answer to a request; its requester says whether it was enough."""

    __tablename__ = "information_answers"
    content: ClassVar[tuple[str, ...]] = ("answer", "text", "reason", "parent_told", "parent_view")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    answer: Mapped[AnswerKind] = mapped_column(words(AnswerKind))
    text: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    parent_told: Mapped[ParentTold | None] = mapped_column(words(ParentTold))
    parent_view: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[Verdict | None] = mapped_column(words(Verdict))
    verdict_at: Mapped[datetime | None]

    __mapper_args__ = {
        "polymorphic_identity": EntryKind.INFORMATION_ANSWER,
        "inherit_condition": id == Entry.id,
    }

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """An answer, or its requester's verdict."""
        return TrailFacts(EventKind.REQUEST, (self.verdict or self.answer).value)


class Challenge(Model):
    """A requester challenges an answer, or silence, before both managers; they settle it."""

    __tablename__ = "challenges"
    part_of: ClassVar[str | None] = "request_id"

    request_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(Text)
    outcome: Mapped[ChallengeOutcome | None] = mapped_column(words(ChallengeOutcome))
    settled: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    settled_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A challenge, or how it was settled."""
        return TrailFacts(EventKind.REQUEST, self.outcome.value if self.outcome else "challenged")
