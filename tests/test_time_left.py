"""The end of a session that is not used: asked after, put off with one press, and survived."""

from checks import words
from coordinator.settings import SETTINGS
from page import Client
from signing_in import is_signed_in, later


def time_left(client):
    answer = client.browser.get("/time-left")
    assert answer.mimetype == "text/plain"
    return int(answer.text)


def test_a_page_tells_its_script_when_to_warn_and_a_sign_in_page_has_no_such_script(amira, app):
    page = amira.get("/today")
    box = page.soup.select_one("[data-seconds-left]")
    assert int(box["data-seconds-left"]) == SETTINGS.idle_limit.total_seconds()
    assert int(box["data-warn-at"]) == SETTINGS.idle_warning.total_seconds()
    assert box.has_attr("hidden")
    assert "time_left.js" not in str(Client(app).get("/sign-in").soup)


def test_asking_how_long_is_left_makes_it_no_longer(amira):
    amira.get("/today")
    with later(minutes=13):
        assert 110 <= time_left(amira) <= 120
        assert time_left(amira) <= 120
    with later(minutes=15, seconds=1):
        assert time_left(amira) == 0
        assert not is_signed_in(amira)


def test_one_press_keeps_a_session_open(amira):
    amira.get("/today")
    with later(minutes=14):
        assert amira.post("/stay-signed-in", follow=False).status == 200
        assert time_left(amira) == SETTINGS.idle_limit.total_seconds()
    with later(minutes=28):
        assert is_signed_in(amira)


def test_no_press_makes_a_session_longer_than_ten_hours(amira):
    for minutes in range(14, 600, 14):
        with later(minutes=minutes):
            amira.post("/stay-signed-in", follow=False)
    with later(minutes=595):
        assert 0 < time_left(amira) <= 300


def test_a_press_that_comes_too_late_leads_to_the_sign_in_page(amira):
    with later(minutes=16):
        answer = amira.post("/stay-signed-in", follow=False)
        assert answer.status == 302
        assert answer.headers["Location"] == "/sign-in"


def test_without_a_session_nothing_is_left(app):
    assert time_left(Client(app)) == 0


def test_the_statement_tells_those_without_javascript_what_happens(app):
    statement = words(Client(app).get("/accessibility").main)
    assert "signed out after 15 minutes" in statement
    assert "what you send after that is kept" in statement
