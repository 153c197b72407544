"""Asking for information and answering, between agencies and inside one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from asking import (
    ASK,
    DECLINED,
    HELD,
    LIST,
    SUMMARY,
    WHAT,
    WORDS,
    answer,
    ask,
    ask_holder,
    at,
    hold,
    judge,
    newest,
    overdue,
)
from casework import SHARING, add_to_case, offers
from coordinator import clock
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationAnswer, InformationRequest
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, Level, Notice
from page import Client
from test_today import rows


def entry(world, model):
    with world.session() as session:
        return session.scalars(select(model).order_by(model.id.desc()).limit(1)).one()


def test_a_request_says_what_why_for_which_decision_and_by_when(ben, amira, world):
    """E16: Ben asks Amira for current risk and treatment, by Friday, for the conference."""
    page = ask(ben)
    assert page.path == at(world)
    seen = amira.get(at(world))
    for words in (*WORDS.values(), "Ben", "Eastway Children’s Services"):
        assert words in seen.text
    assert WHAT in " ".join(rows(amira.get("/today"), "this-week"))
    assert "Amira:" in " ".join(rows(ben.get("/today"), "others"))


@pytest.mark.parametrize("field", ["what", "why", "decision"])
def test_a_request_without_what_why_or_decision_is_refused(ben, world, field):
    page = ask(ben, **{field: ""})
    assert page.status == 422
    assert list(page.errors) == [field]
    assert world.count(InformationRequest) == 0


def test_a_request_is_due_today_or_later(ben):
    page = ask(ben, days=-1)
    assert page.errors == {"due_on": "The day must be today or later"}
    assert page.field("what") == WHAT


def test_a_worker_or_a_duty_desk_of_both_agencies_can_be_asked_and_nobody_else(ben):
    names = " ".join(offers(ben.get(ASK), "whom"))
    assert "Amira, Care coordinator" in names
    assert "Duty desk of Northside CMHT" in names
    assert "Duty desk of Eastway Family Support" in names
    for absent in ("Ben,", "Bella", "Kim"):
        assert absent not in names


def test_somebody_off_the_case_cannot_be_asked(ben, world):
    page = ben.submit(
        ben.get(ASK),
        {**WORDS, "due_on": clock.today()},
        tampered={"whom": ["ZZZZZZZZZ"]},
    )
    assert page.status == 422
    assert "whom" in page.errors
    assert world.count(InformationRequest) == 0


def test_an_answer_in_summary_reaches_the_asker_with_the_time_it_took(ben, amira, world):
    """E16: Ben sees the summary, and the time taken."""
    ask(ben)
    with time_machine.travel(clock.now() + timedelta(hours=5), tick=True):
        answer(Client(amira.app).sign_in("Amira"), world)
        page = Client(ben.app).sign_in("Ben").get(at(world))
    for words in ("In summary", "after 5 hours", SUMMARY["text"], SUMMARY["reason"], "Kim agrees"):
        assert words in page.text
    assert "Yes, told" in page.text
    assert "answered after 5 hours" in ben.get(LIST).text


@pytest.mark.parametrize(
    ("left_out", "fields"),
    [
        ({"text": ""}, ["text"]),
        ({"parent_told": None}, ["parent_told"]),
        ({"parent_told": "not-yet", "parent_view": ""}, ["parent_view"]),
        ({"reason": ""}, ["reason"]),
        ({**DECLINED, "reason": ""}, ["reason"]),
    ],
)
def test_what_is_given_says_whether_the_parent_was_told_and_what_is_kept_says_why(
    ben, amira, world, left_out, fields
):
    """D01; spec/sharing.md, three facts: declining or shortening an answer needs a reason."""
    ask(ben)
    page = answer(amira, world, **left_out)
    assert page.status == 422
    assert list(page.errors) == fields
    assert world.count(InformationAnswer) == 0


def test_a_declined_answer_passes_on_its_reason_and_nothing_else(ben, amira, world):
    ask(ben)
    answer(amira, world, **DECLINED)
    page = ben.get(at(world))
    assert "Declined, with a reason" in page.text
    assert DECLINED["reason"] in page.text
    assert SUMMARY["text"] not in page.text
    assert entry(world, InformationAnswer).text == ""


def test_who_does_not_hold_it_says_so_without_more(ben, amira, world):
    ask(ben)
    answer(amira, world, answer="not-held", reason="", text="")
    assert "We do not hold it" in ben.get(at(world)).text


def test_a_late_request_is_late_on_the_pages_of_both(ben, amira, world):
    """E16: Friday passes unanswered, and both see it as late."""
    ask(ben)
    overdue(world)
    assert WHAT in " ".join(rows(amira.get("/today"), "late"))
    assert "Late" in " ".join(rows(ben.get("/today"), "others"))
    for client in (amira, ben):
        assert "Late" in client.get(at(world)).text
        assert "Late" in client.get(LIST).text
        assert "Late" in client.get(SHARING).text


def test_only_who_is_asked_answers_and_only_once(ben, amira, world):
    ask(ben)
    assert ben.get(at(world, "answer")).status == 403
    answer(amira, world)
    assert amira.get(at(world, "answer")).status == 403
    assert world.count(InformationAnswer) == 1


def test_a_team_that_is_asked_answers_by_its_workers_on_the_case_or_its_manager(
    ben, amira, dana, gus, world
):
    ask(ben, of="Duty desk of Northside CMHT")
    assert WHAT in amira.get("/today").text
    assert gus.get(at(world)).status == 404
    answer(dana, world)
    assert "by Dana" not in ben.get(LIST).text
    assert "Dana, Northside" in ben.get(at(world)).text
    assert amira.get(at(world, "answer")).status == 403


def test_the_asker_says_whether_it_was_enough_and_may_change_their_mind(ben, amira, world):
    """T11: the requester's verdict."""
    ask(ben)
    answer(amira, world)
    assert "whether the answer is enough" in ben.get("/today").text
    judge(ben, world, "no")
    judge(ben, world, "enough")
    assert "Yes, it is enough" in amira.get(at(world)).text
    assert "whether the answer is enough" not in ben.get("/today").text
    assert amira.get(at(world, "verdict")).status == 403


def test_an_unanswered_request_can_be_withdrawn_by_who_asked(ben, amira, world):
    ask(ben)
    assert amira.post(at(world, "withdraw"), {}).status == 403
    ben.submit(ben.get(at(world)), {}, button="Withdraw")
    assert "Withdrawn" in ben.get(at(world)).text
    assert WHAT not in amira.get("/today").text
    assert amira.get(at(world, "answer")).status == 403
    assert ben.post(at(world, "withdraw"), {}).status == 403


def test_between_agencies_a_request_is_open_and_inside_one_it_is_that_agencys_own(
    ben, amira, paula, dev, dana, world
):
    """E18: requests work inside an agency as well; the other agency sees no trace."""
    before = ben.get(LIST).body
    add_to_case(world, "Paula")
    ask(amira, of="Paula")
    request = entry(world, InformationRequest)
    assert (request.level, request.notice) == (Level.OWN_AGENCY, Notice.OWN_AGENCY)
    assert ben.get(LIST).body == before
    for client in (ben, dev):
        assert "Held back:" not in client.get(SHARING).text
        assert client.get(at(world)).status == 404
        assert client.get(at(world)).body == client.get("/requests/ZZZZZZZZZ").body
    answer(paula, world)
    for client in (amira, dana, paula):
        assert SUMMARY["text"] in client.get(at(world)).text
    for client in (ben, dev):
        assert SUMMARY["text"] not in client.get(LIST).text
        assert client.get(at(world)).status == 404


def test_somebody_asks_the_holder_of_what_is_held_back(amira, paula, ben, gus, world):
    """E18, D03: Amira sees "held by Paula" and asks; Ben sees neither note, notice nor request."""
    for name in ("Paula", "Gus"):
        add_to_case(world, name)
    note = hold(world, "Paula")
    link = f"/notices/{note}/ask"
    assert link in amira.get(SHARING).html
    assert HELD not in amira.get(link).text
    assert ben.get(link).status == 404
    assert ben.get(link).body == ben.get("/notices/ZZZZZZZZZ/ask").body
    assert paula.get(link).status == 404
    ask_holder(amira, note)
    request = entry(world, InformationRequest)
    assert (request.level, request.notice) == (Level.NAMED, Notice.OWN_AGENCY)
    answer(paula, world)
    assert "Note of" in amira.get(at(world)).text
    assert SUMMARY["text"] in amira.get(at(world)).text
    for client in (ben, gus):
        assert client.get(at(world)).status == 404
        assert WHAT not in client.get(SHARING).text
    assert "Held back: Information request" in gus.get(SHARING).text
    assert "Held back:" not in ben.get(SHARING).text


def test_the_holder_in_the_other_agency_is_asked_openly(amira, ben, world):
    note = hold(world, "Amira", Level.OWN_AGENCY)
    assert f"/notices/{note}/ask" in ben.get("/families/LANE-01").html
    ask_holder(ben, note)
    assert entry(world, InformationRequest).level is Level.OPEN
    assert "Note of" in amira.get(at(world)).text


def test_a_holder_who_has_left_cannot_be_asked(amira, ben, world):
    note = hold(world, "Amira", Level.OWN_AGENCY)
    page = ben.get(f"/notices/{note}/ask")
    with world.does("Amira") as (session, _actor):
        mine = Involvement.account_id == world.account_id("Amira")
        session.scalars(select(Involvement).where(mine)).one().ends_on = clock.today() - timedelta(
            days=1
        )
    refused = ben.submit(page, {**WORDS, "due_on": clock.today()})
    assert refused.status == 422
    assert "no longer on this case" in refused.text
    assert refused.field("what") == WHAT


def test_every_act_on_a_request_is_in_the_trail_as_a_request(ben, amira, dana, world):
    ask(ben)
    answer(amira, world)
    judge(ben, world, "partly")
    with world.session() as session:
        events = session.scalars(
            select(TrailEvent).where(TrailEvent.kind == EventKind.REQUEST).order_by(TrailEvent.seq)
        ).all()
    assert {e.outcome for e in events} == {"asked", "summary", "answered", "partly"}
    assert events[0].towards_id == world.account_id("Amira")
    assert SUMMARY["text"] not in str([vars(e) for e in events])
    page = dana.get("/audit?kinds=request")
    assert "Who asked whom for information?" in page.text
    assert "asked Amira for information" in page.text
    assert "said whether an answer is enough" in page.text


def test_the_lists_take_the_same_statements_however_many_requests_there_are(ben, world, statements):
    def taken(path):
        statements.clear()
        assert ben.get(path).status == 200
        return len(statements)

    ask(ben)
    few = [taken(path) for path in (LIST, SHARING, "/today")]
    for _ in range(3):
        ask(ben)
    assert [taken(path) for path in (LIST, SHARING, "/today")] == few
    assert taken(LIST) <= 8
    assert taken(f"/requests/{newest(world)}") <= 12


def test_a_long_list_has_pages(ben, world, monkeypatch):
    monkeypatch.setattr("coordinator.reads.information_requests.of_family.__defaults__", (1, 2))
    for number in range(3):
        ask(ben, what=f"Question {number}")
    first = ben.get(LIST)
    assert "Question 2" in first.text
    assert "Question 0" not in first.text
    assert "Question 0" in ben.click(first, "Older").text
    assert world.count(Entry, Entry.kind == "information-request") == 3
