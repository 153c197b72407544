"""A directory that keeps itself true: holders are asked, then deputies and managers (E06)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator import chores, trail
from coordinator.access import release
from coordinator.access.letters import Sender, WithheldError, queued
from coordinator.extensions import db
from coordinator.models.accounts import Account
from coordinator.models.directory import PostHolding
from coordinator.models.outbox import OutboxMessage
from coordinator.services import confirmations
from coordinator.trail import Acting
from listed import account, cards, cards_of_children, confirm_long_ago, lead_post
from waiting_list import rows

SENDER = Sender("Coordinator <no-reply@coordinator.example>", "https://coordinator.example")
WORKER = Acting(service="worker")


def ask(world):
    """Do the chore as the worker would; return who was asked, and as what."""
    with world.session() as session:
        trail.acting(session, WORKER, "posts.ask")
        before = set(session.scalars(select(OutboxMessage.id)))
        if confirmations.are_due(session, world.moment):
            confirmations.ask(session, world.moment)
        mails = session.execute(
            select(OutboxMessage, Account.name)
            .join(Account, Account.id == OutboxMessage.account_id)
            .where(OutboxMessage.id.not_in(before))
            .order_by(OutboxMessage.id)
        ).all()
        return [(name, queued(mail).details["as"]) for mail, name in mails]


def letters(world):
    """Return what may leave now, by who gets it and as what; a WithheldError where nothing may."""
    found = {}
    with world.session() as session:
        trail.acting(session, WORKER, "mail.compose", reading=True)
        for mail, name in session.execute(
            select(OutboxMessage, Account.name).join(
                Account, Account.id == OutboxMessage.account_id
            )
        ).all():
            key = (name, queued(mail).details["as"])
            try:
                found[key] = release.compose(session, world.moment, queued(mail), SENDER)
            except WithheldError as withheld:
                found[key] = withheld
    return found


def only_elifs_post(world, days):
    """Let every post be confirmed today, and the children's lead this many days ago."""
    confirm_long_ago(world, days=0)
    with world.does("Farah") as (session, _):
        for holding in session.scalars(
            select(PostHolding).where(
                PostHolding.account_id == world.account_id("Elif"), PostHolding.deputy.is_(False)
            )
        ):
            holding.confirmed_on = world.moment.today - timedelta(days=days)


def test_the_holder_is_asked_and_then_the_deputy_and_the_manager_each_once(world, amira):
    """E06: a week before it is due; a week and two weeks after it was; a second run asks nobody.

    Nobody manages the safeguarding team, so the administrator is asked instead.
    """
    for days, asked, amber in (
        (52, [], False),
        (53, [("Elif", "holder")], False),
        (67, [], True),
        (68, [("Ewan", "deputy")], True),
        (74, [], True),
        (75, [("Farah", "manager")], True),
        (200, [], True),
    ):
        only_elifs_post(world, days)
        assert ask(world) == asked
        assert ask(world) == []
        assert ("Check first" in cards_of_children(amira)) is amber


def test_the_mail_leads_to_one_press_and_stays_where_it_was_confirmed_meanwhile(elif_, world):
    """E06: from a mail or Today with one press; neither the mail nor the page names a family."""
    only_elifs_post(world, days=60)
    assert ask(world) == [("Elif", "holder")]
    (letter,) = letters(world).values()
    text = letter.message.get_content()
    assert f"https://coordinator.example{lead_post(world)}" in text
    assert "LANE" not in text
    (row,) = rows(elif_.get("/today"), "today")
    assert row.startswith("Confirm that you are the safeguarding children lead asked today")
    elif_.submit(elif_.get("/today"), button="This is right")
    assert rows(elif_.get("/today"), "today") == []
    (refused,) = letters(world).values()
    assert str(refused) == "confirmed meanwhile"


def test_a_new_holder_is_asked_at_once_and_the_administrators_task_closes(farah, world, ewan):
    """E06, J05 steps 4 and 5."""
    only_elifs_post(world, days=1)
    page = farah.get(f"{lead_post(world)}/holder")
    farah.submit(page, {"account": account(world, "Ewan")}, button="Save")
    assert (
        "Not yet confirmed by Ewan" in cards(farah.get("/directory"))["Safeguarding children lead"]
    )
    assert ask(world) == [("Ewan", "holder")]
    page = ewan.get(lead_post(world))
    assert "Is what stands here right?" in page.text
    page = ewan.submit(page, button="This is right, and I hold this post")
    assert "Elif" in page.text[page.text.index("Who held it") :]
    assert "Safeguarding children lead" not in cards(farah.get("/directory"))
    assert "Ewan is the new holder" in farah.get("/directory/changes").text


def test_an_administrator_sets_the_periods_with_history(farah, amira, world):
    """Settings are rows with history; a confirmation of 61 days ago is right for longer."""
    confirm_long_ago(world, days=61)
    assert "Not confirmed since" in cards_of_children(amira)
    page = farah.click(farah.get("/directory"), "How often posts are confirmed")
    wrong = farah.submit(page, {"confirmed_every_days": "x", "reason": "Quiet"})
    assert "between 1 and 400" in wrong.errors["confirmed_every_days"]
    page = farah.submit(wrong, {"confirmed_every_days": "90", "reason": "Quarterly, as agreed"})
    assert "every 90 days" in page.text
    assert "every 60 days" in page.text
    assert "Quarterly, as agreed" in page.text
    assert "Not confirmed since" not in cards_of_children(amira)


def test_the_worker_asks_and_a_second_worker_asks_nobody_again(fresh_app):
    """Esi's post is confirmed for too long ago in the demo's story."""
    with fresh_app.app_context():
        assert chores.do(db.engine, chores.POSTS) > 0
        assert chores.do(db.engine, chores.POSTS) == 0
