"""Reaching whoever is asked to a meeting: told by hand, reminded, through the team."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

import gathering
from belonging import invited
from coordinator import clock
from coordinator.access.letters import WithheldError
from coordinator.models.directory import Team
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation
from coordinator.models.outbox import OutboxMessage
from coordinator.vocabulary import MailState, Reply
from gathering import CANARIES, arrange, letter, waiting
from page import Client
from writer import Writer

SEND = "Send it to the team"


@pytest.fixture
def meeting(ben) -> str:
    """Give the address of a core group to which Amira and Kim are invited."""
    return arrange(ben).path


def tried_in_vain(world, times: int) -> None:
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        for _ in range(times):
            writer.contact("Ben", "Amira", "")


def test_it_is_written_down_how_and_when_the_parent_was_asked_and_what_she_wants(
    ben, amira, meeting
):
    """E64: until then the page shows both as open."""
    page = ben.get(meeting)
    assert "Ask Kim Lane, and write down how and when" in page.text
    form = ben.click(page, "Ask Kim Lane, and write down how and when")
    page = ben.submit(form, {"how": "in-person"}, button="Save")
    assert "Asked in person today" in page.text
    assert "Ask Kim Lane what they want raised" in page.text
    form = ben.click(page, "Change what they said: Kim Lane")
    assert form.field("how") == "in-person"
    values = {"reply": "accepted", "wants": "Help at home after school"}
    page = ben.submit(form, values, button="Save")
    assert "Ask Kim Lane" not in page.text
    assert "Help at home after school" in amira.get(meeting).text
    assert "The family: 1 coming" in page.text
    form = ben.click(page, "Change what they said: Kim Lane")
    page = ben.submit(form, button="Save")
    assert "Help at home after school" in page.text


def test_a_day_to_come_is_no_day_on_which_somebody_was_asked(ben, meeting):
    form = ben.get(f"{meeting}/told?invitation={invited(ben, meeting, 'Kim Lane')}")
    page = ben.submit(form, {"how": "phone", "on": gathering.soon(1)}, button="Save")
    assert page.errors == {"on": "The day must be today or in the past"}


def test_after_three_unanswered_attempts_the_invitation_goes_to_the_duty_inbox(ben, meeting, world):
    """E19, J04 2: it is marked, and the mail carries a reference and a link and no more."""
    tried_in_vain(world, 3)
    form = ben.click(ben.get(meeting), "Not reached: send it to the team of Amira")
    page = ben.submit(form, button=SEND)
    assert "Sent to Northside CMHT because the person was not reached" in page.text
    (message,) = [one for one in waiting(world) if one.team_id]
    written = letter(world, message)
    assert written.recipient == "duty.cmht@northside.example"
    raw = bytes(written.message).decode()
    for word in (*CANARIES, "Amira", "BEGIN:VCALENDAR", str(gathering.soon().year)):
        body = raw.partition("\r\n\r\n")[2]
        assert word not in body, word
    assert meeting.rpartition("/")[2] in raw


def test_before_that_the_inviter_says_that_nobody_was_reached(ben, meeting, world):
    tried_in_vain(world, 2)
    form = ben.get(f"{meeting}/send-to-team?invitation={invited(ben, meeting, 'Amira')}")
    page = ben.submit(form, button=SEND)
    assert page.errors == {"not_reached": "Say that you could not reach this person"}
    assert ben.submit(page, {"not_reached": True}, button=SEND).path == meeting


def test_a_team_without_an_inbox_is_called(ben, meeting, world):
    with world.session() as session:
        session.connection().execute(update(Team.__table__).values(email=""))
    form = ben.get(f"{meeting}/send-to-team?invitation={invited(ben, meeting, 'Amira')}")
    page = ben.submit(form, {"not_reached": True}, button=SEND)
    assert "has no duty inbox" in page.errors["invitation"]


def test_whoever_answered_needs_no_team(ben, amira, meeting):
    reference = invited(ben, meeting, "Amira")
    amira.submit(amira.get(meeting), button="Yes, I am coming")
    form = ben.get(f"{meeting}/send-to-team")
    page = ben.submit(form, {"not_reached": True}, tampered={"invitation": reference}, button=SEND)
    assert page.status == 422


def test_recipients_are_worked_out_again_when_mail_leaves(ben, meeting, world):
    """Whoever left the case meanwhile gets neither the invitation nor the team's copy of it."""
    form = ben.get(f"{meeting}/send-to-team?invitation={invited(ben, meeting, 'Amira')}")
    ben.submit(form, {"not_reached": True}, button=SEND)
    with world.session() as session:
        session.connection().execute(
            update(Involvement.__table__)
            .where(Involvement.account_id == world.account_id("Amira"))
            .values(ends_on=clock.today() - timedelta(days=1))
        )
    with pytest.raises(WithheldError, match="not on the case any more"):
        letter(world, waiting(world, "Amira")[0])


def test_an_excluded_colleagues_team_gets_nothing(ben, meeting, world):
    form = ben.get(f"{meeting}/send-to-team?invitation={invited(ben, meeting, 'Amira')}")
    ben.submit(form, {"not_reached": True}, button=SEND)
    with world.session() as session:
        Writer.of(session, world.moment, world.family).keep_out("Amira")
    (message,) = [one for one in waiting(world) if one.team_id]
    with pytest.raises(WithheldError, match="may not receive it any more"):
        letter(world, message)


def test_the_list_really_sent_can_be_seen_by_who_works_on_the_case(ben, hana, meeting, world):
    with world.session() as session:
        session.connection().execute(
            update(OutboxMessage.__table__)
            .where(OutboxMessage.account_id == world.account_id("Amira"))
            .values(state=MailState.SENT, sent_at=clock.now())
        )
    page = ben.click(ben.get(meeting), "To whom mail was really sent")
    rows = [row.get_text(" ", strip=True) for row in page.main.select("tbody tr")]
    assert [row.split(" ")[0] for row in rows] == ["Amira"]
    assert "Handed to the mail server" in ben.get(meeting).text
    assert hana.get(f"{meeting}/sent").status == 404


def test_who_has_not_answered_is_reminded_with_one_press_from_today(ben, meeting, world):
    """A reminder waits on the page of who arranged it some days before, and then not again."""
    with time_machine.travel(clock.now() + timedelta(days=6), tick=False):
        arranger = Client(world.app).sign_in("Ben")
        today = arranger.get("/today")
        assert "who has not answered the invitation to the core group" in today.text
        arranger.submit(today, button="Remind them")
        assert [one.kind for one in waiting(world, "Amira")] == ["invitation", "reminder"]
        assert "Remind them" not in arranger.get("/today").text
        mail = letter(world, waiting(world, "Amira")[-1]).message
        assert "have not answered yet" in mail.get_body().get_content()


def test_a_report_that_came_on_paper_is_written_down(ben, meeting, world):
    """R13: one link on the meeting's page; the reply stands apart."""
    reference = invited(ben, meeting, "Amira")
    form = ben.click(ben.get(meeting), "Write down that a report came")
    assert ben.submit(form, button="It came").errors == {"invitation": "Say whose report it is"}
    page = ben.submit(form, {"invitation": reference}, button="It came")
    assert "Report received today" in page.text
    assert "Adult mental health reports in writing: Amira" in page.text
    with world.session() as session:
        kept = session.scalars(select(Invitation).where(Invitation.reference == reference)).one()
        assert kept.report_at is not None
        assert kept.reply is Reply.NEEDS_ACTION
