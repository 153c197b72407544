"""Set-up links: used once, for a new account, a forgotten password or a lost second factor."""

import pytest
from sqlalchemy import select

from coordinator.access.door import TOKEN
from coordinator.models.accounts import SetupLink, SignInSession
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import LinkReason
from page import Client
from signing_in import (
    NEW_PASSWORD,
    PASSWORD,
    enrol,
    events,
    is_signed_in,
    later,
    make_link,
    type_password,
    use_link,
)


def test_whoever_was_half_way_in_stays_outside_once_the_password_is_new(visitor, world):
    """A stolen password must not enrol the second factor that replaces a lost one."""
    page = type_password(visitor)
    make_link(world, "Amira", LinkReason.LOST_SECOND_FACTOR)
    page, _ = enrol(visitor, page)
    assert page.path == "/sign-in"


def test_the_table_of_sessions_and_links_holds_only_hashes(amira, world):
    with amira.browser.session_transaction() as cookie:
        token = cookie[TOKEN]
    link = make_link(world, "Ben", LinkReason.FORGOTTEN_PASSWORD)
    with world.session() as session:
        kept = session.execute(select(SignInSession.__table__)).all()
        kept += session.execute(select(SetupLink.__table__)).all()
    assert token not in repr(kept)
    assert link not in repr(kept)


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
