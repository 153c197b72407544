"""What the parent was told, chose not to say and objects to; and what she wrote herself (S23)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, OpennessKind


class Openness(Entry):
    """One line of the two-way openness record.

    What is not yet told, and an objection, stay until they are settled: told at last, withdrawn,
    or overruled in writing by a lead.
    """

    __tablename__ = "openness"
    content: ClassVar[tuple[str, ...]] = ("what", "why", "parent_view", "review_on")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    told: Mapped[OpennessKind] = mapped_column(words(OpennessKind))
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    parent_view: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    about_entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    settled: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    settled_at: Mapped[datetime | None]

    __mapper_args__ = {
        "polymorphic_identity": EntryKind.OPENNESS,
        "inherit_condition": id == Entry.id,
    }


class ParentsWords(Entry):
    """What has shaped this: written, and shown to whom she likes, by the parent (I18)."""

    __tablename__ = "parents_words"
    content: ClassVar[tuple[str, ...]] = ("text", "wish")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    wish: Mapped[str] = mapped_column(Text, default="")

    __mapper_args__ = {"polymorphic_identity": EntryKind.PARENTS_WORDS}
