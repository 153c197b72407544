"""A worker hands a case over: the note, the introduction, the days on which both are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

import records
from casework import choice
from coordinator import trail
from coordinator.access import find
from coordinator.access.letters import MailKind
from coordinator.access.sights import Moment
from coordinator.demo import cast
from coordinator.models.families import Involvement
from coordinator.models.outbox import OutboxMessage
from coordinator.models.plans import Action
from coordinator.services import handover_notes
from coordinator.trail import Acting
from coordinator.vocabulary import ActionState

HOME = "/families/LANE-01"
NOTE = "She likes to be rung before a visit."


def form_of(client, world, name="Ben"):
    with world.session() as session:
        involvement = session.scalars(
            select(Involvement.reference).where(
                Involvement.account_id == world.account_id(name), Involvement.ends_on.is_(None)
            )
        ).first()
    return client.get(f"/involvements/{involvement}/hand-over")


def hand_over(client, world, *, starts=0, last=14, **values):
    """Let Ben hand over to Bella; return the page that follows."""
    page = form_of(client, world)
    day = world.moment.today
    return client.submit(
        page,
        {
            "worker": choice(page, "worker", "Bella"),
            "starts_on": day + timedelta(days=starts),
            "last_on": day + timedelta(days=last),
            **values,
        },
        button="Hand over",
    )


def whole(world, meets=2):
    """Return a note and a day to meet."""
    meets_on = world.moment.today + timedelta(days=meets)
    return {"text": NOTE, "written_with": "together", "meets_on": meets_on}


def sees(world, name, day):
    """Whether somebody has LANE-01 in sight on a day to come."""
    with world.session() as session:
        actor = cast.actor(session, name)
        trail.acting(session, actor.acting(), "test")
        on = Moment(
            world.moment.now + timedelta(days=day), world.moment.today + timedelta(days=day)
        )
        return find.family(session, actor, on, world.family) is not None


def test_a_handover_needs_its_note_and_an_introduction_or_a_reason(ben, amira, world):
    """S18, J12 step 1: the count of workers in 12 months rises by one; the partner is told."""
    page = hand_over(ben, world, written_with="not-asked")
    assert page.status == 422
    assert {"text", "why_not", "meets_on"} <= set(page.errors)
    assert "workers in 12 months" not in amira.get(HOME).text
    page = hand_over(ben, world, **whole(world))
    assert "The case is handed over" in page.text
    assert "2 workers in 12 months" in amira.get(HOME).text
    today = amira.get("/today")
    page = amira.click(today, "Meet Bella, who takes over from Ben (family LANE-01)")
    assert NOTE in page.text
    with world.session() as session:
        trail.acting(session, Acting(service="worker"), "handover-notes.carry-out")
        assert handover_notes.carry_out(session, world.moment) == (1, True)
    told = {(m.account_id, m.kind) for m in world_messages(world)}
    assert {
        (world.account_id(name), MailKind.HANDOVER.value) for name in ("Amira", "Bella")
    } <= told
    copy = amira.click(page, "Copy for the parent")
    assert "Bella" in copy.text
    assert "You meet both of them together on" in copy.text
    # Changed by somebody of the same agency alone; its versions stay.
    assert "Change the note" not in page.links
    mine = ben.click(ben.get(page.path), "Change the note")
    stale = ben.get(mine.path)
    page = ben.submit(mine, {"text": "Ring first."}, button="Save")
    assert "Ring first." in page.text
    assert "Versions (2)" in page.text
    assert ben.submit(stale, {"text": "Do not ring."}, button="Save").status != 200


def world_messages(world):
    with world.session() as session:
        return list(session.scalars(select(OutboxMessage)))


def test_the_new_worker_reads_the_note_first(ben, bella, world):
    """S18, J12 step 2: at the head of the family page, and on Today."""
    assert bella.get(HOME).status == 404
    hand_over(ben, world, **whole(world))
    page = bella.click(bella.get(HOME), "Read first: what you need to know")
    assert NOTE in page.text
    assert "Read first: what Ben hands over to you" in bella.get("/today").text


def test_access_follows_the_days_and_an_exclusion_beats_them(ben, bella, world):
    """S18, J12 step 2: it begins on the first day and ends after the last; no job is needed."""
    hand_over(ben, world, starts=3, last=10, **whole(world, meets=3))
    assert bella.get(HOME).status == 404
    days = (0, 2, 3, 10, 11)
    assert [sees(world, "Bella", day) for day in days] == [False, False, True, True, True]
    assert [sees(world, "Ben", day) for day in days] == [True, True, True, True, False]
    with world.session() as session:
        leads = session.execute(
            select(Involvement.account_id, Involvement.starts_on, Involvement.ends_on).where(
                Involvement.lead, Involvement.account_id != world.account_id("Amira")
            )
        ).all()
    # One leads on each day: Ben until the day before, Bella from it.
    first = world.moment.today + timedelta(days=3)
    assert {(row.ends_on, row.starts_on >= first) for row in leads} == {
        (first - timedelta(days=1), False),
        (None, True),
    }
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).keep_out("Bella")
    assert not any(sees(world, "Bella", day) for day in days)


def test_nobody_who_may_not_know_of_the_family_is_offered(ben, world):
    """An exclusion is no choice in a list, and nobody learns of it."""
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).keep_out("Bella")
    page = form_of(ben, world)
    assert "Bella" not in page.text
    assert "Ben," not in page.text


def test_the_open_work_follows_on_the_first_day(ben, world):
    """S18: what Ben owes is asked of Bella, by the worker, when she has access to it."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        action = writer.action("Amira", "Ben", "Ask about breakfast club").id
    hand_over(ben, world, starts=3, last=10, **whole(world))
    with world.session() as session:
        trail.acting(session, Acting(service="worker"), "handover-notes.carry-out")
        assert not handover_notes.are_due(session, world.moment)
        later = replace(world.moment, today=world.moment.today + timedelta(days=3))
        assert handover_notes.carry_out(session, later) == (1, True)
        assert not handover_notes.are_due(session, later)
        moved = session.get_one(Action, action)
        assert moved.owner_account_id == world.account_id("Bella")
        assert moved.state is ActionState.REQUESTED


def test_a_leavers_case_can_be_handed_over_with_a_note(farah, dev, world):
    """E06, S18: the manager who says who takes over is offered the note, and need not write it."""
    from test_leavers import leaves  # noqa: PLC0415

    leaves(farah, world, "Ben")
    page = dev.get(f"{HOME}/hand-over")
    page = dev.click(page, "hand the case over with a note and an introduction")
    assert page.h1.endswith("Hand over to a colleague")
