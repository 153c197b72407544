"""What an administrator does on the pages of accounts, for tests that need somebody new."""

import pyotp
from sqlalchemy import select

from checks import words
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.directory import Team
from page import Client

PASSWORD = "three words together"


def team(world, name="Northside CMHT"):
    with world.session() as session:
        return session.scalars(select(Team.reference).where(Team.name == name)).one()


def address(world, name):
    with world.session() as session:
        reference = session.scalars(select(Account.reference).where(Account.name == name)).one()
    return f"/accounts/{reference}"


def add(farah, world, **other):
    said = {
        "name": "Noor Vale",
        "email": "noor@northside.example",
        "phone": "01632 960999",
        "profession": "Occupational therapist",
        "role": "care-coordinator",
        "team": team(world),
    }
    return farah.submit(farah.get("/accounts/add"), {**said, **other}, button="Add")


def link_on(page):
    shown = page.main.select_one("code")
    return words(shown).removeprefix("http://localhost") if shown else ""


def signed_in(app, link):
    """Set a password with a link, enrol a second factor, and be signed in."""
    client = Client(app)
    page = client.submit(client.get(link), {"new_password": PASSWORD})
    credentials = {"email": "noor@northside.example", "password": PASSWORD}
    page = client.submit(page, credentials, button="Sign in")
    secret = words(page.main.select_one("ol strong")).replace(" ", "")
    page = client.submit(page, {"code": pyotp.TOTP(secret).at(int(clock.now().timestamp()))})
    assert page.path == "/today"
    return client
