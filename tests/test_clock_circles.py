"""What is held back moves nothing that others see, and shows by nothing that it stops."""

from __future__ import annotations

from clock_records import a_child
from clock_records import rule as newest
from clock_steps import CLOCKS, deadlines, give_status
from coordinator import clock
from coordinator.models.child_statuses import StatusOfChild
from coordinator.models.deadlines import Deadline
from coordinator.vocabulary import ChildStatus, DeadlineState, Level
from writer import Writer


def test_a_status_that_is_held_back_is_in_nobodys_way(ben, world):
    """E59: a status of the same sort that Ben may not know neither stops his nor ends by it."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        child = a_child(writer)
        facts = {"person_id": child.id, "explanation": "Held back", "starts_on": clock.today()}
        hidden = writer.add(
            StatusOfChild, "Amira", Level.NAMED, status=ChildStatus.PROTECTION_PLAN, **facts
        )
        started = writer.add(
            Deadline,
            "Amira",
            Level.NAMED,
            rule_id=newest(writer, "core-group-first").id,
            started_at=world.moment.now,
            due_on=clock.today(),
            due_at=world.moment.now,
            state=DeadlineState.RUNNING,
        )
        kept = hidden.id, started.id
    page = give_status(ben, world, "protection-plan")
    assert page.status == 200
    assert "core-group-first" in {
        code for code, one in deadlines(world).items() if one.level is Level.OPEN
    }
    assert "First core group" in ben.get(CLOCKS).text
    give_status(ben, world, "child-in-need")
    with world.session() as session:
        status = session.get_one(StatusOfChild, kept[0])
        assert status.ends_on is None
        assert session.get_one(Deadline, kept[1]).state is DeadlineState.RUNNING
