"""Where people sit: their base, shared desks by the day of the week, and short slots (E08)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, or_
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind, SlotOutcome


class Desk(Referenced, Model):
    """A person's base, which has no weekday, or their desk at a site on one weekday (0: Monday).

    `opens` and `closes` are minutes since midnight in London; `slot_minutes` is how long a slot
    is that others may book, 0 for none.  Both days are inclusive; a row is never changed but for
    its last day, and one that ends before it starts was taken back.
    """

    __tablename__ = "desks"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 4", name="on_a_weekday"),
        CheckConstraint(
            "CASE WHEN weekday IS NULL THEN opens = 0 AND closes = 0 ELSE opens < closes END",
            name="open_for_a_time",
        ),
        CheckConstraint("slot_minutes IN (0, 15, 20)", name="short_slots"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    weekday: Mapped[int | None]
    opens: Mapped[int] = mapped_column(default=0)
    closes: Mapped[int] = mapped_column(default=0)
    slot_minutes: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    told_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    told_at: Mapped[datetime]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """Where somebody sits is directed at them."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.account_id)


class DeskSlot(Referenced, Model):
    """A slot that somebody booked with whoever sits at a desk, and what came of it.

    `minute` is when it begins, since midnight in London on its day.  It says nothing of a family;
    `word` is what who cancelled it says to the other.
    """

    __tablename__ = "desk_slots"
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    day: Mapped[date]
    minute: Mapped[int]
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    line: Mapped[str]
    booked_at: Mapped[datetime]
    outcome: Mapped[SlotOutcome | None] = mapped_column(words(SlotOutcome))
    word: Mapped[str] = mapped_column(default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    ended_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A slot stands in the trail with what came of it."""
        return TrailFacts(EventKind.CHANGE, self.outcome.value if self.outcome else None)


_TAKES_ITS_TIME = or_(DeskSlot.outcome.is_(None), DeskSlot.outcome != SlotOutcome.CANCELLED)
Index(
    "uq_desk_slots_taken_once",
    DeskSlot.desk_id,
    DeskSlot.day,
    DeskSlot.minute,
    unique=True,
    sqlite_where=_TAKES_ITS_TIME,
    postgresql_where=_TAKES_ITS_TIME,
)


class DeskTalk(Entry):
    """A planned contact: that a booked slot is for a talk about a family, and what for."""

    __tablename__ = "desk_talks"
    content: ClassVar[tuple[str, ...]] = ("what",)
    __mapper_args__ = {"polymorphic_identity": EntryKind.DESK_TALK}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("desk_slots.id"), unique=True)
    with_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    what: Mapped[str] = mapped_column(Text)

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A planned contact is directed at who is to be talked with."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.with_id)
