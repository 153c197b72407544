"""Taking a family's chronology out of the tool (E53)."""

from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.sights import FamilyInSight
from coordinator.trail import Subject
from coordinator.vocabulary import EventKind, ExportAs, ExportReason


def record_export(session: Session, *, family: FamilyInSight, reason: ExportReason) -> None:
    """Write into the trail that the page to print was taken out, and what for."""
    subject = Subject(family.id, None, "families", family.reference)
    trail.write(session, EventKind.EXPORT, subject, outcome=ExportAs.PAPER, reason=reason)
