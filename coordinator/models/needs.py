"""How to meet and talk with a member of the family: language, format, place, and what is safe."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, MeetWhere


class Needs(Entry):
    """What a parent or carer needs so as to take part; written anew when it changes (S31, I05).

    At the level *open* it says language, format and place.  At *safe contact* it holds `note`, a
    private word on safety, and `safe`: the answer to whether it is safe to invite this person
    (I14).  What is private stands in its own row alone and has no versions.
    """

    __tablename__ = "needs"
    content: ClassVar[tuple[str, ...]] = (
        "language",
        "interpreter",
        "formats",
        "likes",
        "not_there",
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    language: Mapped[str] = mapped_column(String(100), default="")
    interpreter: Mapped[bool] = mapped_column(default=False)
    formats: Mapped[str] = mapped_column(String(400), default="")
    likes: Mapped[MeetWhere | None] = mapped_column(words(MeetWhere, "likes"))
    not_there: Mapped[MeetWhere | None] = mapped_column(words(MeetWhere, "not_there"))
    note: Mapped[str] = mapped_column(Text, default="")
    safe: Mapped[bool | None]
    ended_at: Mapped[datetime | None]

    __mapper_args__ = {"polymorphic_identity": EntryKind.NEEDS}
