"""The one idea in the data: everything said about a family is an entry.

A kind adds its own columns in its own table, joined to this one, so there is one sharing rule, one
list of named readers, one chronology, and a new kind is safe the day it is added.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import EntryKind, Level, Notice


class Entry(Referenced, Model):
    """What all entries share.  A trigger lets only `level`, `notice` and `version` change."""

    __tablename__ = "entries"
    __table_args__: Any = (Index(None, "family_id", "kind", "created_at"),)

    # The fields that people wrote and agreed: kept in `entry_versions`, compared and signed.
    content: ClassVar[tuple[str, ...]] = ()

    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"))
    kind: Mapped[EntryKind] = mapped_column(words(EntryKind))
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    level: Mapped[Level] = mapped_column(words(Level))
    notice: Mapped[Notice] = mapped_column(words(Notice))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {
        "polymorphic_on": kind,
        "version_id_col": version,
    }

    def said(self) -> dict[str, Any]:
        """Return the words of this entry as they now stand."""
        return {field: getattr(self, field) for field in self.content}


class EntryReader(Model):
    """A named reader of an entry that is not open."""

    __tablename__ = "entry_readers"
    part_of: ClassVar[str | None] = "entry_id"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)


class EntryVersion(Model):
    """The words of an entry at one version, as JSON; written on flush, never changed."""

    __tablename__ = "entry_versions"
    audited: ClassVar[bool] = False

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
