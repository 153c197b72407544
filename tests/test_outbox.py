"""Mail: queued with its cause, sent after the commit by a worker that survives what it meets."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import update

import coordinator.worker
import gathering
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.meetings import Meeting
from coordinator.models.outbox import OutboxMessage
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, MailState
from gathering import (
    Inbox,
    arrange,
    everybody,
    later,
    mail_server,
    states,
    waiting,
    worker,
)
from page import Client

ROOT = Path(__file__).parent.parent
KILLED_AFTER_250 = """
    import os, signal, sys
    from coordinator import create_app
    from coordinator.extensions import db
    from coordinator.services import outbox
    from coordinator.worker import Worker

    outbox.close = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    app = create_app()
    with app.app_context():
        Worker.of(db.engine, app.config["COORDINATOR"]).send_due()
"""


def environment(url: str, mail_url: str) -> dict[str, str]:
    """Return the environment of a worker's own process."""
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith(("COORDINATOR", "BASE_URL"))},
        "PYTHONPATH": str(ROOT),
        "SEAL_KEY": "5e" * 32,
        "SECRET_KEY": "only for tests, and long enough for it",
        "DATABASE_URL": url,
        "BASE_URL": "https://coordinator.example",
        "MAIL_URL": mail_url,
    }


def test_each_person_gets_a_mail_of_their_own(fresh_app, kept, social_worker):
    """Point 13: one message per person through the outbox, and nothing inside the request."""
    inbox = Inbox()
    with mail_server(inbox) as address:
        arrange(social_worker)
        assert inbox.mails == []
        assert states(kept) == [("queued", 0)] * 2
        assert worker(fresh_app, address).send_due() == 2
    assert Counter(to for to, _ in inbox.mails) == {
        "ben@eastway.example": 1,
        "amira@northside.example": 1,
    }
    (mail,) = inbox.to("amira@northside.example")
    assert gathering.event(mail)["ATTENDEE"] == "mailto:amira@northside.example"
    assert mail["Message-ID"] == waiting(kept, "Amira")[0].message_id
    assert states(kept) == [("sent", 1)] * 2
    events = gathering.trail(kept, TrailEvent.kind == EventKind.MAIL.value)
    assert [(e.service, e.outcome, e.allowed) for e in events] == [("worker", "sent", True)] * 2
    assert {e.towards_id for e in events} == {kept.account_id("Ben"), kept.account_id("Amira")}


def test_a_request_that_is_refused_sends_nothing(fresh_app, kept, social_worker):
    """Promise 9: what is rolled back was never queued."""
    assert arrange(social_worker, invite=[]).status == 422
    assert waiting(kept) == []
    inbox = Inbox()
    with mail_server(inbox) as address:
        assert worker(fresh_app, address).send_due() == 0
    assert inbox.mails == []


def test_a_double_press_sends_one_mail_each(fresh_app, kept, social_worker):
    """F11: the same form twice has one effect."""
    page = arrange(social_worker)
    cancel = social_worker.get(f"{page.path}/cancel")
    for _ in range(2):
        social_worker.submit(cancel, {"reason": "No room"}, button="Cancel the meeting")
    inbox = Inbox()
    with mail_server(inbox) as address:
        worker(fresh_app, address).send_due()
    # The invitations were overtaken by the cancellation.
    assert Counter(to for to, _ in inbox.mails)["amira@northside.example"] == 1
    assert inbox.to("amira@northside.example")[0]["Subject"].startswith("Cancelled: meeting")
    assert [m.state for m in waiting(kept, "Amira")] == [MailState.WITHHELD, MailState.SENT]


def test_killed_after_the_servers_250_it_repeats_with_the_same_message_id(
    fresh_app, fresh_database, kept, social_worker
):
    """F10: at most one repeat, harmless: the same Message-ID, UID and SEQUENCE."""
    arrange(social_worker)
    inbox = Inbox()
    with mail_server(inbox) as address:
        killed = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(KILLED_AFTER_250)],
            env=environment(fresh_database, address),
            cwd=ROOT,
            timeout=60,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL
        assert len(inbox.mails) == 1
        again = worker(fresh_app, address)
        again.send_due()
        # The one in flight waits for its next try; the other went out.
        assert sorted(states(kept)) == [("queued", 1), ("sent", 1)]
        with later(2):
            assert again.send_due() == 1
            assert again.send_due() == 0
    assert sorted(Counter(inbox.ids).values()) == [1, 2]
    twice = [
        gathering.parsed(raw)
        for (_, raw), name in zip(inbox.mails, inbox.ids, strict=True)
        if inbox.ids.count(name) == 2
    ]
    assert len({(gathering.event(m)["UID"], gathering.event(m)["SEQUENCE"]) for m in twice}) == 1
    assert twice[0].as_bytes().split(b"boundary")[0] == twice[1].as_bytes().split(b"boundary")[0]
    assert {m.state for m in waiting(kept)} == {MailState.SENT}


def test_what_may_not_be_received_is_withheld_and_the_trail_says_so(fresh_app, kept, social_worker):
    """Promise 10: composed under the recipient's right at the moment of sending."""
    page = arrange(social_worker, chair="Hana")
    taken = social_worker.click(social_worker.get(page.path), "Withdraw the invitation of Hana")
    social_worker.submit(taken, button="Withdraw it")
    inbox = Inbox()
    with mail_server(inbox) as address:
        worker(fresh_app, address).send_due()
    assert [m.state for m in waiting(kept, "Hana")] == [MailState.WITHHELD, MailState.SENT]
    (event,) = gathering.trail(kept, TrailEvent.outcome == "withheld")
    assert (event.allowed, event.towards_id, event.reason) == (
        False,
        kept.account_id("Hana"),
        "no longer invited",
    )
    assert [m["Subject"][:9] for m in inbox.to("hana@eastway.example")] == ["Cancelled"]


def test_two_workers_never_send_the_same_message(fresh_app, kept, social_worker):
    """F10: taken by one, passed over by the others."""
    for days in range(1, 6):
        arrange(social_worker, day=gathering.soon(days))
    inbox = Inbox()
    with mail_server(inbox) as address, ThreadPoolExecutor(3) as pool:
        sender = worker(fresh_app, address)
        sent = list(pool.map(lambda _: sender.send_due(), range(3)))
    assert sum(sent) == 10
    assert Counter(inbox.ids).most_common(1)[0][1] == 1


def test_no_header_can_be_slipped_into_a_mail(fresh_app, kept, social_worker):
    """Header injection: what cannot be composed holds nobody else up, and is tried again."""
    arrange(social_worker)
    with kept.session() as session:
        session.connection().execute(
            update(Account.__table__)
            .where(Account.__table__.c.name == "Amira")
            .values(email="a@northside.example\r\nBcc: everybody@example.org")
        )
    inbox = Inbox()
    with mail_server(inbox) as address:
        assert worker(fresh_app, address).send_due() == 1
    assert b"Bcc" not in b"".join(raw for _, raw in inbox.mails)
    (message,) = waiting(kept, "Amira")
    assert (message.state, message.problem) == (MailState.QUEUED, "could not be composed")


def test_a_folder_keeps_one_file_for_each_message(fresh_app, kept, social_worker, tmp_path):
    """The demo's way: whole files, and a repeat overwrites."""
    arrange(social_worker)
    folder = tmp_path / "mail"
    sender = worker(fresh_app, f"folder:{folder}")
    assert sender.send_due() == 2
    with kept.session() as session:
        session.connection().execute(
            update(OutboxMessage.__table__).values(state=MailState.QUEUED.value)
        )
    with later(2):
        assert sender.send_due() == 2
    assert len(list(folder.iterdir())) == 2
    assert all(path.suffix == ".eml" for path in folder.iterdir())


def test_the_worker_ends_when_it_is_told_to(fresh_database, fresh_app, kept, social_worker):
    """SIGTERM: what was begun is finished, and the process ends in order."""
    arrange(social_worker)
    inbox = Inbox()
    with mail_server(inbox) as address:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "coordinator", "worker"],
            env=environment(fresh_database, address),
            cwd=ROOT,
        )
        try:
            deadline = time.monotonic() + 30
            while len(inbox.mails) < 2 and time.monotonic() < deadline:
                time.sleep(0.1)
            process.terminate()
            assert process.wait(15) == 0
        finally:
            process.kill()
            process.wait()
    assert len(inbox.mails) >= 2
    # The chores of its first minute queue more; the two invitations were there before.
    assert states(kept)[:2] == [("sent", 1)] * 2


def test_the_worker_refuses_an_address_that_it_does_not_know():
    with pytest.raises(ValueError, match="MAIL_URL"):
        coordinator.worker.carrier("pigeon://loft")


def test_a_meeting_that_was_held_takes_no_late_invitation(fresh_app, kept, social_worker):
    page = arrange(social_worker)
    came = dict.fromkeys(everybody(kept).values(), "attended")
    with time_machine.travel(clock.now() + timedelta(days=11), tick=False):
        ben = Client(fresh_app).sign_in("Ben")
        ben.submit(ben.get(f"{page.path}/attendance"), came, button="Save who came")
        with mail_server(inbox := Inbox()) as address:
            worker(fresh_app, address).send_due()
    assert inbox.mails == []
    assert kept.count(Meeting) == 1
