"""A family's chronology as it leaves the tool: whole, with its disputes, strengths and gaps (T24).

It says what it does not hold in words that are always the same, so that nobody learns from it
whether there is something held back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.reads.chronology import DatedLine, of_family
from coordinator.vocabulary import Attendance, ExportReason, MeetingState, Strand

MEETINGS = cast("Table", Meeting.__table__)
ON_THE_CASE = ("joined", "left", "join-asked")


@dataclass(frozen=True)
class Share:
    """What an agency wrote of it: how many lines, from when to when."""

    agency: str
    lines: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class ChronologyExport:
    """The lines, the oldest first; what is disputed and what went well of them; and the gaps.

    `shares` has an agency with a worker on the case even if it wrote nothing.  `silent` are workers
    of whom nothing stands here, `unheard` people who were asked to meetings, of whom nothing came.
    """

    at: datetime
    by: str
    agency: str
    reason: ExportReason
    lines: tuple[DatedLine, ...]
    disputes: tuple[DatedLine, ...]
    strengths: tuple[DatedLine, ...]
    shares: tuple[Share, ...]
    empty_months: tuple[str, ...]
    silent: tuple[str, ...]
    unheard: tuple[str, ...]

    @property
    def open_disputes(self) -> int:
        """How many of what somebody says is wrong are not settled."""
        return sum(line.stands for line in self.disputes)


def export(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, reason: ExportReason
) -> ChronologyExport:
    """Return all that the actor may read of the chronology, and what is not in it.

    Two statements.
    """
    lines = of_family(session, actor, moment, family)[::-1]
    written = [line for line in lines if line.what not in ON_THE_CASE]
    workers = {_named(line): line.agency for line in lines if line.what == "joined"}
    return ChronologyExport(
        at=moment.now,
        by=actor.name,
        agency=actor.acting_as.agency_name if actor.acting_as else "",
        reason=reason,
        lines=lines,
        disputes=tuple(line for line in lines if line.strand is Strand.DISPUTES),
        strengths=tuple(line for line in lines if line.strand is Strand.STRENGTHS),
        shares=tuple(_shares(written, workers.values())),
        empty_months=tuple(_empty_months({line.day for line in written}, moment.today)),
        silent=tuple(sorted(workers.keys() - {_named(line) for line in written})),
        unheard=_unheard(session, actor, moment, family),
    )


def _named(line: DatedLine) -> str:
    return f"{line.who}, {line.agency}"


def _shares(written: list[DatedLine], agencies: Iterable[str]) -> Iterator[Share]:
    for agency in sorted({line.agency for line in written} - {""} | set(agencies)):
        days = [line.day for line in written if line.agency == agency]
        yield Share(agency, len(days), min(days, default=None), max(days, default=None))


def _empty_months(days: set[date], today: date) -> Iterator[str]:
    """Name the months without a line, from the first one on; those in a row as one."""
    if not days:
        return
    there = {_number(day) for day in days}
    gap: list[int] = []
    for month in range(min(there), _number(today) + 2):
        if month not in there and month <= _number(today):
            gap.append(month)
        elif gap:
            first, last = _name(gap[0]), _name(gap[-1])
            yield first if first == last else f"{first} to {last}"
            gap = []


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _name(month: int) -> str:
    return f"{date(month // 12, month % 12 + 1, 1):%B %Y}"


def _unheard(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[str, ...]:
    """Return who was asked to meetings that were held, and neither came nor sent a word."""
    rows = session.execute(
        select(
            func.coalesce(Account.name, Guest.name, Person.name).label("name"),
            func.coalesce(Agency.name, Guest.organisation, "the family").label("of"),
            Invitation.attendance,
            Invitation.written_view_at,
            Invitation.report_at,
        )
        .select_from(Entry)
        .join(MEETINGS, MEETINGS.c.id == Entry.id)
        .join(Invitation, Invitation.meeting_id == MEETINGS.c.id)
        .outerjoin(Account, Account.id == Invitation.account_id)
        .outerjoin(Agency, Agency.id == Invitation.agency_id)
        .outerjoin(Guest, Guest.id == Invitation.guest_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .where(
            Entry.family_id == family.id,
            readable_in(actor, family),
            MEETINGS.c.state == MeetingState.HELD,
            MEETINGS.c.starts_at <= moment.now,
            Invitation.removed_at.is_(None),
        )
    ).all()
    asked = Counter(f"{row.name}, {row.of}" for row in rows)
    heard = {
        f"{row.name}, {row.of}"
        for row in rows
        if row.attendance is Attendance.ATTENDED or row.written_view_at or row.report_at
    }
    return tuple(
        f"{name}: asked to {times} meeting{'' if times == 1 else 's'}"
        for name, times in sorted(asked.items())
        if name not in heard
    )
