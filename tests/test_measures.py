"""Measures for managers: counted, compared with before, and each a way to the rows behind."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import records
from checks import words
from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.models.directory import Post, PostConfirmation, PostHolding
from coordinator.models.information_requests import InformationAnswer
from coordinator.models.meetings import Meeting
from coordinator.models.plans import Action
from coordinator.reads.measures.catalogue import MEASURES
from coordinator.vocabulary import ActionState, AnswerKind, CannotReason, PostKind
from page import Client
from waiting_list import add_action, add_meeting

NORTH, EAST = "Northside Mental Health", "Eastway Children’s Services"


def line(client, measure, asked=""):
    """Return what the page of all measures says of one, by column."""
    rows = client.get(f"/measures{asked}").soup.select("tbody tr")
    row = next(row for row in rows if f"/measures/{measure}?" in str(row.th))
    head = [words(cell) for cell in row.find_parent("table").select("thead th")]
    return dict(zip(head, [words(cell) for cell in row.select("th, td")], strict=True))


def actions(world, number, **facts):
    """Add actions that a meeting agreed."""
    if not world.count(Action):
        add_meeting(world, "Ben", "Hana", ["Amira"])
    with world.session() as session:
        meeting = session.scalars(select(Meeting.id).limit(1)).one()
    return [add_action(world, "Ben", "Amira", meeting_id=meeting, **facts) for _ in range(number)]


def due(days):
    return {"due_on": clock.today() - timedelta(days=days)}


def done(days, **facts):
    return {"state": ActionState.DONE, "state_at": clock.now() - timedelta(days=days)} | facts


def test_an_action_that_was_late_is_in_the_on_time_figure_with_its_row(dana, world):
    """E14, M19: Dana's on-time figure includes it; the figure leads to the action itself."""
    (late,) = actions(world, 1, **due(1), state=ActionState.ACCEPTED)
    actions(world, 1, **due(1), **done(2))
    actions(world, 1, **due(-1), **done(2))
    assert line(dana, "M19")[NORTH] == "50% 1 of 2"
    page = dana.click(dana.get("/measures"), "Agreed actions done on time")
    assert "Still open" in page.text
    assert f"/actions/{late}" in page.links.values()
    with world.does("Amira") as (session, _):
        action = session.scalars(select(Action).where(Action.reference == late)).one()
        action.state, action.state_at = ActionState.DONE, clock.now()
    assert "50% 1 of 2" in dana.get("/measures/M19?period=month").text


def test_what_was_kept_up_and_is_not_any_more_is_marked_as_slipping(dana, world):
    """E60, M38: against three months before; a few say nothing of a change."""
    actions(world, 5, **due(100), **done(101))
    assert line(dana, "M19")["Kept up?"] == "Too few to compare"
    actions(world, 5, **due(9), state=ActionState.ACCEPTED)
    mine = line(dana, "M19")
    assert (mine["Together"], mine["3 months before"]) == ("0% 0 of 5", "100% 5 of 5")
    assert mine["Kept up?"] == "Slipping"


def test_leads_that_are_confirmed_no_more_fall_month_by_month(dana, world):
    """E60, E05, M01: the share of teams whose leads were confirmed falls, and is slipping."""
    with world.does("Farah") as (session, _):
        for holding in session.scalars(select(PostHolding)):
            holding.starts_on = clock.today() - timedelta(days=500)
            if session.get_one(Post, holding.post_id).kind is not PostKind.LINK_WORKER:
                day = clock.today() - timedelta(days=95)
                session.add(PostConfirmation(holding_id=holding.id, on_day=day))
    assert line(dana, "M01")[NORTH].startswith("100%")
    with clock.standing_at(clock.now() + timedelta(days=70)):
        later = Client(world.app).sign_in("Dana")
        mine = line(later, "M01")
        assert mine[NORTH].startswith("0%")
        assert mine["Kept up?"] == "Slipping"
        elif_ = Client(world.app).sign_in("Elif")
        right = "This is right, and I hold this post"
        elif_.submit(elif_.get("/directory/safeguarding-lead"), {}, button=right)
        assert world.count(PostConfirmation, PostConfirmation.on_day == clock.today()) == 1


def test_fewer_than_five_of_another_team_are_not_told_nor_counted_in(dev, world):
    """measures.md: hidden from readers outside the team, and no sum tells of them."""
    actions(world, 4, **due(3), state=ActionState.ACCEPTED)
    mine = line(dev, "M19")
    assert (mine[NORTH], mine[EAST], mine["Together"]) == ("fewer than 5", "–", "–")
    detail = dev.get("/measures/M19")
    assert detail.soup.select_one("table").get_text("|", strip=True).endswith("fewer than 5")
    actions(world, 1, **due(3), **done(4))
    assert line(dev, "M19")[NORTH] == "20% 1 of 5"


def test_a_measure_says_what_it_counts_and_its_caution_beside_a_picture(dana, world):
    """measures.md, T15: definition and caution, both agencies, months as picture and as table."""
    assert "No month has enough to draw a line" in dana.get("/measures/M19").text
    actions(world, 5, **due(3), **done(4))
    for number in ("M19", "M20"):
        measure, page = MEASURES[number], dana.get(f"/measures/{number}?period=year")
        assert measure.definition in page.text
        assert measure.caution in page.text
        svg = page.soup.select_one("svg[role=img]")
        assert svg.title.string.startswith(measure.title)
        assert NORTH in svg.get_text()
        assert EAST in svg.get_text()
        assert (
            len(page.soup.find("caption", string="Month by month").find_parent().select("tr")) == 13
        )


def test_a_time_or_a_team_that_is_none_is_said_beside_its_field(dana, ben):
    """An address that was changed by hand."""
    page = dana.get("/measures?period=week&team=ZZZZ99999")
    assert page.status == 422
    assert set(page.errors) == {"period", "team"}
    assert ben.get("/measures").status == 403


def test_a_lead_reads_figures_and_no_row_before_they_say_why(app, world):
    """sharing.md: a lead's figures are of their agency's families, and their rows need a reason."""
    actions(world, 5, **due(3), **done(4))
    lead = Client(app).sign_in("Elif")
    assert line(lead, "M19")[NORTH] == "100% 5 of 5"
    assert "LANE-01" not in lead.get("/measures/M19").main.get_text()
    assert "/contact-balance" not in lead.get("/measures").links.values()
    lead.submit(lead.get("/families/LANE-01/reason"), {"reason": "A call from a school"})
    assert "LANE-01" in lead.get("/measures/M19").main.get_text()


def test_what_failed_for_lack_of_a_service_is_a_number_by_reason(dana, world):
    """E37, M20: the count rises by one, by its reason, and the figure names no family."""
    facts = {"state": ActionState.CANNOT_BE_DONE, "state_at": clock.now()}
    assert line(dana, "M20")[NORTH] == "–"
    actions(world, 1, **due(3), **facts, cannot_reason=CannotReason.WAITING_LIST)
    actions(world, 1, **due(3), **facts, cannot_reason=CannotReason.NO_TIME)
    assert line(dana, "M20")[NORTH] == "1"
    teams = dana.get("/measures/M20").soup.select_one("table")
    assert [words(cell) for cell in teams.select("tbody td")][1:] == ["1", "0", "1", "0"]
    assert "LANE" not in dana.get("/measures").main.get_text()


def test_the_usual_time_is_the_middle_one(dana, world):
    """M14, M15: of ten, twenty and thirty hours from the question to its answer."""
    with world.session() as session:
        family = records.Writer.of(session, world.moment, world.family).family_id
        before = clock.now() - timedelta(days=4)
        for hours in (10, 20, 30):
            then = (Moment(before + timedelta(hours=h), clock.today()) for h in (0, hours))
            asks, answers = (records.Writer(session, moment, family) for moment in then)
            asked = asks.request("Ben", "Amira", "Who picks Leo up?")
            answers.add(
                InformationAnswer, "Amira", request_id=asked.id, answer=AnswerKind.FULL, text="I do"
            )
    page = dana.get("/measures/M14")
    assert "20 hours" in page.soup.select_one("table").get_text()
    assert line(dana, "M15")[NORTH] == "100% 3 of 3"


def test_both_managers_take_the_same_measures_on_two_sheets_to_their_meeting(dana, dev):
    """Issue 6, point 6: every measure, its meaning, and room for what is agreed."""
    for client in (dana, dev):
        page = client.click(
            client.get("/measures"), "For the meeting of both managers: two sheets to print"
        )
        assert len(page.soup.select(".co-sheets section")) == 2
        assert all(one.title in page.text and one.caution in page.text for one in MEASURES.values())
        assert "What we agree" in page.text
