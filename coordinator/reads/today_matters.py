"""The small things that wait for one person, asked for in one statement."""

from typing import Any

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.sights import Moment
from coordinator.reads import (
    desks,
    raised_needs,
    today_concerns,
    today_desks,
    today_endings,
    today_handovers,
    today_leaving,
    today_library,
    today_links,
    today_pairs,
    today_questions,
    today_sharing,
    today_supervision,
    today_worries,
    unreached,
)

WAITING = Prepared(
    lambda actor, moment: union_all(
        *today_sharing.selects(actor, moment),
        *today_worries.selects(actor, moment),
        today_leaving.select_mine(actor),
        *today_library.selects(actor, moment),
        *today_handovers.selects(actor, moment),
        *today_questions.selects(actor, moment),
        *today_links.selects(actor, moment),
        *today_pairs.selects(actor, moment),
        unreached.to_see_to(actor, moment),
        raised_needs.to_answer(actor, moment),
        *today_endings.selects(actor, moment),
        *today_desks.selects(actor, moment),
        *today_concerns.selects(actor, moment),
        *today_supervision.selects(actor, moment),
    )
)


def of(session: Session, actor: Actor, moment: Moment) -> list[Any]:
    """Return them in the columns of reads/matters.py.  One statement."""
    return list(WAITING.run(session, actor, moment, weekday=desks.weekday_of(moment.today)))
