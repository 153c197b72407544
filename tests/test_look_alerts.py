"""Alerts about looks: a privacy officer reads them, asks, and says what came of it (D21)."""

import pytest
from sqlalchemy import select

from coordinator.models.look_alerts import LookAlert
from coordinator.settings import Settings
from coordinator.vocabulary import AlertKind, EventKind
from looking import families, happens, lane, looks, scan, yesterday
from writer import Writer

FOUND = {"outcome": "learning", "review": "She had been asked by her manager"}


@pytest.fixture
def raised(world):
    """Let Elif have looked six times at LANE-01 yesterday; give the alert's reference."""
    looks(world, world.account_id("Elif"), [lane(world)] * 6, yesterday())
    assert scan(world) == 1
    with world.session() as session:
        return session.scalars(select(LookAlert.reference)).one()


def test_a_privacy_officer_reads_who_why_at_which_family_how_often_and_when(petra, raised):
    """Threats, 5; D21."""
    page = petra.get("/alerts")
    assert page.h1 == "Alerts"
    for words in ("Elif", "Northside Mental Health", "LANE-01", "without working on its case"):
        assert words in page.text
    assert f"/alerts/{raised}" in page.links.values()
    page = petra.get(f"/alerts/{raised}")
    for words in ("Elif", "LANE-01", "looked at the family’s pages", "10am", "Waits"):
        assert words in page.text
    assert len(page.main.select("tbody tr")) == 6
    for words in ("Kim", "Lane ", "Leo", "Mia"):
        assert words not in page.html


def test_it_is_reviewed_with_an_outcome_and_words_and_nothing_typed_is_lost(petra, raised):
    page = petra.click(petra.get(f"/alerts/{raised}"), "Review it")
    refused = petra.submit(page, {"review": FOUND["review"]})
    assert refused.status == 422
    assert refused.errors == {"outcome": "Choose what came of the review"}
    assert FOUND["review"] in refused.html
    refused = petra.submit(refused, {"outcome": "learning", "review": " "})
    assert refused.errors == {"review": "Say what you found"}
    page = petra.submit(refused, FOUND)
    assert page.path == f"/alerts/{raised}"
    for words in ("Justified; something to learn", "Petra", FOUND["review"]):
        assert words in page.text
    assert "No alert waits" in petra.get("/alerts").text
    assert "Elif" in petra.get("/alerts?show=reviewed").text
    assert petra.get(f"/alerts/{raised}/review").status == 403


def test_nobody_sees_or_reviews_an_alert_about_themselves(petra, piers, world):
    """Who looked is not told; another agency's officer sees it."""
    with world.session() as session:
        alert = Writer.of(session, world.moment, world.family).look_alert("Petra")
    assert "No alert waits" in petra.get("/alerts").text
    assert petra.get("/today").text.count("alert about looks") == 0
    for path in (f"/alerts/{alert}", f"/alerts/{alert}/review"):
        assert petra.get(path).status == 404
        assert petra.post(path, FOUND).status in (404, 405)
    assert "Petra" in piers.get("/alerts").text


def test_an_alert_is_for_the_officers_of_the_agency_that_was_acted_for(piers, raised):
    assert "No alert waits" in piers.get("/alerts").text
    assert piers.get(f"/alerts/{raised}").status == 404


def test_who_may_not_know_of_the_family_sees_no_alert_about_it(petra, raised, world):
    """Issue, 6: an exclusion comes before everything: the list, the number on Today, the page."""
    assert "1 alert about looks" in petra.get("/today").text
    with world.session() as session:
        Writer.of(session, world.moment, world.family).keep_out("Petra")
    assert "LANE-01" not in petra.get("/alerts").html
    assert "alert about looks" not in petra.get("/today").text
    assert petra.get(f"/alerts/{raised}").html == petra.get("/alerts/ZZZZ99999").html


def test_looks_at_a_hidden_family_are_left_out_of_an_alert_about_several(petra, world):
    three = families(world, 3)
    looks(world, world.account_id("Elif"), three, yesterday())
    scan(world)
    with world.session() as session:
        Writer(session, world.moment, three[0]).keep_out("Petra")
        alert = session.scalars(select(LookAlert.reference)).one()
    assert len(petra.get(f"/alerts/{alert}").main.select("tbody tr")) == 2


def test_today_of_a_privacy_officer_says_how_many_alerts_wait(petra, amira, raised, world):
    with world.session() as session:
        Writer.of(session, world.moment, world.family).look_alert("Dana")
    page = petra.get("/today")
    assert "2 alerts about looks" in page.text
    assert "/alerts" in page.links.values()
    assert "alerts about looks" not in amira.get("/today").text


def test_an_alert_warns_nobody_through_the_audit(dana, elif_, raised, petra):
    """A manager reads neither that it was raised nor that it was read or reviewed."""
    petra.submit(petra.get(f"/alerts/{raised}/review"), FOUND)
    for page in (dana.get("/audit"), elif_.get("/audit"), dana.get("/families/LANE-01/looks")):
        assert "alert" not in page.main.get_text().lower()


def test_a_search_or_a_refusal_behind_an_alert_says_what_was_tried(petra, world):
    for number in range(20):
        happens(world, EventKind.SEARCH, world.account_id("Cerys"), yesterday(), record_kind=None)
        if number % 2:
            account = world.account_id("Cerys")
            happens(world, EventKind.REFUSAL, account, yesterday(), record_kind=None)
    assert scan(world) == 2
    with world.session() as session:
        by_kind = dict(session.execute(select(LookAlert.kind, LookAlert.reference)).all())
    page = petra.get(f"/alerts/{by_kind[AlertKind.MANY_SEARCHES]}")
    assert page.text.count("asked whether a family is known") == 20
    page = petra.get(f"/alerts/{by_kind[AlertKind.REFUSED_OFTEN]}")
    assert page.text.count("and was refused") == 10


def test_a_long_list_has_pages(petra, world, monkeypatch):
    monkeypatch.setattr("coordinator.reads.look_alerts.SETTINGS", Settings(page_size=2))
    monkeypatch.setattr("coordinator.reads.colleagues.SETTINGS", Settings(page_size=2))
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        for name in ("Dana", "Cerys", "Idris"):
            writer.look_alert(name)
    page = petra.get("/alerts")
    assert "Dana" not in page.main.get_text()
    assert "Dana" in petra.click(page, "Older").main.get_text()


def test_two_officers_do_not_review_one_alert_twice(petra, raised, world):
    """The second is told, and the first review stands."""
    first = petra.get(f"/alerts/{raised}/review")
    petra.submit(petra.get(f"/alerts/{raised}/review"), FOUND)
    assert petra.submit(first, {"outcome": "not-justified", "review": "No"}).status == 403
    assert world.count(LookAlert, LookAlert.outcome == "learning") == 1
