"""The demo tells a story on every page of a chair, a lead and a privacy officer."""

import pytest

from coordinator.demo import danger, others
from page import Client


@pytest.fixture
def told(demo_app, world):
    """Tell the families around LANE-01, and what was kept from whom and opened in danger."""
    with world.session() as session:
        others.load(session)
        danger.load(session)
    return lambda name: Client(demo_app).sign_in(name)


def test_a_chair_has_something_to_record(told):
    today = told("Hana").get("/today")
    assert "Record who came to the child in need meeting" in today.text


def test_a_safeguarding_lead_has_an_opening_to_review_and_can_read_an_earlier_one(told):
    """D22: author and lead told at once; review by lead."""
    elif_, amira, bella = told("Elif"), told("Amira"), told("Bella")
    today = elif_.get("/today")
    assert today.text.count("Review what was opened in immediate danger") == 1
    page = elif_.click(today, "Review what was opened in immediate danger: note (family WREN-07)")
    assert "Ada’s nursery rings" in page.text
    assert "Read what you opened in immediate danger" in bella.get("/today").text
    assert "Read who opened something of yours" in told("Maeve").get("/today").text
    assert "immediate danger" not in amira.get("/today").text


def test_privacy_officers_see_an_exclusion_that_stands_and_one_that_was_lifted(told):
    """Issue 3, exclusions: set and lifted by two different people."""
    assert "Priya" in told("Petra").get("/exclusions").text
    page = told("Piers").get("/exclusions?show=lifted")
    assert "Omar" in page.text
    assert "somebody else" in page.text
    assert told("Priya").get("/families/MILL-02").status == 404
