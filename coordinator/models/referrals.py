"""Referrals: an entry of the family, sent to a team; an answer comes back (E28 to E30)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind, ReferralState


class Referral(Entry):
    """What one agency tells a team about a child, on the form that is current when it is begun.

    A draft is for the author's own agency; sent, it is open, and the team that it went to reads
    it and nothing else of the family.  `due_on` is the last day in London on which the team is in
    time to acknowledge it, `due_at` the instant from which it is late.
    """

    __tablename__ = "referrals"
    __table_args__ = (Index(None, "to_team_id", "state"),)
    content: ClassVar[tuple[str, ...]] = ("area", "outcome_reason")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("referral_forms.id"), index=True)
    area: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[ReferralState] = mapped_column(words(ReferralState))
    to_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    sent_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    acknowledged_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    decided_at: Mapped[datetime | None]
    outcome_reason: Mapped[str] = mapped_column(Text, default="")
    outcome_read_at: Mapped[datetime | None]

    __mapper_args__ = {"polymorphic_identity": EntryKind.REFERRAL}

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """Where the referral stands now."""
        return TrailFacts(EventKind.CHANGE, self.state.value)


class ReferralAnswer(Model):
    """The answer to one question, or why it is left out."""

    __tablename__ = "referral_answers"
    part_of: ClassVar[str | None] = "referral_id"

    referral_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("referral_questions.id"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(Text, default="")
    why_left_out: Mapped[str] = mapped_column(String(400), default="")
