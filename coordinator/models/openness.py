"""What the parent was told, chose not to say and objects to; and what she wrote herself (S23)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind, OpennessKind, Settled


class Openness(Entry):
    """One line of the two-way openness record.

    `happened_on` is the day on which the parent was told, objected or asked.  What is not yet told,
    a call for help and an objection stand until they are settled; `how_settled` says how.  Help
    that was refused stands too, with why, what is offered instead (`alternative`), the day to look
    again (`review_on`) and what was said when the refusal was questioned (P02).
    """

    __tablename__ = "openness"
    content: ClassVar[tuple[str, ...]] = (
        "what",
        "why",
        "parent_view",
        "happened_on",
        "review_on",
        "settled",
        "refused_on",
        "alternative",
        "questioned",
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    told: Mapped[OpennessKind] = mapped_column(words(OpennessKind))
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    parent_view: Mapped[str] = mapped_column(Text, default="")
    happened_on: Mapped[date | None]
    review_on: Mapped[date | None]
    about_entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    settled: Mapped[str] = mapped_column(Text, default="")
    refused_on: Mapped[date | None]
    alternative: Mapped[str] = mapped_column(Text, default="")
    questioned: Mapped[str] = mapped_column(Text, default="")
    how_settled: Mapped[Settled | None] = mapped_column(words(Settled))
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    settled_at: Mapped[datetime | None]

    __mapper_args__ = {
        "polymorphic_identity": EntryKind.OPENNESS,
        "inherit_condition": id == Entry.id,
    }

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """What was said, or how it was settled: the words themselves stand on the record's page."""
        return TrailFacts(EventKind.SHARING, (self.how_settled or self.told).value)


class ParentsWords(Entry):
    """What has shaped this: written, and shown to whom she likes, by the parent (I18)."""

    __tablename__ = "parents_words"
    content: ClassVar[tuple[str, ...]] = ("text", "wish")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    wish: Mapped[str] = mapped_column(Text, default="")

    __mapper_args__ = {"polymorphic_identity": EntryKind.PARENTS_WORDS}
