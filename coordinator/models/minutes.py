"""The minutes of a meeting as a whole, and what people say of it afterwards."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import CheckAnswer, CheckQuestion, EntryKind, EventKind


class Minutes(Entry):
    """What was decided in plain words, the parent's view, and whether the minutes are closed.

    What was said in a part stands in the part, at its level (models/agendas.py).
    """

    __tablename__ = "minutes"
    content: ClassVar[tuple[str, ...]] = (
        "decided",
        "parents_view",
        "why_no_view",
        "why_no_strengths",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.MINUTES}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    decided: Mapped[str] = mapped_column(Text, default="")
    parents_view: Mapped[str] = mapped_column(Text, default="")
    why_no_view: Mapped[str] = mapped_column(Text, default="")
    why_no_strengths: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A change, or that the minutes were closed."""
        return TrailFacts(EventKind.CHANGE, "closed" if "closed_at" in changed else None)


class CheckCount(Model):
    """How often an answer was given after meetings of a kind, by people of an agency (E34).

    No row is anybody's: answers are counted and not kept, and the trail is not told of them.  They
    wait until five people have answered, and are shown together, so that no single answer can be
    told from the figures before and after it.
    """

    __tablename__ = "check_counts"
    audited: ClassVar[bool] = False

    kind_id: Mapped[int] = mapped_column(ForeignKey("meeting_kinds.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True, index=True)
    question: Mapped[CheckQuestion] = mapped_column(words(CheckQuestion), primary_key=True)
    answer: Mapped[CheckAnswer] = mapped_column(words(CheckAnswer), primary_key=True)
    waiting: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)
