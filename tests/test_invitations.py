"""Invitations, answers, deputies and written views: three facts that are never one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import gathering
import records
from coordinator.models.meetings import Invitation
from coordinator.models.trail import TrailEvent
from coordinator.services import exclusions
from coordinator.vocabulary import EventKind, Reply
from gathering import CANARIES, MEETINGS, arrange, invitations, membership, waiting
from listed import account
from page import Client, Page

VIEW = "Kim sleeps better since the depot.\nShe wants the nursery place."


@pytest.fixture
def meeting(ben) -> str:
    """Give the address of a core group to which Amira is invited."""
    return arrange(ben).path


def decline(client: Client, address: str, deputy: str, note: str = "") -> Page:
    form = client.get(f"{address}/reply?reply=declined")
    return client.submit(form, {"deputy": deputy, "note": note}, button="Save your answer")


def test_one_press_answers(amira, ben, meeting, world):
    """E11: coming is one press on the meeting's page, and the arranger sees it."""
    page = amira.submit(amira.get(meeting), button="Yes, I am coming")
    assert "Your answer: coming" in page.text
    assert "Northside Mental Health: 1 coming" in ben.get(meeting).text
    (event,) = gathering.trail(world, TrailEvent.kind == EventKind.REPLY.value)
    assert (event.outcome, event.actor_id, event.towards_id) == (
        "accepted",
        world.account_id("Amira"),
        world.account_id("Ben"),
    )
    page = amira.submit(
        amira.get(f"{meeting}/reply"), {"reply": "tentative"}, button="Save your answer"
    )
    assert "Your answer: perhaps" in page.text


def test_a_press_that_is_repeated_answers_once(amira, meeting, world):
    page = amira.get(meeting)
    for _ in range(2):
        assert amira.submit(page, button="Yes, I am coming").status == 200
    assert len(gathering.trail(world, TrailEvent.kind == EventKind.REPLY.value)) == 1


def test_a_deputy_is_invited_and_the_list_shows_both(amira, ben, cerys, meeting, world):
    """E11: she declines and names Cerys, Cerys is invited and the list shows both."""
    page = decline(amira, meeting, membership(world, "Cerys"), "On leave that week")
    assert "Your answer: not coming, Cerys comes for you" in page.text
    form = amira.get(f"{meeting}/written-view")
    amira.submit(form, {"written_view": VIEW}, button="Send your view")
    shown = ben.get(meeting).text
    assert "Cerys comes instead" in shown
    assert "Written view received today" in shown
    assert "“On leave that week”" in shown
    assert "Deputy for Amira" in shown
    assert "She wants the nursery place." in shown
    assert [m.kind for m in waiting(world, "Cerys")] == ["invitation"]
    hers = cerys.get(meeting)
    assert "Amira asks you to come as a deputy." in hers.text
    assert "Your answer: coming" in cerys.submit(hers, button="Yes, I am coming").text


def test_a_deputy_who_is_not_on_the_case_reads_no_name_and_no_words_of_the_family(
    amira, cerys, meeting, world
):
    """Threat 1, S20: an invitation opens the meeting's own page, and nothing else of the family."""
    decline(amira, meeting, membership(world, "Cerys"), "Kim asked for Cerys")
    form = amira.get(f"{meeting}/written-view")
    amira.submit(form, {"written_view": VIEW}, button="Send your view")
    page = cerys.get(meeting)
    assert page.status == 200
    for word in {*CANARIES, "nursery", "depot"} - {"Core group", "LANE"}:
        assert word not in page.html.replace("LANE-01", ""), word
    assert not [href for href in page.links.values() if href.startswith("/families/")]
    for path in ("/families/LANE-01", MEETINGS, f"{MEETINGS}/arrange"):
        assert cerys.get(path).status == 404
    for path in ("change", "cancel", "invite", "attendance", "actions/add"):
        assert cerys.get(f"{meeting}/{path}").status == 403


def test_whoever_comes_after_all_needs_no_deputy(amira, cerys, meeting, world):
    decline(amira, meeting, membership(world, "Cerys"))
    form = amira.get(f"{meeting}/reply")
    page = amira.submit(form, {"reply": "accepted"}, button="Save your answer")
    assert page.errors == {"deputy": "You are coming yourself: leave this empty"}
    page = amira.submit(page, {"deputy": ""}, button="Save your answer")
    assert "Your answer: coming" in page.text
    assert "Cerys" not in invitations(world)
    assert [m.kind for m in waiting(world, "Cerys")] == ["invitation", "cancellation"]
    assert cerys.get(meeting).status == 404


def test_another_deputy_takes_the_first_ones_place(amira, meeting, world):
    decline(amira, meeting, membership(world, "Cerys"))
    form = amira.get(f"{meeting}/reply")
    assert form.field("deputy") == membership(world, "Cerys")
    amira.submit(
        form, {"reply": "delegated", "deputy": membership(world, "Gus")}, button="Save your answer"
    )
    assert set(invitations(world)) == {"Amira", "Ben", "Gus"}
    # Cerys again: her calendar takes the meeting in only under a higher number.
    amira.submit(
        amira.get(f"{meeting}/reply"),
        {"deputy": membership(world, "Cerys")},
        button="Save your answer",
    )
    last = waiting(world, "Cerys")[-1]
    assert (last.kind, gathering.event(gathering.letter(world, last).message)["SEQUENCE"]) == (
        "invitation",
        1,
    )


def test_sending_a_deputy_means_naming_one(amira, meeting):
    form = amira.get(f"{meeting}/reply?reply=delegated")
    assert form.field("reply") == "delegated"
    page = amira.submit(form, {"note": "Somebody will come"}, button="Save your answer")
    assert page.errors == {"deputy": "Choose who comes for you"}
    assert page.field("note") == "Somebody will come"


@pytest.mark.parametrize("name", ["Bella", "Farah", "Ben"])
def test_a_deputy_is_a_colleague_of_ones_own_agency(amira, meeting, world, name):
    form = amira.get(f"{meeting}/reply?reply=declined")
    somebody = membership(world, name)
    page = amira.submit(form, tampered={"deputy": somebody}, button="Save your answer")
    assert page.errors == {"deputy": "Choose a colleague from the list"}
    assert set(invitations(world)) == {"Amira", "Ben"}


def test_somebody_who_may_not_know_the_family_is_neither_proposed_nor_a_deputy(
    amira, ben, meeting, world
):
    """An exclusion beats every invitation, and no page says why."""
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).exclude("Colm")
    with world.does("Dana") as (session, dana):
        exclusions.set_exclusion(
            session,
            dana,
            world.moment,
            world.family_for(session, dana),
            account(world, "Cerys"),
            "A neighbour",
        )
    form = amira.get(f"{meeting}/reply?reply=declined")
    assert "Cerys" not in form.text
    somebody = membership(world, "Cerys")
    page = amira.submit(form, tampered={"deputy": somebody}, button="Save your answer")
    assert page.errors == {"deputy": "Choose a colleague from the list"}
    # Colm has every right in the family, and is not proposed.
    page = ben.get(f"{MEETINGS}/arrange")
    assert "Amira" in page.text
    assert "Colm" not in page.text


def test_the_link_of_somebody_who_is_not_invited_is_dead(meeting, gus, paula):
    assert gus.get(meeting).status == 404
    assert paula.post(f"{meeting}/reply", {"reply": "accepted"}).status == 404


def test_people_on_the_case_can_be_invited_later(amira, ben, world):
    """E10: once the partner agency is invited after all, the reason is taken back."""
    page = arrange(ben, invite=[])
    page = ben.submit(
        page,
        {"left_out_reason": "other", "left_out_note": "They meet on Friday"},
        button="Arrange the meeting and invite",
    )
    assert "They meet on Friday" in page.text
    form = ben.click(page, "Invite more people")
    offered = [str(box["value"]) for box in form.main.select("input[name=invite]")]
    assert ben.submit(form, button="Invite").errors == {"invite": "Choose whom to invite"}
    page = ben.submit(form, {"invite": offered}, button="Invite")
    assert "They meet on Friday" not in page.text
    assert amira.get(page.path).text.count("Are you coming?") == 1
    assert "Everybody on the case is invited already." in ben.get(f"{page.path}/invite").text


def test_an_invitation_that_is_taken_back_is_taken_out_of_the_calendar(
    ben, cerys, amira, meeting, world
):
    """Threat 16: removal sends a cancellation, the old link is dead, and a reason is asked."""
    decline(amira, meeting, membership(world, "Cerys"))
    page = ben.get(meeting)
    form = ben.click(page, "Withdraw the invitation of Amira")
    refused = ben.submit(form, button="Withdraw it")
    assert refused.errors == {"left_out_reason": "Say why the partner agency is not invited"}
    page = ben.submit(
        refused,
        {"left_out_reason": "not-relevant", "left_out_note": "Only housing"},
        button="Withdraw it",
    )
    assert set(invitations(world)) == {"Ben"}
    assert [m.kind for m in waiting(world, "Amira")] == ["invitation", "cancellation"]
    assert [m.kind for m in waiting(world, "Cerys")] == ["invitation", "cancellation"]
    assert cerys.get(meeting).status == 404
    assert amira.post(f"{meeting}/reply", {"reply": "accepted"}).status == 403
    assert len(gathering.trail(world, TrailEvent.outcome == "withdrawn")) == 2


def test_whoever_arranged_a_meeting_cannot_be_taken_out_of_it(ben, amira, meeting, world):
    mine = invitations(world)["Ben"].reference
    form = amira.get(f"{meeting}/remove-invitation")
    page = amira.submit(form, tampered={"invitation": mine}, button="Withdraw it")
    assert page.status == 422
    assert set(invitations(world)) == {"Amira", "Ben"}


def test_a_chair_whose_invitation_is_taken_back_is_chair_no_more(ben, world):
    page = arrange(ben, chair="Hana")
    form = ben.click(page, "Withdraw the invitation of Hana")
    assert "Chair Nobody named" in ben.submit(form, button="Withdraw it").text
    assert "Hana" not in invitations(world)


@pytest.mark.parametrize(
    "values",
    [{}, {"reply": ""}, {"reply": "needs-action"}, {"reply": "x" * 5000}, {"reply": "\x00"}],
)
def test_an_answer_that_is_none_is_refused(amira, meeting, world, values):
    page = amira.post(f"{meeting}/reply", values)
    assert page.status == 422
    assert page.errors["reply"] == "Say whether you are coming"
    assert invitations(world)["Amira"].reply is Reply.NEEDS_ACTION


def test_answers_from_two_agencies_are_apart(app, world, ben):
    """E07: a seconded worker answers for the agency for which they are invited."""
    page = arrange(ben)
    amira = Client(app).sign_in("Amira")
    decline(amira, page.path, membership(world, "Gus"))
    gus = Client(app).sign_in("Gus")
    assert gus.get(page.path).status == 200
    gus.act_for("Eastway")
    assert gus.get(page.path).status == 404


def test_a_reply_leaves_attendance_alone(amira, meeting, world):
    """E11: invitation, reply and attendance are three facts."""
    amira.submit(amira.get(meeting), button="Yes, I am coming")
    with world.session() as session:
        assert set(session.scalars(select(Invitation.attendance))) == {None}
