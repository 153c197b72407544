"""Reminders that nobody has to press: a meeting without an answer, an action soon due."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import time_machine

import visiting
from clock_steps import next_monday
from coordinator import chores, clock
from coordinator.vocabulary import ActionState
from gathering import CANARIES, Inbox, always_on_the_case, arrange, mail_server, waiting, worker
from gathering import reference as reference_of
from page import Client
from waiting_list import add_action


def remind(mailer):
    """Do the worker's chore of a minute; return how many reminders it queued."""
    return chores.do(mailer.engine, chores.REMINDERS)


def at(day, hour=9):
    return time_machine.travel(clock.instant_of(datetime.combine(day, time(hour))), tick=False)


def test_who_has_not_answered_is_reminded_once_on_the_working_day_before(
    fresh_app, kept, social_worker
):
    """E11: for a Monday's meeting on Friday morning, once, and with no word of the family."""
    monday = next_monday()
    friday = monday - timedelta(days=3)
    always_on_the_case(kept)
    meeting = reference_of(arrange(social_worker, day=monday))
    visiting.ask(kept, meeting)
    inbox = Inbox()
    with mail_server(inbox) as address:
        mailer = worker(fresh_app, address)
        with at(friday - timedelta(days=1)):
            assert remind(mailer) == 0
        with at(friday, 7):
            assert remind(mailer) == 0
        with at(friday):
            assert [
                remind(mailer),
                remind(mailer),
            ] == [2, 0]
            mailer.send_due()
        with at(monday):
            assert remind(mailer) == 0
    reminder = inbox.to("amira@northside.example")[-1]
    text = reminder.get_body().get_content()
    assert text.startswith("You are invited to a meeting and have not answered yet.")
    assert f"/meetings/{meeting}" in text
    assert [word for word in CANARIES if word in bytes(reminder).decode()] == []
    assert [one.kind for one in waiting(kept) if one.guest_id] == ["invitation", "reminder"]
    assert "reminder" not in [one.kind for one in waiting(kept, "Ben")]


def test_an_answer_that_comes_before_the_reminder_leaves_stops_it(fresh_app, kept, social_worker):
    """E11: and who was reminded by hand today is not reminded again."""
    monday = next_monday()
    always_on_the_case(kept)
    home = arrange(social_worker, day=monday).path
    inbox = Inbox()
    with mail_server(inbox) as address, at(monday - timedelta(days=3)):
        mailer = worker(fresh_app, address)
        ben = Client(fresh_app).sign_in("Ben")
        ben.submit(ben.get(home), button="Remind the workers")
        assert remind(mailer) == 0
        amira = Client(fresh_app).sign_in("Amira")
        amira.submit(amira.get(home), button="Yes, I am coming")
        mailer.send_due()
    assert [(m.kind, m.state.value) for m in waiting(kept, "Amira")] == [
        ("invitation", "sent"),
        ("reminder", "withheld"),
    ]


def test_the_owner_of_an_action_is_reminded_once_before_it_is_due(fresh_app, kept):
    """E14: a reference, the day and a link; what is done or not theirs any more stays unsaid."""
    monday = next_monday()
    always_on_the_case(kept)
    taken = add_action(kept, "Ben", "Amira", due_on=monday, state=ActionState.ACCEPTED)
    done = add_action(kept, "Ben", "Amira", due_on=monday, state=ActionState.ACCEPTED)
    add_action(kept, "Ben", "Amira", due_on=monday + timedelta(days=1))
    inbox = Inbox()
    with mail_server(inbox) as address, at(monday - timedelta(days=3)):
        mailer = worker(fresh_app, address)
        assert [
            remind(mailer),
            remind(mailer),
        ] == [2, 0]
        amira = Client(fresh_app).sign_in("Amira")
        amira.submit(amira.get(f"/actions/{done}"), button="Done")
        mailer.send_due()
    (mail,) = inbox.to("amira@northside.example")
    text = mail.get_body().get_content()
    assert text.startswith("Something that you took on is due soon.")
    assert f"/actions/{taken}" in text
    assert [word for word in (*CANARIES, "ward") if word in bytes(mail).decode()] == []
