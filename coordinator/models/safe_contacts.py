"""How somebody can be reached safely: a table of its own, named readers only (threats, 2)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind


class SafeContact(Entry):
    """How to reach a person safely, and how never to.

    Its words stand here and nowhere else, so they have no versions: what changes is written
    anew, and the old one ends.
    """

    __tablename__ = "safe_contacts"
    content: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    how: Mapped[str] = mapped_column(Text)
    never: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]

    __mapper_args__ = {"polymorphic_identity": EntryKind.SAFE_CONTACT}
