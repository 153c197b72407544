"""Keeping the library: each change of a document's words is a new version (E32).

Two posts look after a document, one for each kind of agency, and whoever holds them is asked when
its review date passes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import plain_text
from coordinator.access.actor import Actor
from coordinator.access.library_sights import DocumentInSight, DocumentVersionInSight
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.directory import Agency, Post
from coordinator.models.library import Document, DocumentOwner, DocumentReading, DocumentVersion
from coordinator.vocabulary import STANDING_KINDS, AgencyKind, DocumentKind

PARTNERS = (AgencyKind.CMHT, AgencyKind.CSC)
# What a role card says, in this order (E51).
CARD = ("What we must do", "What we cannot do", "What to expect, and by when", "Words we use")


@dataclass(frozen=True)
class Words:
    """What a version says; `body` as coordinator/plain_text.py reads it."""

    title: str
    for_whom: str
    asks: str
    body: str = ""
    kept_at: str = ""
    what_changed: str = ""


def add(
    session: Session,
    actor: Actor,
    moment: Moment,
    kind: DocumentKind,
    words: Words,
    owners: Collection[str],
    review_on: date | None,
) -> str:
    """Add a document with its first version; return its reference.

    `owners` are references of posts.  Raises `InvalidError`.
    """
    if kind in STANDING_KINDS:
        raise InvalidError({"kind": "There is one of these already: write its next version"})
    _check(kind, words)
    _ahead(moment, review_on)
    posts = _posts(session, owners)
    document = Document(kind=kind, number=1, review_on=review_on)
    session.add(document)
    session.flush()
    session.add(_version(actor, moment, document, words))
    session.add_all(DocumentOwner(document_id=document.id, post_id=post) for post in posts)
    session.flush()
    return document.reference


def new_version(
    session: Session,
    actor: Actor,
    moment: Moment,
    document: DocumentInSight,
    version: int | None,
    words: Words,
    review_on: date | None,
) -> None:
    """Write the next version; the one before stays readable and says so.

    Raises `InvalidError`, and `ConflictError` with what stands now.
    """
    record = session.get_one(Document, document.id)
    if version != record.version:
        now = session.scalars(
            select(DocumentVersion).where(
                DocumentVersion.document_id == record.id, DocumentVersion.number == record.number
            )
        ).one()
        raise ConflictError(
            {"title": now.title, "asks": now.asks, "body": now.body}, record.version
        )
    _check(record.kind, words)
    _ahead(moment, review_on)
    record.number += 1
    record.review_on = review_on
    session.add(_version(actor, moment, record, words))
    session.flush()


def review(
    session: Session, moment: Moment, document: DocumentInSight, review_on: date | None
) -> None:
    """Say that a document was looked at and stays as it is until the next review date.

    Raises `InvalidError` for a date that is not ahead.
    """
    _ahead(moment, review_on)
    session.get_one(Document, document.id).review_on = review_on
    session.flush()


def set_owners(session: Session, document: DocumentInSight, owners: Collection[str]) -> None:
    """Say which posts look after a document from now on.  Raises `InvalidError`."""
    posts = _posts(session, owners)
    there = {
        owner.post_id: owner
        for owner in session.scalars(
            select(DocumentOwner).where(DocumentOwner.document_id == document.id)
        )
    }
    for post_id in there.keys() - posts:
        session.delete(there[post_id])
    for post_id in posts - there.keys():
        session.add(DocumentOwner(document_id=document.id, post_id=post_id))
    session.flush()


def withdraw(
    session: Session, moment: Moment, document: DocumentInSight, *, withdrawn: bool
) -> None:
    """Offer a document no more, or offer it again.

    Raises `InvalidError` for a role card and for the words: pages lead there.
    """
    record = session.get_one(Document, document.id)
    if record.kind in STANDING_KINDS:
        raise InvalidError("Pages lead to it, so it stays. Write its next version instead")
    record.withdrawn_at = moment.now if withdrawn else None
    session.flush()


def have_read(
    session: Session, actor: Actor, moment: Moment, version: DocumentVersionInSight
) -> None:
    """Say that one has read a version; a second time changes nothing.

    Raises `InvalidError` for one that holds no more.
    """
    if not version.holds:
        raise InvalidError("Another version holds now. Read that one")
    key = (version.id, actor.account_id)
    if session.get(DocumentReading, key) is None:
        session.add(
            DocumentReading(version_id=version.id, account_id=actor.account_id, read_at=moment.now)
        )
        session.flush()


def _version(actor: Actor, moment: Moment, document: Document, words: Words) -> DocumentVersion:
    return DocumentVersion(
        document_id=document.id,
        number=document.number,
        **vars(words),
        set_by_id=actor.account_id,
        set_at=moment.now,
    )


def _check(kind: DocumentKind, words: Words) -> None:
    if not words.body and not words.kept_at:
        raise InvalidError({"body": "Write the text, or say below where it is kept"})
    lacks = [part for part in CARD if part not in plain_text.headings(words.body)]
    if kind is DocumentKind.ROLE_CARD and lacks:
        raise InvalidError({"body": f"Write a heading for this: # {lacks[0]}"})


def _ahead(moment: Moment, review_on: date | None) -> None:
    if review_on is None or review_on <= moment.today:
        raise InvalidError({"review_on": "The review date must be in the future"})


def _posts(session: Session, owners: Collection[str]) -> set[int]:
    """Return the posts: one of each kind of agency, neither more nor fewer."""
    found = {
        row.kind: row.id
        for row in session.execute(
            select(Post.id, Agency.kind)
            .join(Agency, Agency.id == Post.agency_id)
            .where(Post.reference.in_(owners))
        )
    }
    problems = {
        f"owner_{kind}": "Choose who looks after it" for kind in PARTNERS if kind not in found
    }
    if problems:
        raise InvalidError(problems)
    return {found[kind] for kind in PARTNERS}
