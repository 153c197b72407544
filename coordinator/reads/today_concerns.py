"""Concerns about working together on one person's page: to take up, to answer, to read (E22)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import String, and_, case, or_, type_coerce

from coordinator.access.actor import Actor
from coordinator.access.find_concerns import answers, raised
from coordinator.access.sights import Moment
from coordinator.clock import local
from coordinator.models.joint_concerns import JointConcern
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import Press, TodayRow
from coordinator.settings import SETTINGS
from coordinator.vocabulary import ConcernKind


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits, in the columns of reads/matters.py."""
    to_read = and_(
        raised(actor), JointConcern.closed_at.is_not(None), JointConcern.heard_at.is_(None)
    )
    to_answer = and_(answers(actor, moment), JointConcern.closed_at.is_(None))
    part = case(
        (to_read, "read"),
        (JointConcern.owner_id == actor.account_id, "answer"),
        (JointConcern.owner_id.is_(None), "new"),
        else_="taken",
    )
    return (
        matter(
            source="concern",
            part=part,
            reference=JointConcern.reference,
            about=type_coerce(JointConcern.kind, String()),
            at=JointConcern.at,
        )
        .select_from(JointConcern)
        .where(or_(to_read, to_answer)),
    )


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what came of one's own, what one owns, what nobody does, and what is late.

    What somebody else owns comes back to the others once its answer is late, so that none lies
    with somebody who has left.
    """
    for row in matters:
        if row.source != "concern":
            continue
        home = f"/working-together/{row.reference}"
        due = local(row.at).date() + timedelta(days=SETTINGS.concern_days)
        late = due < moment.today
        about = ConcernKind(row.about).label
        if row.part == "read":
            yield TodayRow(
                kind="outcome",
                verb="Read:",
                text="what came of your concern about working together",
                href=home,
                family="",
                hint=about,
                press=Press(f"{home}/heard", "I have read it"),
            )
        elif late or row.part != "taken":
            yield TodayRow(
                kind="link",
                verb="Say" if row.part == "answer" else "Take up",
                text="what came of a concern about working together"
                if row.part == "answer"
                else "a concern about working together",
                href=home,
                family="",
                due=due,
                late=late,
                hint=about,
            )
