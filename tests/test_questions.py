"""Ask a colleague: without family details, answered, found again, corrected, checked (E26)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.models.questions import Question
from waiting_list import rows

TEXT = "What helps when a parent feels worse in the weeks after birth?"
SAID = "Short visits at the same time each week. Ask the perinatal team early."
ABOUT = {"topic": "pregnancy-and-birth", "asked_of": "cmht"}


def asked(person, text=TEXT):
    """Ask a question as this person; return the page that comes then."""
    return person.submit(person.get("/questions/ask"), {**ABOUT, "text": text})


def test_an_answer_stays_and_any_user_finds_it(ben, cerys, bella, dev, world):
    """E26: Ben asks, Cerys answers, any CSC user finds it by search; who answered and when."""
    page = asked(ben)
    assert "Waits for an answer" in page.text
    assert ben.get(f"{page.path}/answer").status == 403
    waits = [row for row in rows(cerys.get("/today"), "today") if "colleague’s question" in row]
    assert len(waits) == 1
    assert "question" not in dev.get("/today").main.get_text().casefold()
    form, second = cerys.get(f"{page.path}/answer"), cerys.get(f"{page.path}/answer")
    answered = cerys.submit(form, {"text": SAID})
    assert "Link worker, Northside Mental Health" in answered.text
    for found in (bella.get("/questions?q=after birth"), dev.get("/questions?q=perinatal weekly")):
        assert SAID[:40] in found.text
    assert "Ben" not in found.main.get_text()
    assert "Nobody" not in bella.get("/questions?q=birth").text
    assert cerys.submit(second, {"text": "Another answer"}).status == 409


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("kim feels worse after birth", "“Kim”"),
        ("Is LEO’S school told?", "“Leo”"),
        ("What of lane 01?", "“LANE-01”"),
        ("Does Ms Lane need a letter?", "“Lane”"),
        ("They live at 12 Rose Street", "address"),
    ],
)
def test_what_leads_to_a_case_of_ones_own_is_taken_out_first(ben, world, text, named):
    """E26: a name from one of Ben's own cases has to go before the question is posted."""
    page = asked(ben, text)
    assert page.status == 422
    assert named in page.errors["text"]
    assert page.field("text").strip() == text
    assert world.count(Question) == 0


def test_a_name_outside_ones_cases_gives_no_warning(bella, ben, world):
    """E26: so that nothing leaks; and a name that is an everyday word stops nobody."""
    assert asked(bella, "Kim Lane of LANE-01 feels worse").status == 200
    assert asked(ben, "Is there a fast lane for a perinatal referral?").status == 200


def test_old_questions_age_and_answers_are_looked_at_again(ben, cerys, dana, world):
    """E26: unanswered ones grow late; after the period an answer says so until somebody looks."""
    home = asked(ben).path
    later = clock.now() + timedelta(days=3)
    with clock.standing_at(later):
        person = type(cerys)(cerys.app).sign_in("Cerys")
        assert any("Late" in row for row in rows(person.get("/today"), "late"))
        assert "for 3 days" in person.get("/questions").text
        person.submit(person.get(f"{home}/answer"), {"text": SAID})
    with clock.standing_at(later + timedelta(days=181)):
        person = type(cerys)(cerys.app).sign_in("Cerys")
        page = person.get("/today")
        assert any("still right" in row for row in rows(page, "late") + rows(page, "today"))
        page = person.get(home)
        assert "Check first" in page.text
        page = person.submit(page, button="Still right")
        assert "Check first" not in page.text
        wrong = person.submit(person.click(page, "Correct it"), {"text": "Ring them first."})
        assert "what changed" in wrong.errors["why"]
        page = person.submit(wrong, {"why": "There is a number now"})
        assert "Ring them first." in page.text
        assert SAID in page.text
        assert "There is a number now" in page.text


def test_a_question_that_names_a_family_can_be_taken_away(bella, cerys):
    """E26: whoever answers, or asked, takes it away from everybody."""
    home = asked(bella).path
    assert cerys.submit(cerys.get(f"{home}/withdraw")).path == "/questions"
    assert bella.get(home).status == 404
    assert TEXT not in bella.get("/questions?q=birth").text
