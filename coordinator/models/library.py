"""The library: protocols, policies and forms as text, role cards, and the words we use (E32)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import AgencyKind, DocumentKind


class Document(Referenced, Model):
    """A document; `number` is that of the version that holds.

    `agency_kind` says whose card a role card is.  One that is withdrawn is offered no more.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("agency_kind"),
        CheckConstraint(
            "(kind = 'role-card') = (agency_kind IS NOT NULL)", name="a_card_is_of_an_agency"
        ),
    )

    kind: Mapped[DocumentKind] = mapped_column(words(DocumentKind))
    agency_kind: Mapped[AgencyKind | None] = mapped_column(words(AgencyKind))
    number: Mapped[int]
    review_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class DocumentVersion(Referenced, Model):
    """One version of a document, never changed; `asks` is what it asks of people in plain words.

    `body` is text with headings (services/library.py); `kept_at` says where the whole document
    lies if it is not here.
    """

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int]
    title: Mapped[str]
    for_whom: Mapped[str]
    asks: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[str] = mapped_column(String(400))
    what_changed: Mapped[str] = mapped_column(String(400))
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime | None]


class DocumentOwner(Model):
    """A post whose holder looks after a document: it stays when its holder leaves."""

    __tablename__ = "document_owners"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True, index=True)


class DocumentReading(Model):
    """Somebody said that they have read a version."""

    __tablename__ = "document_readings"

    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)
    read_at: Mapped[datetime]
