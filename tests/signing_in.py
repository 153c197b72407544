"""Signing in as a person does: typing a password and a code, and using a set-up link."""

from datetime import timedelta

import pyotp
from sqlalchemy import select

from checks import words
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.trail import TrailEvent
from coordinator.services import setup_links
from coordinator.vocabulary import EventKind

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
    return client.browser.get("/directory").status_code == 200


def events(world, kind=EventKind.SIGN_IN):
    with world.session() as session:
        return session.execute(
            select(TrailEvent.outcome, TrailEvent.towards_id, TrailEvent.allowed)
            .where(TrailEvent.kind == kind)
            .order_by(TrailEvent.seq)
        ).all()


def cookie_of(client):
    cookie = client.browser.get_cookie("session")
    return {"Cookie": f"session={cookie.value}"}


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
