"""The log of who was contacted.  Triggers make it append-only: a correction is a new row."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind, Mechanism, Outcome


class ContactAttempt(Entry):
    """One try at reaching somebody.  `attempted_at` is not `recorded_at` (the entry's creation).

    Exactly one of `account_id` (a worker), `team_id` (a duty desk), `person_id` (family) and
    `someone_else` says whom; a guest (`guest_id`) is named there as they were called on that day.
    `corrects_id` names the attempt that this row replaces.
    """

    __tablename__ = "contact_attempts"
    content: ClassVar[tuple[str, ...]] = ("line", "outcome")
    __mapper_args__ = {"polymorphic_identity": EntryKind.CONTACT_ATTEMPT}
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN account_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN team_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN someone_else = '' THEN 0 ELSE 1 END) = 1",
            name="exactly_one_contacted",
        ),
        Index(None, "attempted_at"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    someone_else: Mapped[str] = mapped_column(default="")
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id"), index=True)
    contacted_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    attempted_at: Mapped[datetime]
    mechanism: Mapped[Mechanism] = mapped_column(words(Mechanism))
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    line: Mapped[str] = mapped_column(String(400))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("contact_attempts.id"), unique=True)

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A contact attempt, with its outcome, towards the worker who was tried."""
        return TrailFacts(EventKind.CONTACT, self.outcome.value, self.account_id)
