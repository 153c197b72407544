"""What is still to do before a meeting."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.models.entries import Entry
from coordinator.reads.action_rows import ACTIONS, COLUMNS, ActionRow, actions_of, row_of
from coordinator.vocabulary import OPEN_ACTION_STATES


def outstanding(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight
) -> tuple[ActionRow, ...]:
    """Return the family's open actions, the next due first: what a meeting looks at first.

    One statement.
    """
    rows = session.execute(
        actions_of(select(*COLUMNS).select_from(Entry))
        .where(
            Entry.family_id == meeting.family.id,
            readable_in(actor, meeting.family),
            ACTIONS.c.state.in_(OPEN_ACTION_STATES),
        )
        .order_by(ACTIONS.c.due_on, Entry.id)
    )
    return tuple(row_of(row, actor, moment, meeting.family) for row in rows)
