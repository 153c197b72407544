"""What the mail worker meets: servers that are dead, slow, full, or offer no encryption."""

from __future__ import annotations

import socket
import time
from datetime import timedelta

import pytest
import time_machine

import coordinator.worker
import gathering
import visiting
from coordinator import clock
from coordinator.models.trail import TrailEvent
from coordinator.services import outbox
from coordinator.settings import SETTINGS
from coordinator.vocabulary import MailState
from gathering import Inbox, arrange, free_port, later, mail_server, states, waiting, worker
from page import Client


def test_a_dead_mail_server_loses_nothing(fresh_app, kept, social_worker):
    """F8: the save succeeds at once, mail waits longer each time, and all of it goes out later."""
    port = free_port()
    sender = worker(fresh_app, f"smtp://127.0.0.1:{port}")
    page = arrange(social_worker)
    assert page.status == 200
    now = clock.now()
    for tries, pause in enumerate(SETTINGS.mail_retries, 1):
        with time_machine.travel(now, tick=False):
            assert sender.send_due() == 0
            assert states(kept) == [("queued", tries)] * 2
            assert {m.next_try_at for m in waiting(kept)} == {now + pause}
            assert {m.problem for m in waiting(kept)} == {outbox.UNANSWERED}
        now += pause
    inbox = Inbox()
    with mail_server(inbox, port), time_machine.travel(now, tick=False):
        assert sender.send_due() == 2
    assert len(set(inbox.ids)) == len(inbox.mails) == 2


def test_when_the_server_answers_again_nothing_waits_for_its_turn(fresh_app, kept, social_worker):
    """F8: after the return all is sent, not after a day."""
    port = free_port()
    sender = worker(fresh_app, f"smtp://127.0.0.1:{port}")
    arrange(social_worker)
    sender.send_due()
    with mail_server(inbox := Inbox(), port):
        arrange(social_worker, day=gathering.soon(20))
        sender.send_due()
        sender.send_due()
    assert len(set(inbox.ids)) == len(inbox.mails) == 4


def test_after_a_week_the_worker_gives_up_and_says_so(fresh_app, kept, social_worker):
    sender = worker(fresh_app, f"smtp://127.0.0.1:{free_port()}")
    arrange(social_worker)
    with time_machine.travel(clock.now() + SETTINGS.mail_given_up_after + timedelta(hours=1)):
        sender.send_due()
        assert {m.state for m in waiting(kept)} == {MailState.FAILED}
        assert sender.send_due() == 0


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("421 too busy", MailState.QUEUED),
        ("451 try again", MailState.QUEUED),
        ("550 no such person", MailState.FAILED),
        ("552 too large", MailState.FAILED),
    ],
)
def test_each_answer_of_a_server_leads_to_the_right_state(
    fresh_app, kept, social_worker, answer, state
):
    """F9: 4xx is tried again, 5xx is final and is said to the one who invited."""
    page = arrange(social_worker)
    inbox = Inbox(answers=[answer, answer])
    with mail_server(inbox) as address:
        worker(fresh_app, address).send_due()
        assert [m.state for m in waiting(kept)] == [state] * 2
        assert inbox.mails == []
        shown = social_worker.get(page.path).text
        assert ("The invitation could not be sent." in shown) is (state is MailState.FAILED)
        failed = gathering.trail(kept, TrailEvent.outcome == "failed")
        assert len(failed) == (2 if state is MailState.FAILED else 0)


def test_one_refused_recipient_holds_nobody_else_up(fresh_app, kept, social_worker):
    """F9: state per recipient; the inviter sees it on the meeting's page, and can send again."""
    page = arrange(social_worker)
    inbox = Inbox(refuses={"amira@northside.example": "550 no mailbox here"})
    with mail_server(inbox) as address:
        assert worker(fresh_app, address).send_due() == 1
        shown = social_worker.get(page.path)
        assert "The invitation could not be sent. 550 no mailbox here" in shown.text
        inbox.refuses.clear()
        again = social_worker.click(shown, "Send again to Amira")
        shown = social_worker.submit(again, button="Send it again")
        assert "could not be sent" not in shown.text
        assert worker(fresh_app, address).send_due() == 1
    assert len(inbox.to("amira@northside.example")) == 1


def test_a_connection_that_drops_after_the_data_is_tried_again(fresh_app, kept, social_worker):
    """F9: half accepted is not accepted."""
    arrange(social_worker)
    inbox = Inbox(drops=1)
    with mail_server(inbox) as address:
        sender = worker(fresh_app, address)
        sender.send_due()
        with later(2):
            sender.send_due()
    assert {m.state for m in waiting(kept)} == {MailState.SENT}
    assert len(set(inbox.ids)) == len(inbox.mails) == 2


@pytest.mark.parametrize("password", ["", "user:secret@"])
def test_nothing_travels_in_clear_to_another_computer(
    fresh_app, kept, social_worker, monkeypatch, password
):
    """F9: a server that offers no encryption gets no mail, and no password."""
    arrange(social_worker)
    monkeypatch.setattr(coordinator.worker, "is_loopback", lambda _host: False)
    inbox = Inbox()
    with mail_server(inbox) as address:
        sender = worker(fresh_app, address.replace("//", f"//{password}"))
        assert sender.send_due() == 0
    assert inbox.mails == []
    assert states(kept) == [("queued", 1)] * 2


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("mail.nhs.net", False),
        ("10.0.0.7", False),
    ],
)
def test_only_this_computer_is_reached_without_encryption(host, here):
    assert coordinator.worker.is_loopback(host) is here


def on_today(app, name: str = "Ben") -> str:
    return Client(app).sign_in(name).get("/today").text


def test_a_refused_mail_is_on_its_senders_list_at_once(fresh_app, kept, social_worker):
    """Point 12: visible to the sender the same minute, on the meeting and on Today."""
    page = arrange(social_worker)
    inbox = Inbox(refuses={"amira@northside.example": "550 no mailbox here"})
    with mail_server(inbox) as address:
        worker(fresh_app, address).send_due()
    assert "The invitation could not be sent." in social_worker.get(page.path).text
    today = social_worker.get("/today")
    assert "Tell Amira yourself: the invitation to a meeting did not arrive" in today.text
    assert "did not arrive" not in on_today(fresh_app, "Amira")
    told = social_worker.submit(today, to="/told", button="I have told them")
    assert "did not arrive" not in told.text.replace("It is off your list", "")
    (event,) = gathering.trail(kept, TrailEvent.action == "mail.settle")
    assert event.towards_id == kept.account_id("Amira")


def test_an_urgent_mail_that_waits_becomes_a_task_after_15_minutes(fresh_app, kept, social_worker):
    """Point 12, F8: for a meeting within two days; another waits for the mail server."""
    arrange(social_worker, day=gathering.soon(1))
    arrange(social_worker, day=gathering.soon(9), start="4pm")
    sender = worker(fresh_app, f"smtp://127.0.0.1:{free_port()}")
    sender.send_due()
    with later(14):
        assert "did not arrive" not in on_today(fresh_app)
    with later(16):
        assert on_today(fresh_app).count("Tell Amira yourself") == 1
    with mail_server(Inbox()) as address, later(16):
        worker(fresh_app, address).send_due()
        assert "did not arrive" not in on_today(fresh_app)


def test_a_slow_server_is_given_up_after_a_while_and_tried_again(
    fresh_app, kept, social_worker, monkeypatch
):
    """F9: a server that does not answer holds the worker no longer than its limit."""
    monkeypatch.setattr(coordinator.worker, "TIMEOUT_SECONDS", 0.3)
    arrange(social_worker)
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        began = time.monotonic()
        assert worker(fresh_app, f"smtp://127.0.0.1:{port}").send_due() == 0
        assert time.monotonic() - began < 10
    assert states(kept) == [("queued", 1)] * 2
    with mail_server(inbox) as address, later(2):
        assert worker(fresh_app, address).send_due() == 2


def test_a_guest_who_may_not_be_written_to_is_told_by_the_sender(fresh_app, kept, social_worker):
    """Point 6: a domain that is off the list gets no mail, and the sender gives the link."""
    page = arrange(social_worker)
    visiting.ask(kept, gathering.reference(page), email="x@elsewhere.example")
    inbox = Inbox()
    with mail_server(inbox) as address:
        worker(fresh_app, address).send_due()
    assert inbox.to("x@elsewhere.example") == []
    assert "Tell Ines yourself" in on_today(fresh_app)
