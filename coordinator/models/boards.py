"""The board of a meeting: strengths, worries and needs, each with its author (S06)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import words
from coordinator.models.entries import Entry
from coordinator.vocabulary import BoardSide, EntryKind

# At most one of the three: somebody for whom the author wrote it down.
SAID_BY_ONE = (
    "CASE WHEN said_by_account_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN said_by_guest_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN said_by_person_id IS NULL THEN 0 ELSE 1 END <= 1"
)


class BoardEntry(Entry):
    """One line on the board, or an answer to one.

    Nobody takes it away, and nobody but its author changes its words.  `said_by_…` names whose
    words they are where the author wrote them down for somebody else.  What a guest sent by their
    link (`by_link_at`) stands under who arranged the meeting, and is changed by nobody.
    """

    __tablename__ = "board_entries"
    __table_args__ = (CheckConstraint(SAID_BY_ONE, name="said_by_one"),)
    content: ClassVar[tuple[str, ...]] = ("text",)
    __mapper_args__ = {"polymorphic_identity": EntryKind.BOARD_ENTRY}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("board_entries.id"), index=True)
    side: Mapped[BoardSide] = mapped_column(words(BoardSide))
    text: Mapped[str] = mapped_column(Text)
    said_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    said_by_guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id"), index=True)
    said_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    by_link_at: Mapped[datetime | None]
