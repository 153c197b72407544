"""What waits for one person because a clock runs in one of their cases."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.reads import deadlines
from coordinator.reads.today_rows import TodayRow


def mine(session: Session, actor: Actor, moment: Moment) -> Iterator[TodayRow]:
    """Yield what the reader's agency has to do by a day, and what was missed without a word why.

    One statement.
    """
    for clock in deadlines.due_soon(session, actor, moment):
        yield TodayRow(
            kind="clock",
            verb="See to" if clock.runs else "Say why it was late",
            text=clock.name[:1].lower() + clock.name[1:] if clock.runs else clock.name,
            href=f"/deadlines/{clock.reference}/settle",
            family=clock.family,
            due=clock.due_on,
            due_word="due by",
            at=clock.due if isinstance(clock.due, datetime) else None,
            late=clock.late or not clock.runs,
        )
