"""No message is lost when the worker dies, and only what was in flight is repeated (F10)."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import timedelta

import time_machine

import gathering
from coordinator import clock
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, MailState
from gathering import Inbox, arrange, mail_server, waiting, worker
from page import Client
from test_outbox import ROOT, environment
from world import World

MEETINGS, KILLS = 5, 20


def test_killed_between_acceptance_and_mark_no_message_is_lost(fresh_app, fresh_database):
    """Point 12: each arrives; what was in flight comes again as the same message."""
    world = World(fresh_app)
    ben = Client(fresh_app).sign_in("Ben")
    for day in range(1, MEETINGS + 1):
        arrange(ben, day=gathering.soon(day))
    start = clock.now() + timedelta(hours=1)
    inbox = Inbox()
    with mail_server(inbox) as address:
        dying = subprocess.run(
            [sys.executable, "tests/killed_worker.py", str(KILLS), start.isoformat()],
            env=environment(fresh_database, address),
            cwd=ROOT,
            timeout=1800,
            check=True,
            capture_output=True,
            text=True,
        )
        assert dying.stdout.split()[-1] == str(KILLS)
        assert len(inbox.mails) == KILLS
        assert {m.state for m in waiting(world)} == {MailState.QUEUED}
        with time_machine.travel(start + timedelta(hours=25 * (KILLS + 2)), tick=True):
            assert worker(fresh_app, address).send_due() == 2 * MEETINGS
            assert worker(fresh_app, address).send_due() == 0
    messages = waiting(world)
    assert {m.state for m in messages} == {MailState.SENT}
    # Nothing lost, nothing made up, and not one more than each death leaves in flight.
    arrived = Counter(inbox.ids)
    assert set(arrived) == {m.message_id for m in messages}
    assert sum(arrived.values()) == 2 * MEETINGS + KILLS
    assert all(times == m.tries for m in messages for times in [arrived[m.message_id]])
    for name in arrived:
        same = [
            gathering.event(gathering.parsed(raw))
            for (_to, raw), one in zip(inbox.mails, inbox.ids, strict=True)
            if one == name
        ][:3]
        assert len({(event["UID"], event["SEQUENCE"], event["DTSTAMP"].dt) for event in same}) == 1
    sent = gathering.trail(world, TrailEvent.kind == EventKind.MAIL.value)
    assert [event.outcome for event in sent] == ["sent"] * (2 * MEETINGS)
