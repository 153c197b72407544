"""What stands in the library, and how far families are with the joint protocol (E31, E32)."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_library
from coordinator.access.library_sights import DocumentInSight
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.models.directory import Post
from coordinator.models.library import Document, DocumentVersion
from coordinator.services import library, protocol
from coordinator.services.library import Words
from coordinator.vocabulary import DocumentKind, Evidence, PostKind

YEAR = timedelta(days=365)
PROTOCOL = Words(
    "Working together with families where a parent has a mental illness",
    "Everybody who works with a family of both agencies",
    "Talk with each other every two weeks, keep one plan, and ask the children.",
    "# Who it is for\nBoth agencies, from the day on which both work with a family.\n\n"
    "# What we do\n- The two workers talk at least every two weeks.\n- There is one plan, and both"
    " sign it.\n- Somebody asks each child what they need.",
)
SECOND = Words(
    PROTOCOL.title,
    PROTOCOL.for_whom,
    "Talk with each other every two weeks, keep one plan that begins with what helps, and ask the"
    " children.",
    f"{PROTOCOL.body}\n- What helps is written with the parent and stands first.\n- The parent has"
    " their own copy in plain words.\n\n# If it does not work\nSay so to each other first. Then the"
    " managers talk, then the safeguarding leads.",
    what_changed="What helps stands first; the parent has a copy",
)
BRUISES = Words(
    "Bruises in babies who do not crawl yet",
    "Everybody who sees a baby",
    "Phone the duty desk at once, and do not ask how it happened first.",
    "# What to do\n- Phone the duty desk the same hour.\n- Write down what you saw, and where.\n"
    "- Do not wait for a form.",
    kept_at="The whole policy lies in the area’s safeguarding procedures, chapter 12.",
)


def load(session: Session) -> None:
    """Let Farah fill the shelf, Esi write the next version, and Ben read one."""
    with scene(session, "Farah", ago=500, does="library.manage") as told:
        ahead = told.moment.today + timedelta(days=480)
        kind = DocumentKind.POLICY
        library.add(session, told.actor, told.moment, kind, BRUISES, _leads(session), ahead)
        kind = DocumentKind.PROTOCOL
        made = library.add(session, told.actor, told.moment, kind, PROTOCOL, _leads(session), ahead)
    with scene(session, "Farah", ago=60, does="library.manage") as told:
        for reference in session.scalars(select(Document.reference).where(Document.number == 1)):
            library.set_owners(session, _seen(told, reference), _leads(session))
        standing = select(Document.reference).where(Document.review_on.is_(None))
        for reference in session.scalars(standing):
            library.review(session, told.moment, _seen(told, reference), told.moment.today + YEAR)
    with scene(session, "Esi", ago=40, does="library.write") as told:
        seen = _seen(told, made)
        library.new_version(
            session, told.actor, told.moment, seen, seen.version, SECOND, told.moment.today + YEAR
        )
    with scene(session, "Ben", ago=30, does="library.read") as told:
        second = select(DocumentVersion.reference).where(DocumentVersion.number == 2)
        held = session.scalars(second).one()
        version = find_library.document_version(session, told.actor, told.moment, held)
        if version is None:
            raise LostThreadError(made)
        library.have_read(session, told.actor, told.moment, version)


def mark_by_hand(session: Session) -> None:
    """Let Ben say of a family that the two workers sit together: no record shows it (E31)."""
    with scene(session, "Ben", "FERN-03", ago=3, does="protocol.mark") as told:
        why = "Idris and I sit in one room on Thursdays and talk there."
        protocol.mark(session, told.actor, told.moment, told.family, Evidence.TALKED, why)


def _leads(session: Session) -> list[str]:
    leads = select(Post.reference).where(Post.kind == PostKind.SAFEGUARDING_CHILDREN)
    return list(session.scalars(leads))


def _seen(told: Scene, reference: str) -> DocumentInSight:
    seen = find_library.document(told.session, told.actor, told.moment, reference)
    if seen is None:
        raise LostThreadError(reference)
    return seen
