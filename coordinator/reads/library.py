"""The library: what is offered, one document with its versions, who has read it (E32)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from coordinator import plain_text
from coordinator.access.actor import Actor, current
from coordinator.access.find_library import looked_after_by
from coordinator.access.library_sights import DocumentInSight, DocumentVersionInSight
from coordinator.access.sights import Moment
from coordinator.errors import NotFoundError
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.library import Document, DocumentReading, DocumentVersion
from coordinator.reads import library_owners
from coordinator.reads.referral_forms import FormVersion
from coordinator.reads.referral_forms import current as current_forms
from coordinator.vocabulary import AgencyKind, DocumentKind

# Where a word is looked for, beside what the document is.
SOUGHT = ("title", "for_whom", "asks", "body", "kept_at")


@dataclass(frozen=True)
class DocumentLine:
    """A version as a list shows it; `read_at` is when the reader said that they have read it."""

    reference: str
    document_reference: str
    kind: DocumentKind
    title: str
    for_whom: str
    asks: str
    number: int
    set_at: datetime | None
    review_on: date | None
    overdue: bool
    holds: bool
    withdrawn: bool
    read_at: datetime | None


@dataclass(frozen=True)
class Found:
    """What the library offers for some words: documents, and the forms of referrals."""

    documents: tuple[DocumentLine, ...]
    forms: tuple[FormVersion, ...]


@dataclass(frozen=True)
class DocumentPage:
    """A version to read; `versions` are all of its document, the newest first."""

    line: DocumentLine
    sight: DocumentInSight
    body: str
    blocks: tuple[plain_text.Block, ...]
    kept_at: str
    what_changed: str
    owners: tuple[library_owners.Owner, ...]
    versions: tuple[DocumentLine, ...]
    read_by: tuple[tuple[str, int, int], ...]

    @property
    def now(self) -> DocumentLine:
        """The version that holds, or held last."""
        return self.versions[0]


def offered(session: Session, actor: Actor, moment: Moment, words: str = "") -> Found:
    """Return what holds now and has all of these words in it.  Two statements."""
    statement = _lines(actor, moment).where(
        Document.number == DocumentVersion.number, Document.withdrawn_at.is_(None)
    )
    sought = words.split()
    for word in sought:
        kinds = [kind for kind in DocumentKind if word.casefold() in kind.label.casefold()]
        told = (getattr(DocumentVersion, name).icontains(word, autoescape=True) for name in SOUGHT)
        statement = statement.where(or_(Document.kind.in_(kinds), *told))
    forms = tuple(
        form
        for form in current_forms(session)
        if all(word.casefold() in f"form {form.name} {form.hint}".casefold() for word in sought)
    )
    return Found(_shown(session, statement), forms)


def read_by_me(session: Session, actor: Actor, moment: Moment) -> tuple[DocumentLine, ...]:
    """Return the versions that the actor has read, the last one first.  One statement."""
    mine = _lines(actor, moment).where(DocumentReading.read_at.is_not(None))
    return _shown(session, mine.order_by(None).order_by(DocumentReading.read_at.desc()))


def withdrawn(session: Session, actor: Actor, moment: Moment) -> tuple[DocumentLine, ...]:
    """Return what is offered no more, as it stood last.  One statement."""
    gone = _lines(actor, moment).where(
        Document.number == DocumentVersion.number, Document.withdrawn_at.is_not(None)
    )
    return _shown(session, gone)


def one(session: Session, actor: Actor, moment: Moment, document: DocumentInSight) -> DocumentPage:
    """Return a document as it holds now, or held last.  Four statements."""
    return _page(session, actor, moment, Document.id == document.id, Document.number)


def version(
    session: Session, actor: Actor, moment: Moment, seen: DocumentVersionInSight
) -> DocumentPage:
    """Return one version, which may be superseded.  Four statements."""
    which = DocumentVersion.reference == seen.reference
    return _page(session, actor, moment, which, DocumentVersion.number)


def standing(
    session: Session,
    actor: Actor,
    moment: Moment,
    kind: DocumentKind,
    agency_kind: AgencyKind | None = None,
) -> DocumentPage:
    """Return the role card of a kind of agency, or the words we use.  Four statements.

    Raises `NotFoundError` where there is none.
    """
    whose = (
        Document.agency_kind.is_(None)
        if agency_kind is None
        else Document.agency_kind == agency_kind
    )
    return _page(session, actor, moment, and_(Document.kind == kind, whose), Document.number)


def _lines(actor: Actor, moment: Moment) -> Any:
    due = and_(Document.review_on < moment.today, Document.withdrawn_at.is_(None))
    return (
        select(
            DocumentVersion.reference,
            Document.reference.label("document_reference"),
            Document.kind,
            DocumentVersion.title,
            DocumentVersion.for_whom,
            DocumentVersion.asks,
            DocumentVersion.number,
            DocumentVersion.set_at,
            Document.review_on,
            due.label("overdue"),
            (Document.number == DocumentVersion.number).label("holds"),
            Document.withdrawn_at.is_not(None).label("withdrawn"),
            DocumentReading.read_at,
        )
        .select_from(DocumentVersion)
        .join(Document, Document.id == DocumentVersion.document_id)
        .outerjoin(
            DocumentReading,
            and_(
                DocumentReading.version_id == DocumentVersion.id,
                DocumentReading.account_id == actor.account_id,
            ),
        )
        .order_by(func.lower(DocumentVersion.title), DocumentVersion.id)
    )


def _shown(session: Session, statement: Any) -> tuple[DocumentLine, ...]:
    flags = ("overdue", "holds", "withdrawn")
    return tuple(
        DocumentLine(**row._asdict() | {flag: bool(getattr(row, flag)) for flag in flags})
        for row in session.execute(statement)
    )


def _page(session: Session, actor: Actor, moment: Moment, which: Any, number: Any) -> DocumentPage:
    row = session.execute(
        select(
            Document.id,
            Document.reference.label("document_reference"),
            Document.version,
            looked_after_by(actor, moment).label("owned"),
            DocumentVersion.id.label("version_id"),
            DocumentVersion.reference,
            DocumentVersion.body,
            DocumentVersion.kept_at,
            DocumentVersion.what_changed,
        )
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(which, DocumentVersion.number == number)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    ordered = DocumentVersion.number.desc()
    all_of_it = _lines(actor, moment).where(Document.id == row.id).order_by(None).order_by(ordered)
    versions = _shown(session, all_of_it)
    return DocumentPage(
        line=next(line for line in versions if line.reference == row.reference),
        sight=DocumentInSight(row.id, row.document_reference, row.version, bool(row.owned)),
        body=row.body,
        blocks=plain_text.blocks(row.body),
        kept_at=row.kept_at,
        what_changed=row.what_changed,
        owners=library_owners.of(session, moment, row.id),
        versions=versions,
        read_by=_read_by(session, actor, moment, row.version_id),
    )


def _read_by(
    session: Session, actor: Actor, moment: Moment, version_id: int
) -> tuple[tuple[str, int, int], ...]:
    """Return how many have read it, of how many, for each team that the actor manages.

    No name: the list of what somebody has read is their own.
    """
    if not actor.managed_team_ids:
        return ()
    rows = session.execute(
        select(
            Team.name,
            func.count(DocumentReading.account_id.distinct()),
            func.count(Membership.account_id.distinct()),
        )
        .join(Membership, Membership.team_id == Team.id)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(
            DocumentReading,
            and_(
                DocumentReading.account_id == Membership.account_id,
                DocumentReading.version_id == version_id,
            ),
        )
        .where(
            Team.id.in_(actor.managed_team_ids),
            current(Membership, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
        )
        .group_by(Team.id, Team.name)
        .order_by(Team.name)
    )
    return tuple((row[0], row[1], row[2]) for row in rows)
