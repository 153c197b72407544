"""Signing in and out: passwords, codes, sessions, guessing, and what was typed before."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

import databases
from checks import words
from coordinator import clock, create_app
from coordinator.access.actor import hash_of
from coordinator.access.door import TOKEN
from coordinator.models.accounts import Account, SetupLink, SignInSession
from coordinator.models.trail import TrailEvent
from coordinator.services import passwords, setup_links
from coordinator.vocabulary import EventKind, LinkReason
from page import Client

PASSWORD = "demo-coordinator"
NEW_PASSWORD = "three words together"
AMIRA = "amira@northside.example"
BEN = "ben@eastway.example"


def type_password(client, email=AMIRA, password=PASSWORD):
    page = client.get("/sign-in")
    return client.submit(page, {"email": email, "password": password}, button="Sign in")


def code_of(secret):
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))


def enrol(client, page):
    secret = words(page.main.select_one("ol strong")).replace(" ", "")
    return client.submit(page, {"code": code_of(secret)}), secret


def later(**length):
    return clock.standing_at(clock.now() + timedelta(**length))


def is_signed_in(client):
    return client.get("/directory").path == "/directory"


def events(world, kind=EventKind.SIGN_IN):
    with world.session() as session:
        return session.execute(
            select(TrailEvent.outcome, TrailEvent.towards_id, TrailEvent.allowed)
            .where(TrailEvent.kind == kind)
            .order_by(TrailEvent.seq)
        ).all()


def test_a_first_sign_in_enrols_a_second_factor_and_the_next_one_asks_for_a_code(visitor, app):
    page = type_password(visitor)
    assert page.h1 == "Add a second factor"
    assert not is_signed_in(Client(app))
    page, secret = enrol(visitor, page)
    assert page.path == "/today"

    with later(minutes=1):
        again = Client(app)
        page = type_password(again)
        assert page.h1 == "Enter your code"
        page = again.submit(page, {"code": code_of(secret)})
        assert page.path == "/today"


def test_a_password_alone_never_opens_a_page(visitor):
    page = type_password(visitor)
    assert page.h1 == "Add a second factor"
    for path in ("/today", "/families", "/directory", "/directory/safeguarding-lead", "/accounts"):
        assert visitor.get(path).path == "/sign-in"


def test_a_code_counts_once(visitor, app):
    page, secret = enrol(visitor, type_password(visitor))
    again = Client(app)
    page = type_password(again)
    page = again.submit(page, {"code": code_of(secret)})
    assert page.status == 422
    assert "Wait for the next one" in page.errors["code"]


def test_a_code_that_is_pasted_with_spaces_works(visitor, app):
    _, secret = enrol(visitor, type_password(visitor))
    with later(minutes=1):
        again = Client(app)
        page = type_password(again)
        code = code_of(secret)
        page = again.submit(page, {"code": f" {code[:3]} {code[3:]} "})
        assert page.path == "/today"


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "１２３４５６", "1" * 5000, "12\x0034"])
def test_a_wrong_code_is_refused_in_a_sentence(visitor, code):
    page = type_password(visitor)
    page = visitor.submit(page, tampered={"code": code})
    assert page.status == 422
    assert page.errors["code"]


def test_a_code_page_without_a_password_before_it_leads_to_the_sign_in_page(visitor):
    assert visitor.get("/sign-in/code").path == "/sign-in"
    assert visitor.get("/sign-in/enrol").path == "/sign-in"
    assert visitor.post("/sign-in/code", {"code": "123456"}).path == "/sign-in"


def test_whoever_was_half_way_in_stays_outside_once_the_password_is_new(visitor, world):
    """A stolen password must not enrol the second factor that replaces a lost one."""
    page = type_password(visitor)
    make_link(world, "Amira", LinkReason.LOST_SECOND_FACTOR)
    page, _ = enrol(visitor, page)
    assert page.path == "/sign-in"


def test_the_code_page_waits_ten_minutes_for_a_code(visitor):
    type_password(visitor)
    with later(minutes=11):
        assert visitor.get("/sign-in/enrol").path == "/sign-in"


def test_the_demo_signs_in_without_a_second_factor(demo_app):
    assert type_password(Client(demo_app)).path == "/today"


def test_every_person_on_the_demos_first_page_signs_in_with_one_press(demo_app):
    page = Client(demo_app).get("/")
    pressed = [text for text in page.buttons() if text.startswith("Sign in as ")]
    assert len(pressed) >= 8
    for text in pressed:
        client = Client(demo_app)
        today = client.submit(client.get("/sign-in"), button=text)
        assert today.path == "/today"
        assert text.removeprefix("Sign in as ") in words(today.soup.header)


def test_a_real_installation_offers_nobody_to_try(visitor):
    page = visitor.get("/sign-in")
    assert not [text for text in page.buttons() if "Sign in as" in text]
    assert "demo" not in page.text


def test_a_session_ends_after_fifteen_idle_minutes(amira):
    with later(minutes=14, seconds=59):
        assert is_signed_in(amira)
    with later(minutes=30):
        assert not is_signed_in(amira)


def test_a_session_ends_after_ten_hours_however_busy_it_was(amira):
    start = clock.now()
    for minutes in range(10, 600, 10):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            assert is_signed_in(amira)
    with clock.standing_at(start + timedelta(hours=10, seconds=1)):
        assert not is_signed_in(amira)


def cookie_of(client):
    cookie = client.browser.get_cookie("session")
    return {"Cookie": f"session={cookie.value}"}


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
    farah.submit(farah.click(page, "Close the account"))
    assert not any(is_signed_in(client) for client in open_ones)
    assert type_password(Client(app)).status == 422


def test_known_and_unknown_addresses_get_the_same_bytes_after_the_same_statements(app, statements):
    bodies, work = [], []
    for number, email in enumerate((AMIRA, "nobody@northside.example")):
        client = Client(app)
        client.browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        client.get("/sign-in")
        statements.clear()
        page = client.post("/sign-in", {"email": email, "password": "wrong-password-here"})
        bodies.append(page.body.replace(email, "…"))
        work.append(list(statements))
        assert page.status == 422
    assert bodies[0] == bodies[1]
    assert work[0] == work[1]


def test_known_unknown_closed_and_new_accounts_all_take_one_hash(app, world, monkeypatch):
    checked = []
    real = passwords.HASHER.verify

    class Counting:
        def verify(self, kept, password):
            checked.append(kept)
            return real(kept, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    with world.does("Farah") as (session, _):
        session.scalars(select(Account).where(Account.email == BEN)).one().closed_at = clock.now()
        dana = session.scalars(select(Account).where(Account.name == "Dana")).one()
        dana.password_hash = None
    for email in (AMIRA, "nobody@northside.example", BEN, "dana@northside.example"):
        before = len(checked)
        page = Client(app).post("/sign-in", {"email": email, "password": "wrong-password-here"})
        assert page.errors == {"password": "The email address or the password is not right"}
        assert len(checked) == before + 1


def test_of_a_thousand_guesses_few_are_checked_and_the_owner_gets_in_from_elsewhere(
    app, monkeypatch
):
    checked = []
    real = passwords.is_right
    monkeypatch.setattr(passwords, "is_right", lambda *typed: checked.append(typed) or real(*typed))
    guesser = Client(app)
    start = clock.now()
    for second in range(1000):
        with clock.standing_at(start + timedelta(seconds=second)):
            answer = guesser.browser.post(
                "/sign-in",
                data={
                    "email": AMIRA,
                    "password": f"guess number {second}",
                    "csrf_token": guesser.csrf_token(),
                },
            )
        assert answer.status_code == 422
    assert 5 <= len(checked) <= 20
    owner = Client(app)
    owner.browser.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    with clock.standing_at(start + timedelta(seconds=1000)):
        assert type_password(owner).h1 == "Add a second factor"
        page = type_password(guesser)
        assert "Too many wrong tries from here" in page.errors[""]


def test_one_address_cannot_try_one_password_on_everybody(app):
    guesser = Client(app)
    for number in range(50):
        guesser.browser.post(
            "/sign-in",
            data={
                "email": f"person{number}@northside.example",
                "password": PASSWORD,
                "csrf_token": guesser.csrf_token(),
            },
        )
    assert "Too many wrong tries" in type_password(guesser).errors[""]


def test_guessing_codes_is_slowed_too(visitor, app):
    _, secret = enrol(visitor, type_password(visitor))
    guesser = Client(app)
    page = type_password(guesser)
    for _ in range(5):
        page = guesser.submit(page, {"code": "000000"})
    with later(seconds=10):
        page = guesser.submit(page, {"code": code_of(secret)})
        assert "Too many wrong codes" in page.errors["code"]


def test_wrong_and_right_sign_ins_stand_in_the_trail(visitor, world):
    type_password(visitor, password="wrong-password-here")
    enrol(visitor, type_password(visitor))
    amira = world.account_id("Amira")
    assert events(world) == [("refused", amira, False), ("signed-in", amira, True)]


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


def test_the_table_of_sessions_and_links_holds_only_hashes(amira, world):
    with amira.browser.session_transaction() as cookie:
        token = cookie[TOKEN]
    link = make_link(world, "Ben", LinkReason.FORGOTTEN_PASSWORD)
    with world.session() as session:
        kept = session.execute(select(SignInSession.__table__)).all()
        kept += session.execute(select(SetupLink.__table__)).all()
    assert token not in repr(kept)
    assert link not in repr(kept)


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


def make_link(world, name, reason):
    with world.does("Farah", "accounts.grant") as (session, _):
        account = session.scalars(select(Account.id).where(Account.name == name)).one()
        return setup_links.make(session, account, reason, clock.now())


def reference_of(world, name):
    with world.session() as session:
        return session.scalars(select(Account.reference).where(Account.name == name)).one()


def use_link(client, token, password=NEW_PASSWORD):
    page = client.get(f"/set-up/{token}")
    return client.submit(page, {"new_password": password})


def test_a_set_up_link_works_once(visitor, world):
    token = make_link(world, "Amira", LinkReason.FORGOTTEN_PASSWORD)
    page = use_link(visitor, token)
    assert page.path == "/sign-in"
    assert "Your password is set" in page.text
    page = visitor.get(f"/set-up/{token}")
    assert page.status == 404
    assert "works no longer" in page.h1
    assert type_password(visitor, password=PASSWORD).status == 422
    page = type_password(visitor, password=NEW_PASSWORD)
    assert page.h1 == "Add a second factor"


def test_a_set_up_link_ends_after_three_days_and_when_a_new_one_is_made(visitor, world):
    first = make_link(world, "Amira", LinkReason.FORGOTTEN_PASSWORD)
    second = make_link(world, "Amira", LinkReason.FORGOTTEN_PASSWORD)
    assert visitor.get(f"/set-up/{first}").status == 404
    assert visitor.get(f"/set-up/{second}").status == 200
    with later(days=3, seconds=1):
        assert visitor.get(f"/set-up/{second}").status == 404
        page = visitor.post(f"/set-up/{second}", {"new_password": NEW_PASSWORD})
        assert page.status == 404


def test_a_forgotten_password_does_not_pass_the_second_factor_by(visitor, app, world):
    enrol(visitor, type_password(visitor))
    other = Client(app)
    use_link(other, make_link(world, "Amira", LinkReason.FORGOTTEN_PASSWORD))
    page = type_password(other, password=NEW_PASSWORD)
    assert page.h1 == "Enter your code"


def test_a_lost_second_factor_is_enrolled_anew_with_a_new_password(visitor, app, world):
    enrol(visitor, type_password(visitor))
    assert is_signed_in(visitor)
    token = make_link(world, "Amira", LinkReason.LOST_SECOND_FACTOR)
    assert not is_signed_in(visitor)
    other = Client(app)
    assert type_password(other).status == 422
    use_link(other, token)
    page = type_password(other, password=NEW_PASSWORD)
    assert page.h1 == "Add a second factor"


def test_a_new_password_ends_every_session(amira, visitor, world):
    use_link(visitor, make_link(world, "Amira", LinkReason.FORGOTTEN_PASSWORD))
    assert not is_signed_in(amira)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter a new password"),
        ("fourteen chars", "at least 15 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "more different characters"),
        ("x" * 2000, "1,000 characters or fewer"),
    ],
)
def test_a_weak_password_is_refused_in_a_sentence(visitor, world, password, sentence):
    token = make_link(world, "Amira", LinkReason.FORGOTTEN_PASSWORD)
    page = use_link(visitor, token, password)
    assert page.status == 422
    assert sentence in page.errors["new_password"]
    assert visitor.get(f"/set-up/{token}").status == 200


@pytest.mark.parametrize(
    "password", ["drei wörter ﬁnd ich", "🦊 and 🐻 in the wood", "x1" * 32 + "abcd"]
)
def test_any_long_password_works_in_any_alphabet(visitor, world, password):
    use_link(visitor, make_link(world, "Amira", LinkReason.FORGOTTEN_PASSWORD), password)
    assert type_password(visitor, password=password).h1 == "Add a second factor"


@pytest.mark.parametrize("token", ["x", "../../etc", "%00", "A" * 3000])
def test_a_made_up_set_up_link_says_that_it_does_not_work(visitor, token):
    assert visitor.get(f"/set-up/{token}").status == 404


def test_the_name_of_a_set_up_link_and_its_use_stand_in_the_trail(visitor, world):
    token = make_link(world, "Amira", LinkReason.LOST_SECOND_FACTOR)
    use_link(visitor, token)
    amira = world.account_id("Amira")
    assert ("lost-second-factor", amira, True) in events(world)
    with world.session() as session:
        actions = set(session.scalars(select(TrailEvent.action)))
    assert {"accounts.make-setup-link", "accounts.use-setup-link"} <= actions


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
