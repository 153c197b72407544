"""Signing in: a password, a code that counts once, and what slows guessing down."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from checks import words
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.services import passwords
from page import Client
from signing_in import (
    AMIRA,
    BEN,
    PASSWORD,
    code_of,
    enrol,
    events,
    is_signed_in,
    later,
    type_password,
)


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
        client.submit(client.get("/sign-in"), button=text, follow=False)
        page = client.get("/directory")
        assert text.removeprefix("Sign in as ") in words(page.soup.header)


def test_a_real_installation_offers_nobody_to_try(visitor):
    page = visitor.get("/sign-in")
    assert not [text for text in page.buttons() if "Sign in as" in text]
    assert "demo" not in page.text


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


@pytest.mark.parametrize("guesses", [200, pytest.param(1000, marks=pytest.mark.long)])
def test_of_many_guesses_few_are_checked_and_the_owner_gets_in_from_elsewhere(
    app, monkeypatch, guesses
):
    """However many are tried, a second apart, at most twenty are ever compared (ASVS 6.3.1)."""
    checked = []
    real = passwords.is_right
    monkeypatch.setattr(passwords, "is_right", lambda *typed: checked.append(typed) or real(*typed))
    guesser = Client(app)
    start = clock.now()
    for second in range(guesses):
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
    with clock.standing_at(start + timedelta(seconds=guesses)):
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
