"""Finding documents of the library, which everybody who is signed in may read."""

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.library_sights import DocumentInSight, DocumentVersionInSight
from coordinator.access.sights import Moment
from coordinator.models.directory import PostHolding
from coordinator.models.library import Document, DocumentOwner, DocumentVersion


def looked_after_by(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which documents this person looks after today: by a post that they answer for."""
    return exists().where(
        DocumentOwner.document_id == Document.id,
        PostHolding.post_id == DocumentOwner.post_id,
        PostHolding.account_id == actor.account_id,
        current(PostHolding, moment.today),
    )


def document(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> DocumentInSight | None:
    """Return a document."""
    row = session.execute(
        select(
            Document.id,
            Document.reference,
            Document.version,
            looked_after_by(actor, moment),
        ).where(Document.reference == reference)
    ).one_or_none()
    return DocumentInSight(*row[:-1], bool(row[-1])) if row else None


def document_version(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
) -> DocumentVersionInSight | None:
    """Return a version of a document, superseded ones too."""
    row = session.execute(
        select(
            DocumentVersion.id,
            DocumentVersion.reference,
            Document.reference.label("document_reference"),
            and_(Document.number == DocumentVersion.number, Document.withdrawn_at.is_(None)).label(
                "holds"
            ),
        )
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.reference == reference)
    ).one_or_none()
    return DocumentVersionInSight(*row[:-1], bool(row.holds)) if row else None
