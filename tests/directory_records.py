"""Records of the directory for the sweeps: somebody who is away."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator.models.absences import Absence
from sharing_writer import account_id
from writer import Writer


def away(writer: Writer, name: str, cover: str | None = None, days: int = 3) -> Absence:
    """Add an absence from today on, once; who is away told it."""
    who = account_id(writer.session, name)
    told = writer.session.scalars(select(Absence).where(Absence.account_id == who)).first()
    if told is not None:
        return told
    absence = Absence(
        account_id=who,
        cover_id=account_id(writer.session, cover) if cover else None,
        starts_on=writer.moment.today,
        ends_on=writer.moment.today + timedelta(days=days - 1),
        told_by_id=who,
        told_at=writer.moment.now,
    )
    writer.session.add(absence)
    writer.session.flush()
    return absence
