"""Asking the audit: each part of the question, pages, and counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

import records
from auditing import OF_LANE, fill_trail, rows, world_reference
from coordinator import clock, trail
from coordinator.demo import cast
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.reads import audit as reads
from coordinator.vocabulary import (
    EventKind,
    Mechanism,
    Outcome,
)


def test_partner_not_reached_is_one_press_away(writer, dana):
    """J08, step 2: only unanswered attempts towards the other agency, with method and who tried."""
    writer.contact("Ben", "Amira", "Nobody answered")
    writer.contact("Ben", "Bella", "Own agency")
    writer.meeting("Ben", "Hana", ["Amira"])
    reached = writer.add(
        ContactAttempt,
        "Amira",
        account_id=records.account_id(writer.session, "Ben"),
        contacted_agency_id=cast.actor(writer.session, "Ben").agency_id,
        attempted_at=writer.moment.now,
        mechanism=Mechanism.TELEPHONE,
        outcome=Outcome.REACHED,
        line="Talked",
    )
    assert reached.id
    writer.session.commit()
    page = dana.click(dana.get(OF_LANE), "Partner not reached")
    assert [(row[1], row[4], row[6]) for row in rows(page)] == [("Ben", "Amira", "No answer")]
    assert "tried to phone Amira" in page.text
    assert "Who tried in vain to reach the other agency about LANE-01?" in page.text


def test_each_part_of_the_question_narrows_the_answer(writer, world, dana, amira, ben):
    writer.contact("Ben", "Amira", "A try")
    writer.contact("Amira", "Ben", "A try")
    writer.session.commit()
    amira.get("/families/LANE-01")
    ben.get("/families/LANE-01")
    everything = len(rows(dana.get(OF_LANE)))
    amira_ref, northside = world_reference(world, "Amira"), "Northside Mental Health"
    start = dana.get("/audit")
    asked = {
        "person": (amira_ref, lambda row: "Amira" in (row[1], row[4])),
        "agency": (
            next(
                option["value"]
                for option in start.soup.select("select[name=agency] option")
                if option.text == northside
            ),
            lambda row: row[2] == northside,
        ),
        "kinds": (["look"], lambda row: row[3].startswith("looked")),
        "outcome": ("no-answer", lambda row: row[6] == "No answer"),
    }
    for field, (value, fits) in asked.items():
        found = rows(dana.submit(start, {"family": "LANE-01", field: value}, button="Show"))
        assert found, field
        assert len(found) < everything, field
        assert all(fits(row) for row in found), field


def test_days_are_whole_days_in_london_and_both_count(world, dana):
    wall = datetime(2026, 6, 10)  # noqa: DTZ001  (local by definition)
    start, end = clock.instant_of(wall), clock.instant_of(wall + timedelta(days=1))
    with world.session() as session:
        actor = cast.actor(session, "Amira")
        moments = (start - timedelta(seconds=1), start, end - timedelta(seconds=1), end)
        for number, instant in enumerate(moments):
            with clock.standing_at(instant):
                trail.write(
                    session,
                    EventKind.EXPORT,
                    action="audit.export",
                    outcome=f"file-{number}",
                    who=actor.acting(),
                )
    days = "&".join(
        f"{end}-{part}={value}"
        for end in ("since", "until")
        for part, value in (("day", 10), ("month", 6), ("year", 2026))
    )
    found = [row[6] for row in rows(dana.get(f"/audit?kinds=export&{days}"))]
    assert found == ["File 2", "File 1"]


BAD = {
    "family=%00": "family",
    "family=%E2%80%AE": "family",
    "family=" + "A" * 10_000: "family",
    "family=Kim%20Lane": "family",
    "family='%20OR%201=1": "family",
    "person=NOBODY": "person",
    "person=1&person=2": "person",
    "agency=%ED%A0%80": "agency",
    "outcome=%3Cb%3E": "outcome",
    "kinds=gossip": "kinds",
    "since-day=31&since-month=2&since-year=2026": "since",
    "until-day=1": "until",
    "since-day=2&since-month=2&since-year=2026&until-day=1&until-month=2&until-year=2026": "until",
    "before=x": "",
    "after=-1": "",
    "upto=99999999999999999999-1": "",
}


@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:30])
@pytest.mark.parametrize("path", ["/audit", "/audit.csv"])
def test_what_cannot_be_asked_is_said_beside_its_field(dana, query, path):
    page = dana.get(f"{path}?{query}")
    assert page.status == 422
    assert list(page.errors) == [BAD[query]]
    assert rows(page) == []


def test_every_act_is_on_one_page_and_on_one_only(world, dana, statements):
    fill_trail(world, 120)
    page = dana.get("/audit?kinds=look")
    asked, seen, pages = [], [], [page]
    while True:
        seen += rows(page)
        older = next((href for text, href in page.links.items() if text.startswith("Older")), None)
        if not older:
            break
        statements.clear()
        page = dana.get(older)
        asked.append(len(statements))
        pages.append(page)
    assert [len(rows(p)) for p in pages[:2]] == [50, 50]
    assert len(seen) == 120
    assert "120 acts" in pages[0].text
    assert max(asked) <= 12
    back = pages[-1]
    for earlier in pages[-2::-1]:
        back = dana.get(next(h for text, h in back.links.items() if text.startswith("Newer")))
        assert rows(back) == rows(earlier)


def test_acts_of_the_same_instant_are_neither_lost_nor_doubled(world, dana):
    now = clock.now()
    with world.session() as session, clock.standing_at(now):
        actor = cast.actor(session, "Amira").acting()
        for number in range(60):
            trail.write(session, EventKind.EXPORT, action="x", outcome=f"f{number}", who=actor)
    first = dana.get("/audit?kinds=export")
    older = next(href for text, href in first.links.items() if text.startswith("Older"))
    found = [row[6] for row in rows(first) + rows(dana.get(older))]
    assert found == [f"F{number}" for number in range(59, -1, -1)]


def test_many_are_counted_only_when_that_is_asked(world, dana):
    fill_trail(world, 1_003)
    page = dana.get(OF_LANE + "&kinds=look")
    assert "More than 1,000 acts" in page.text
    assert "1,003 acts" in dana.click(page, "Count them all").text


def test_counting_looks_no_further_back_than_it_may(world, dana, monkeypatch):
    """docs/performance.md: a page costs the same in the tenth year; all is counted when asked."""
    monkeypatch.setattr(reads, "LOOKED_THROUGH", 60)
    fill_trail(world, 100, towards_id=None, outcome="old")
    with world.session() as session, clock.standing_at(clock.now() - timedelta(days=2)):
        who = cast.actor(session, "Amira").acting()
        trail.write(session, EventKind.LOOK, action="plans.read", who=who)
    page = dana.get("/audit?kinds=look")
    assert "100 or more acts" in page.text
    assert "101 acts" in dana.click(page, "Count them all").text


def test_a_page_looks_no_further_back_than_it_may(world, dana, monkeypatch):
    """docs/performance.md: what is rare is found a press further back, and in the file."""
    monkeypatch.setattr(reads, "LOOKED_THROUGH", 60)
    fill_trail(world, 100)
    with world.session() as session, clock.standing_at(clock.now() - timedelta(days=2)):
        who = cast.actor(session, "Amira").acting()
        trail.write(session, EventKind.EXPORT, action="audit.export", outcome="x", who=who)
    question = f"person={world_reference(world, 'Amira')}&kinds=export"
    page = dana.get(f"/audit?{question}")
    assert rows(page) == []
    assert "What is older was not looked through yet" in page.text
    while not rows(page):
        page = dana.get(next(h for text, h in page.links.items() if text.startswith("Older")))
    assert [row[1] for row in rows(page)] == ["Amira"]
    assert not any(text.startswith("Older") for text in page.links)
    while newer := [h for text, h in page.links.items() if text.startswith("Newer")]:
        page = dana.get(newer[0])
    assert "not looked through yet" in page.text
    assert len(dana.get(f"/audit.csv?{question}").body.splitlines()) == 2


@pytest.mark.parametrize("path", ["/audit", OF_LANE, "/audit?not_reached=y"])
def test_a_page_takes_a_constant_number_of_statements(world, dana, bella, statements, path):
    taken = []
    for _ in range(2):
        bella.get("/families/LANE-01")
        fill_trail(world, 30)
        dana.get(path)
        statements.clear()
        dana.get(path)
        taken.append(len(statements))
    assert taken[0] == taken[1] <= 12
