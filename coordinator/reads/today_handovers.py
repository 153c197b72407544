"""Changes of workers on one person's page: what to read first, and whom to meet (S18)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import my_families, not_excluded
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.families import Family
from coordinator.models.handover_notes import HandoverNote
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow
from coordinator.vocabulary import Level

_From, _To = aliased(Account), aliased(Account)


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits, in the columns of reads/matters.py.

    Who takes over reads the note until the other has gone; the others meet them until that day.
    """
    meets_on = func.coalesce(HandoverNote.meets_on, HandoverNote.starts_on)
    mine = and_(
        HandoverNote.to_account_id == actor.account_id, HandoverNote.last_on >= moment.today
    )
    return (
        matter(
            source="handover",
            part=case((mine, "mine"), else_="others"),
            reference=HandoverNote.reference,
            family=Family.reference,
            who=_To.name,
            what=_From.name,
            at=HandoverNote.created_at,
            due_on=case((mine, HandoverNote.starts_on), else_=meets_on),
        )
        .select_from(HandoverNote)
        .join(Family, Family.id == HandoverNote.family_id)
        .join(_From, _From.id == HandoverNote.from_account_id)
        .join(_To, _To.id == HandoverNote.to_account_id)
        .where(
            HandoverNote.level == Level.OPEN,
            HandoverNote.family_id.in_(my_families(actor, moment)),
            or_(mine, meets_on >= moment.today),
            not_excluded(actor, HandoverNote.family_id),
        ),
    )


def mine(matters: Iterable[Any]) -> Iterator[TodayRow]:
    """Yield what to read first, and the new workers to meet."""
    for row in matters:
        if row.source != "handover":
            continue
        reads = row.part == "mine"
        yield TodayRow(
            kind="handover",
            verb="Read first:" if reads else "Meet",
            text=f"what {row.what} hands over to you"
            if reads
            else f"{row.who}, who takes over from {row.what}",
            href=f"/handover-notes/{row.reference}",
            family=row.family,
            due=row.due_on,
            due_word="from" if reads else "on",
        )
