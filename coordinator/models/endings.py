"""One agency's help for a family ends: planned, acknowledged by the other, with a way back."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind, ViewAsked


class Ending(Entry):
    """The end of the help that the author's agency gives (E24, P03).

    `ends_on` is the last day, in London; until `back_until` help is taken up again without a new
    referral, by asking `team_id`, the lead worker's team.  The other agency acknowledges it, and
    says whether it `keeps_plan`: goes on with what helps and the early signs.  Else a manager lets
    it end without, with a reason.
    """

    __tablename__ = "endings"
    content: ClassVar[tuple[str, ...]] = (
        "reason",
        "view",
        "parents_view",
        "ends_on",
        "continues",
        "way_back",
        "back_until",
        "numbers",
        "override_reason",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.ENDING}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    view: Mapped[ViewAsked] = mapped_column(words(ViewAsked))
    parents_view: Mapped[str] = mapped_column(Text)
    ends_on: Mapped[date]
    continues: Mapped[str] = mapped_column(Text)
    way_back: Mapped[str] = mapped_column(Text)
    back_until: Mapped[date]
    numbers: Mapped[str] = mapped_column(Text)
    override_reason: Mapped[str] = mapped_column(Text, default="")
    keeps_plan: Mapped[bool] = mapped_column(default=False)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    acknowledged_at: Mapped[datetime | None]
    overridden_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    overridden_at: Mapped[datetime | None]
    finished_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    finished_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:
        """A change, with what it was where that is more than words."""
        marks = ("acknowledged_at", "overridden_at", "finished_at", "withdrawn_at", "returned_at")
        outcome = next(
            (f"ending-{mark.removesuffix('_at')}" for mark in marks if mark in changed), None
        )
        return TrailFacts(EventKind.CHANGE, None if new else outcome)


class EndingItem(Model):
    """What becomes of one thing that the agency holds: who takes it over, or why it ends."""

    __tablename__ = "ending_items"
    part_of: ClassVar[str | None] = "ending_id"

    ending_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    reason: Mapped[str] = mapped_column(String(400), default="")


class EndedPart(Model):
    """A worker's part that ended with their agency's help: they keep the past in sight."""

    __tablename__ = "ended_parts"
    part_of: ClassVar[str | None] = "ending_id"

    ending_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    involvement_id: Mapped[int] = mapped_column(
        ForeignKey("involvements.id"), primary_key=True, index=True
    )
