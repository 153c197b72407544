"""Deadlines in a calendar: by which day something is due in one's families; in a list alone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.scope import my_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.families import Family
from coordinator.reads.calendar_rows import CalendarRow, Period
from coordinator.vocabulary import DeadlineState


def rows(session: Session, actor: Actor, moment: Moment, period: Period) -> list[CalendarRow]:
    """Return the clocks that run out in this period in the actor's families.  One statement."""
    family_id = Deadline.family_id
    found = session.execute(
        select(Deadline.due_on, ClockRule.name, Family.reference)
        .join(ClockRule, ClockRule.id == Deadline.rule_id)
        .join(Family, Family.id == family_id)
        .where(
            family_id.in_(my_families(actor, moment)),
            Deadline.state == DeadlineState.RUNNING,
            Deadline.due_on >= clock.local(period.starts_at).date(),
            Deadline.due_on <= clock.local(period.ends_at).date(),
            readable(
                actor,
                reads_own_agency(actor, moment, family_id),
                gave_reason(actor, moment, family_id),
            ),
        )
        .order_by(Deadline.due_on, Deadline.id)
    )
    return [
        CalendarRow(
            reference=row.reference,
            family=row.reference,
            what=row.name,
            whole=(day := Period(*clock.day_bounds(row.due_on))),
            times=(day,),
            href=f"/families/{row.reference}/clocks",
            all_day=True,
        )
        for row in found
    ]
