"""Sessions: when they end, what the cookie is, what was typed before, and for whom one acts."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

import databases
from checks import words
from coordinator import clock, create_app
from coordinator.access.actor import hash_of
from coordinator.access.door import TOKEN
from coordinator.models.accounts import Account, SignInSession
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind
from page import Client
from signing_in import (
    AMIRA,
    BEN,
    PASSWORD,
    cookie_of,
    enrol,
    is_signed_in,
    later,
    reference_of,
    type_password,
)


def test_a_session_ends_after_fifteen_idle_minutes(amira):
    with later(minutes=14, seconds=59):
        assert is_signed_in(amira)
    with later(minutes=30):
        assert not is_signed_in(amira)


def test_a_session_ends_after_ten_hours_however_busy_it_was(amira):
    start = clock.now()
    for minutes in range(14, 600, 14):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            assert is_signed_in(amira)
    with clock.standing_at(start + timedelta(hours=10, seconds=1)):
        assert not is_signed_in(amira)


def test_a_cookie_that_is_replayed_after_signing_out_opens_nothing(amira, app):
    stolen = cookie_of(amira)
    replay = app.test_client(use_cookies=False)
    assert replay.get("/today", headers=stolen).status_code == 200
    page = amira.post("/sign-out")
    assert page.path == "/sign-in"
    assert "You are signed out" in page.text
    answer = replay.get("/today", headers=stolen)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in"


def test_signing_out_tells_the_browser_to_forget(amira):
    answer = amira.post("/sign-out", follow=False)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_closing_an_account_ends_all_of_its_sessions_at_once(app, farah, world):
    open_ones = [Client(app).sign_in("Amira") for _ in range(5)]
    page = farah.get(f"/accounts/{reference_of(world, 'Amira')}")
    farah.submit(farah.click(page, "Stop their access now"))
    assert not any(is_signed_in(client) for client in open_ones)
    assert type_password(Client(app)).status == 422


def test_the_token_is_new_at_sign_in_and_the_earlier_session_ends(demo_app, world):
    client = Client(demo_app)
    client.get("/sign-in")
    with client.browser.session_transaction() as cookie:
        cookie[TOKEN] = "chosen-by-somebody-else"
    type_password(client)
    with client.browser.session_transaction() as cookie:
        first = cookie[TOKEN]
    assert first != "chosen-by-somebody-else"
    client.post("/sign-in", {"email": AMIRA, "password": PASSWORD})
    with client.browser.session_transaction() as cookie:
        assert cookie[TOKEN] != first
    ended = SignInSession.ended_at.is_not(None)
    assert world.count(SignInSession, SignInSession.token_hash == hash_of(first), ended) == 1


def test_behind_tls_the_cookie_is_secure_and_bound_to_its_host(fresh_database):
    settings = databases.config(fresh_database)
    secure = replace(settings, base_url="https://coordinator.example", secure_cookies=True)
    app = create_app(secure)
    answer = app.test_client().get("/sign-in", base_url="https://coordinator.example")
    cookie = answer.headers["Set-Cookie"]
    databases.dispose(app)
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_the_sign_in_page_never_leads_to_another_site(demo_app):
    client = Client(demo_app)
    client.get("/sign-in")
    for where in ("//evil.example", "https://evil.example", "/\\evil.example"):
        with client.browser.session_transaction() as cookie:
            cookie["next"] = where
        page = type_password(client)
        assert page.path == "/today"
        client.post("/sign-out")


def test_signing_in_leads_to_the_page_that_was_asked_for(demo_app):
    client = Client(demo_app)
    page = client.get("/directory/safeguarding-lead")
    assert page.path == "/sign-in"
    page = client.submit(page, {"email": AMIRA, "password": PASSWORD}, button="Sign in")
    assert page.path == "/directory/safeguarding-lead"


def typed_too_late(client):
    page = client.get("/families/open")
    with later(minutes=16):
        page = client.submit(page, {"name": "Robin Vale <b>"}, to="/families/open")
    assert page.path == "/sign-in"
    assert "You were signed out" in page.text
    return page


def test_what_was_typed_survives_a_sign_in_again(app):
    client = Client(app).sign_in("Amira")
    page = typed_too_late(client)
    with later(minutes=20):
        page = client.submit(page, {"email": AMIRA, "password": PASSWORD}, button="Sign in")
        page, _ = enrol(client, page)
        assert page.path.startswith("/families/open")
        assert page.field("name") == "Robin Vale <b>"


def test_what_was_typed_does_not_come_back_to_another_person(app):
    client = Client(app).sign_in("Amira")
    page = typed_too_late(client)
    with later(minutes=20):
        page = client.submit(page, {"email": BEN, "password": PASSWORD}, button="Sign in")
        page, _ = enrol(client, page)
        assert page.path.startswith("/families/open")
        assert page.field("name") == ""


def test_somebody_who_is_signed_in_is_not_asked_again(amira):
    assert amira.get("/sign-in").path == "/today"
    assert amira.get("/").path == "/today"


def test_two_roles_in_two_agencies_are_shown_with_a_switch(gus):
    """E07: the strip says for whom Gus acts, and one press changes it."""
    page = gus.get("/today")
    assert "You are acting for Northside Mental Health" in words(page.soup.header)
    page = gus.act_for("Eastway")
    assert "You are acting for Eastway Children’s Services" in words(page.soup.header)
    assert "Switch to Northside Mental Health" in words(page.soup.header)


def test_nobody_acts_for_an_agency_that_is_not_theirs(amira, world):
    with world.does("Gus") as (_, actor):
        of_gus = actor.standings[1].reference
    page = amira.post("/acting-for", {"membership": of_gus})
    assert "That is not one of your roles" in page.text
    assert "Northside" in words(page.soup.header)
    assert amira.post("/acting-for", {}).status == 200


def test_entries_and_trail_rows_carry_the_agency_acted_for(gus, world):
    """E07: a family opened while acting for an agency belongs to it, and so does each look."""
    page = open_a_case(gus)
    first = page.path
    gus.act_for("Eastway")
    assert gus.get(first).status == 404
    page = open_a_case(gus)
    assert page.status == 200
    with world.does("Gus") as (session, actor):
        agencies = {s.agency_id for s in actor.standings}
        rows = session.execute(
            select(TrailEvent.kind, TrailEvent.agency_id)
            .where(TrailEvent.actor_id == actor.account_id)
            .order_by(TrailEvent.seq)
        ).all()
    north, east = actor.standings[0].agency_id, actor.standings[1].agency_id
    assert agencies == {north, east}
    assert (EventKind.LOOK, north) in rows
    assert (EventKind.REFUSAL, east) in rows
    assert (EventKind.LOOK, east) in rows
    assert [agency for kind, agency in rows if kind == EventKind.REFUSAL] == [east]


def open_a_case(client):
    page = client.get("/families/open")
    return client.submit(page, {"name": "Robin Vale", "children_asked": "no"}, to="/families/open")


def test_a_session_of_a_closed_account_opens_nothing(amira, world):
    """Also where the session was left behind, or the account closes at a time that came."""
    assert is_signed_in(amira)
    with world.does("Farah") as (session, _):
        account = session.scalars(select(Account).where(Account.name == "Amira")).one()
        account.closed_at = clock.now() + timedelta(minutes=1)
    assert is_signed_in(amira)
    with later(minutes=2):
        assert not is_signed_in(amira)
