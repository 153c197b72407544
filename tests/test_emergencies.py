"""Immediate danger: reason first, one entry opens at once for a stated time, and is reviewed."""

import pytest
from sqlalchemy import select

from casework import CANARY, everything, newest_note
from coordinator.access.sights import EmergencyInSight
from coordinator.errors import DeniedError
from coordinator.models.accounts import WrongSignIn
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.outbox import OutboxMessage
from coordinator.models.trail import TrailEvent
from coordinator.services import emergencies
from coordinator.vocabulary import EventKind
from danger import FEAR, HOME, noted, open_now, opened
from page import Client
from signing_in import PASSWORD, later


@pytest.fixture
def ben(demo_app):
    """Ben of the other agency, in the demo, where a password is the second look."""
    return Client(demo_app).sign_in("Ben")


@pytest.fixture
def note(world):
    """A note for Amira's own agency, of which Ben has the notice; return its reference."""
    return noted(world, CANARY)


def test_a_case_member_says_why_and_one_entry_opens_at_once_with_whom_to_call(ben, note, world):
    """D22; spec/sharing.md, emergency path; threats, 3."""
    page = ben.click(ben.get("/families/LANE-01"), "Immediate danger")
    assert page.path == HOME
    assert "Call 999 first" in page.text
    link = next(words for words in page.links if words.startswith("Open now"))
    page = ben.click(page, link)
    assert CANARY not in page.html
    page = ben.submit(page, {"danger": "child", "reason": FEAR, "password": PASSWORD})
    assert page.path.startswith("/emergencies/")
    for words in (CANARY, "Open to you until", "Amira", "Elif", "Safeguarding children lead", FEAR):
        assert words in page.text
    assert "tel:" in page.html


def test_only_that_entry_opens_and_only_on_its_own_page(ben, note, world):
    """Threats, 15: one record; every other page stays as it was."""
    noted(world, "Another note that stays closed")
    before = everything(ben, world)
    open_now(ben, note)
    seen = everything(ben, world)
    assert "Another note that stays closed" not in seen
    assert CANARY not in seen.replace(ben.get("/audit").html, "")
    assert "Canary" not in before


def test_the_reason_the_danger_and_the_second_look_are_asked_and_nothing_typed_is_lost(ben, note):
    page = ben.get(f"/notices/{note}/open")
    refused = ben.submit(page, {}, button="Open it now")
    assert set(refused.errors) == {"danger", "reason", "password"}
    refused = open_now(ben, note, reason="Help")
    assert refused.errors == {"reason": "Say in one line what you fear, in ten characters or more"}
    assert refused.field("danger") == "child"
    assert CANARY not in refused.html


def test_a_wrong_password_opens_nothing_and_slows_down_as_at_the_sign_in_page(ben, note, world):
    """Threats, 15: step-up sign-in."""
    for _ in range(5):
        page = open_now(ben, note, password="wrong")
        assert page.errors == {"password": "That is not your password"}
    page = open_now(ben, note)
    assert "Too many wrong tries" in page.errors[""]
    assert world.count(EmergencyOpening) == 0
    assert world.count(WrongSignIn) == 2
    with later(minutes=16):
        assert CANARY in open_now(Client(ben.app).sign_in("Ben"), note).text


def test_it_closes_again_after_the_stated_time_and_says_so(ben, note, world):
    reference = opened(world, note)
    assert CANARY in ben.get(f"/emergencies/{reference}").text
    with later(hours=7, minutes=59):
        late = Client(ben.app).sign_in("Ben")
        assert CANARY in late.get(f"/emergencies/{reference}").text
    with later(hours=8, minutes=1):
        late = Client(ben.app).sign_in("Ben")
        page = late.get(f"/emergencies/{reference}")
        assert CANARY not in page.html
        assert "It is closed again." in page.text
        assert CANARY in open_now(late, note).text
    assert world.count(EmergencyOpening) == 2


def test_the_author_and_their_leads_are_told_at_once_by_today_and_by_mail(
    ben, note, amira, elif_, ewan, esi, dana, world
):
    open_now(ben, note)
    assert "who opened something of yours in immediate danger" in amira.get("/today").text
    for client in (elif_, ewan):
        assert "Review what was opened in immediate danger" in client.get("/today").text
    for client in (esi, dana):
        assert "immediate danger" not in client.get("/today").text
    with world.session() as session:
        told = session.scalars(
            select(OutboxMessage.account_id).where(OutboxMessage.kind == "emergency")
        ).all()
    assert set(told) == {world.account_id(name) for name in ("Amira", "Elif", "Ewan")}


def test_a_lead_reviews_it_and_all_who_have_a_part_in_it_read_the_outcome(
    ben, note, amira, elif_, dana, dev, world
):
    """Threats, 15; spec/sharing.md: a lead reviews in one working day."""
    reference = opened(world, note)
    page = elif_.get("/today")
    page = elif_.click(page, next(w for w in page.links if w.startswith("Review what was opened")))
    assert FEAR in page.text
    assert CANARY not in page.html
    page = elif_.click(page, "Review it")
    assert set(elif_.submit(page, {}).errors) == {"outcome", "review"}
    page = elif_.submit(page, {"outcome": "learning", "review": "Call us first next time"})
    for client in (ben, amira, dana, dev):
        page = client.get(f"/emergencies/{reference}")
        for words in ("Justified; something to learn", "Call us first next time", "Elif"):
            assert words in page.text
    assert "immediate danger" not in elif_.get("/today").text
    assert elif_.get(f"/emergencies/{reference}/review").status == 403


def test_a_review_that_is_late_turns_the_managers_page_red(note, amira, dana, dev, elif_, world):
    """Threats, 15: unreviewed after the next working day."""
    opened(world, note)
    assert "nobody has reviewed" not in dana.get("/today").text
    with later(days=5):
        late = Client(dana.app).sign_in("Dana").get("/today")
        row = late.main.select_one(".co-row--late")
        assert "nobody has reviewed what was opened in immediate danger" in row.get_text()
        late = Client(dana.app).sign_in("Elif").get("/today")
        assert "Review" in late.main.select_one(".co-row--late").get_text()


def test_who_opened_it_does_not_review_it(note, world):
    reference = opened(world, note)
    with world.does("Ben") as (session, actor):
        record = session.scalars(select(EmergencyOpening)).one()
        sight = EmergencyInSight(
            record.family_id,
            "LANE-01",
            record.entry_id,
            record.id,
            reference,
            actor.account_id,
            knows_family=True,
            is_open=True,
            leads=True,
            reviewed=False,
        )
        with pytest.raises(DeniedError):
            emergencies.review(session, actor, world.moment, sight, "justified", "Fine")


def test_it_is_in_the_trail_and_on_the_page_of_the_audit(ben, note, dana, dev, world):
    page = open_now(ben, note)
    with world.session() as session:
        rows = session.scalars(
            select(TrailEvent).where(TrailEvent.action.startswith("emergencies."))
        ).all()
    kinds = {(row.kind, row.action) for row in rows}
    assert (EventKind.EMERGENCY, "emergencies.open") in kinds
    assert (EventKind.LOOK, "emergencies.read") in kinds
    entry = next(row.entry_id for row in rows if row.action == "emergencies.read")
    assert entry == newest_note(world).id
    assert FEAR not in "".join(str(vars(row)) for row in rows)
    for manager in (dana, dev):
        audit = manager.get("/audit?kinds=emergency")
        assert "opened something in immediate danger" in audit.text
        assert "A child is in immediate danger" in audit.text
    assert page.status == 200
