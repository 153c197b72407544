"""The kinds of meeting, and the listed sites at which meetings are held."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import MeetingKindInSight
from coordinator.models.directory import Agency, Site
from coordinator.models.meetings import MeetingKind
from coordinator.vocabulary import OF_CHILD_PROTECTION, AgencyKind, Procedure


@dataclass(frozen=True)
class KindRow:
    """One kind; `called_by` is None where either agency calls it."""

    reference: str
    name: str
    called_by: AgencyKind | None
    procedure: Procedure | None
    retired: bool


def everything(session: Session) -> tuple[KindRow, ...]:
    """Return all kinds in the order of the list, retired ones too."""
    rows = session.execute(
        select(
            MeetingKind.reference,
            MeetingKind.name,
            MeetingKind.called_by,
            MeetingKind.procedure,
            MeetingKind.retired,
        ).order_by(MeetingKind.position, MeetingKind.id)
    )
    return tuple(KindRow(*row) for row in rows)


def one(session: Session, kind: MeetingKindInSight) -> KindRow:
    """Return one kind."""
    return next(row for row in everything(session) if row.reference == kind.reference)


def of_procedure(session: Session, procedure: Procedure) -> str:
    """Return the reference of the first kind that is this to the clocks, or "" if none is."""
    return (
        session.scalar(
            select(MeetingKind.reference)
            .where(MeetingKind.procedure == procedure, MeetingKind.retired.is_(False))
            .order_by(MeetingKind.position)
            .limit(1)
        )
        or ""
    )


def choices(
    kinds: Iterable[KindRow], actor: Actor, *, voluntary: bool = False
) -> list[tuple[str, str]]:
    """Return what a new meeting can be, as (reference, name): what the actor's agency calls first.

    All kinds are offered to both agencies; without those of child protection where help is
    `voluntary` (I20).
    """
    left_out = OF_CHILD_PROTECTION if voluntary else ()
    offered = [row for row in kinds if not row.retired and row.procedure not in left_out]
    offered.sort(key=lambda row: row.called_by is not actor.agency_kind)
    return [(row.reference, row.name) for row in offered]


def sites(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Return the listed sites, as (reference, name and address): the actor's agency first."""
    rows = session.execute(
        select(Site.reference, Site.name, Site.address)
        .join(Agency, Agency.id == Site.agency_id)
        .order_by(Agency.id != actor.agency_id, Site.name, Site.id)
    )
    return [(row.reference, ", ".join(filter(None, (row.name, row.address)))) for row in rows]
