"""Late and challenged requests: reminders, both managers, their outcome, and the balance."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import records
from asking import (
    DECLINED,
    LIST,
    SUMMARY,
    WHAT,
    answer,
    ask,
    ask_holder,
    at,
    challenge,
    hold,
    judge,
    newest,
    overdue,
)
from casework import SHARING, add_to_case
from coordinator.access import find_requests
from coordinator.access.letters import Sender, WithheldError, queued
from coordinator.access.release import compose
from coordinator.errors import InvalidError
from coordinator.models.information_requests import Challenge
from coordinator.models.outbox import OutboxMessage
from coordinator.models.trail import TrailEvent
from coordinator.services import challenges
from coordinator.vocabulary import ChallengeOutcome, EventKind
from test_today import rows

WHY = "The conference cannot decide without it"
SENDER = Sender("Coordinator <c@coordinator.example>", "https://coordinator.example")


def settle(client, world, **values):
    page = client.get(at(world, "settle"))
    return client.submit(
        page, {"outcome": "answer-stands", "settled": "We both think that it is enough", **values}
    )


def letters(world):
    """Return what the outbox sends now about requests: (kind, text), or why it is withheld."""
    with world.session() as session:
        out = []
        waiting = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        for message in waiting:
            try:
                letter = compose(session, world.moment, queued(message), SENDER)
                out.append((message.kind, letter.message.as_string()))
            except WithheldError as withheld:
                out.append((message.kind, f"withheld: {withheld.why}"))
        return out


@pytest.mark.parametrize("given", ["late", "declined", "partly", "no"])
def test_a_poor_answer_or_silence_is_put_before_both_managers(ben, amira, dana, dev, world, given):
    """E16: challenge to both managers with an outcome."""
    ask(ben)
    if given == "late":
        overdue(world)
    elif given == "declined":
        answer(amira, world, **DECLINED)
    else:
        answer(amira, world)
        judge(ben, world, given)
    assert amira.get(at(world, "challenge")).status == 403
    challenge(ben, world)
    for manager in (dana, dev):
        assert f"Settle a challenged request: {WHAT}" in " ".join(
            rows(manager.get("/today"), "today")
        )
        assert WHY in manager.get(at(world)).text
    settle(dev, world)
    for client in (ben, amira, dana):
        page = client.get(at(world))
        assert "The answer stands" in page.text
        assert "We both think that it is enough" in page.text
    assert "Settle" not in dana.get("/today").text
    assert dana.get(at(world, "settle")).status == 403
    assert ben.get(at(world, "challenge")).status == 403


def test_an_answer_that_is_enough_or_still_due_is_not_challenged(ben, amira, world):
    ask(ben)
    assert ben.get(at(world, "challenge")).status == 403
    answer(amira, world)
    assert ben.get(at(world, "challenge")).status == 403
    judge(ben, world, "enough")
    assert ben.get(at(world, "challenge")).status == 403
    assert world.count(Challenge) == 0


def test_of_two_managers_who_settle_at_once_the_second_reads_what_the_first_wrote(
    ben, amira, dana, world
):
    ask(ben)
    answer(amira, world, **DECLINED)
    challenge(ben, world)
    with world.does("Dev") as (session, actor):
        seen = find_requests.request(session, actor, world.moment, newest(world))
    settle(dana, world)
    with (
        world.does("Dev") as (session, actor),
        pytest.raises(InvalidError, match="settled it meanwhile"),
    ):
        challenges.settle(
            session, actor, world.moment, seen, ChallengeOutcome.MORE_SHARED, "Other words"
        )
    with world.does("Ben") as (session, actor), pytest.raises(InvalidError, match="already"):
        challenges.challenge(session, actor, world.moment, seen, WHY)


def test_a_manager_who_is_in_it_does_not_settle_it(ben, dana, dev, world):
    """Dana answered for the team that she manages; Dev settles."""
    ask(ben, of="Duty desk of Northside CMHT")
    answer(dana, world, **DECLINED)
    challenge(ben, world)
    assert settle(dev, world).status == 200


def test_when_both_managers_decide_that_more_is_shared_the_asked_person_answers_again(
    ben, amira, dana, world
):
    ask(ben)
    answer(amira, world, **DECLINED)
    challenge(ben, world)
    settle(dana, world, outcome="more-shared", settled="Amira sends the plan for bad days")
    assert WHAT in " ".join(rows(amira.get("/today"), "today"))
    answer(amira, world, text="The plan for bad days")
    page = ben.get(at(world))
    assert "The plan for bad days" in page.text
    assert DECLINED["reason"] in page.text
    assert WHAT not in amira.get("/today").text
    judge(ben, world, "enough")
    assert amira.get(at(world, "answer")).status == 403


def test_managers_read_a_request_between_two_people_only_once_it_is_challenged(
    amira, paula, dana, dev, ben, world
):
    """D03, E18: named people until then, and never the other agency."""
    for name in ("Paula", "Gus"):
        add_to_case(world, name)
    ask_holder(amira, hold(world, "Paula"))
    answer(paula, world, **DECLINED)
    assert dana.get(at(world)).status == 404
    assert WHAT not in dana.get("/requests").text
    challenge(amira, world)
    assert WHY in dana.get(at(world)).text
    assert DECLINED["reason"] in dana.get(at(world)).text
    assert WHAT in dana.get("/requests").text
    for client in (dev, ben):
        assert client.get(at(world)).status == 404
        assert "challenged" not in client.get("/today").text
    settle(dana, world, outcome="other-way", settled="The three of you meet")
    assert "The three of you meet" in paula.get(at(world)).text


def test_a_late_request_is_chased_by_mail_with_the_reference_alone(ben, amira, world):
    """Threats, 9: mail carries a reference, never a name or a clinical word."""
    ask(ben)
    assert ben.post(at(world, "remind"), {}).status == 403
    overdue(world)
    ben.submit(ben.get(at(world)), {}, button="Remind them")
    assert "Last reminded today" in ben.get(at(world)).text
    again = ben.submit(ben.get(at(world)), {}, button="Remind them")
    assert "reminded within the last day" in again.text
    first, chased = letters(world)
    assert [first[0], chased[0]] == ["information-request", "information-request-chased"]
    for _kind, text in (first, chased):
        assert f"/requests/{newest(world)}" in text
        assert "To: amira@northside.example" in text
        for private in ("Kim", "Lane", "Ben", WHAT, "LANE-01", "conference"):
            assert private not in text
    with world.session() as session:
        kinds = session.scalars(
            select(TrailEvent.outcome).where(TrailEvent.kind == EventKind.REQUEST)
        ).all()
    assert "chased" in kinds
    answer(amira, world)
    assert {text for _kind, text in letters(world)} == {"withheld: no longer asked"}


def test_a_manager_sees_what_their_team_asked_and_was_asked_by_direction(
    ben, amira, dana, dev, paula, world
):
    """D05, E18: the balance by team and direction; an internal request counts as internal."""
    add_to_case(world, "Paula")
    ask(ben)
    answer(amira, world)
    ask(ben)
    overdue(world)
    ask(amira, of="Ben")
    ask(amira, of="Paula")
    lines = {
        row.th.get_text(): [cell.get_text() for cell in row.select("td")]
        for row in dana.get("/requests").soup.select("tbody tr")
    }
    assert lines["Your team asked another agency"][:5] == ["1", "0", "1", "0", "0"]
    assert lines["Another agency asked your team"][:5] == ["2", "1", "1", "1", "0"]
    assert lines["Inside the agency"][:5] == ["1", "0", "1", "0", "0"]
    others = {
        row.th.get_text(): row.td.get_text() for row in dev.get("/requests").soup.select("tbody tr")
    }
    assert others["Your team asked another agency"] == "2"
    assert others["Inside the agency"] == "0"


def test_a_request_between_two_people_counts_as_internal_without_its_words(
    amira, paula, dana, dev, world
):
    """E18: it counts in the report of their manager, who does not read it."""
    for name in ("Paula", "Gus"):
        add_to_case(world, name)
    theirs = dev.get("/requests").body
    ask_holder(amira, hold(world, "Paula"))
    page = dana.get("/requests")
    inside = next(row for row in page.soup.select("tbody tr") if "Inside" in row.get_text())
    assert inside.td.get_text() == "1"
    assert WHAT not in page.text
    assert dev.get("/requests").body == theirs


def test_only_managers_see_the_balance_and_only_of_their_own_teams(ben, bella, dana, world):
    ask(ben)
    for client in (ben, bella):
        assert client.get("/requests").status == 403
        assert "/requests" not in client.get("/today").links.values()
    assert "/requests" in dana.get("/today").links.values()


def test_an_excluded_manager_learns_nothing_of_a_challenge(ben, amira, dana, world):
    """E59: an exclusion beats oversight."""
    nothing = dana.get("/requests").body
    ask(ben)
    answer(amira, world, **DECLINED)
    challenge(ben, world)
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).exclude("Dana")
    assert dana.get("/requests").body == nothing
    assert WHAT not in dana.get("/today").text
    assert dana.get(at(world)).body == dana.get("/requests/ZZZZZZZZZ").body


def test_summary_words_stay_out_of_lists(ben, amira, world):
    ask(ben)
    answer(amira, world)
    for path in (LIST, SHARING, "/today"):
        assert SUMMARY["text"] not in ben.get(path).text


def test_whom_a_seconded_worker_is_asked_as_decides_whose_audit_shows_it(dana, dev, world):
    """E07: Gus is asked as somebody of Eastway; that is not for his manager at Northside."""
    with world.does("Bella") as (session, actor):
        there = records.another_family(session, world.moment, "Ann Fell", "9434765919", ["Bella"])
        request = records.Writer.of(session, world.moment, there["family"]).request(
            "Bella", "Gus", "Anything"
        )
        request.asked_agency_id = actor.agency_id
    asked = "asked Gus for information"
    assert asked in dev.get("/audit?kinds=request").text
    assert asked not in dana.get("/audit?kinds=request").text
