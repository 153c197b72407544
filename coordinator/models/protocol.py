"""The joint protocol: its steps as an area sets them, and the marks made by hand (E31)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, Evidence


class ProtocolStep(Model):
    """A step, bound to what shows it.  Never changed: the newest row of an evidence holds."""

    __tablename__ = "protocol_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence: Mapped[Evidence] = mapped_column(words(Evidence))
    text: Mapped[str]
    position: Mapped[int]
    in_force: Mapped[bool]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime | None]


class ProtocolMark(Entry):
    """Somebody says that a step is done although no record shows it, and why."""

    __tablename__ = "protocol_marks"
    content: ClassVar[tuple[str, ...]] = ("evidence", "reason")
    __mapper_args__ = {"polymorphic_identity": EntryKind.PROTOCOL_MARK}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    evidence: Mapped[Evidence] = mapped_column(words(Evidence))
    reason: Mapped[str] = mapped_column(Text)
    taken_back_at: Mapped[datetime | None]
