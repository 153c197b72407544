"""Nobody answers: the third try in five working days tells the manager once, until it ends."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from coordinator.access import release
from coordinator.access.letters import Sender, queued
from coordinator.models.outbox import OutboxMessage
from coordinator.vocabulary import Outcome
from page import Client
from referring import DAY, at
from waiting_list import rows, tell

CONTACTS = "/families/LANE-01/contacts"
ROW = "Find out why Amira cannot be reached"


def mails(world) -> int:
    with world.session() as session:
        count = select(func.count()).where(OutboxMessage.kind == "unreached")
        return session.scalar(count) or 0


def test_the_third_try_in_vain_tells_the_manager_once_and_proposes_the_next_step(app, world):
    """E19, J04 step 1: by whomever, within five working days; a fourth tells nobody again."""
    with at(DAY):
        dana, ben = Client(app).sign_in("Dana"), Client(app).sign_in("Ben")
        # Before the weekend and before five working days: it does not count.
        tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta(days=8))
        tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta(days=5))
        tell(world, "Ben", "Amira", Outcome.LEFT_MESSAGE, timedelta(days=1))
        assert not any(ROW in row for row in rows(dana.get("/today"), "today"))
        tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta())
        assert sum(ROW in row for row in rows(dana.get("/today"), "today")) == 1
        page = ben.get(CONTACTS)
        assert "Amira was not reached: 3 tries in 5 working days" in page.text
        assert "Call the duty desk of Northside CMHT" in page.text
        form = ben.click(page, "Ask the link worker about Amira")
        assert form.field("help") == "chase"
        assert mails(world) == 1
        tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta())
        assert mails(world) == 1
        assert not any(ROW in r for r in rows(Client(app).sign_in("Dev").get("/today"), "today"))


def test_it_ends_when_either_reaches_the_other(app, world):
    """E19: her own call counts; three more tries in vain begin it anew."""
    with at(DAY):
        dana = Client(app).sign_in("Dana")
        for _ in range(3):
            tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta(hours=2))
        tell(world, "Amira", "Ben", Outcome.REACHED, timedelta(hours=1))
        assert not any(ROW in row for row in rows(dana.get("/today"), "today"))
        tell(world, "Ben", "Amira", Outcome.REACHED, timedelta(hours=1))
        for _ in range(3):
            tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta())
        assert any(ROW in row for row in rows(dana.get("/today"), "today"))
        assert mails(world) == 2


def test_the_mail_to_the_manager_names_nobody(world):
    """E19: a reference and a link; withheld from a manager who may not know of the family."""
    for _ in range(3):
        tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta())
    with world.session() as session:
        waits = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "unreached"))
        sender = Sender("Coordinator <tool@coordinator.example>", "https://tool.example")
        mail = release.compose(session, world.moment, queued(waits.one()), sender)
        assert mail.recipient == "dana@northside.example"
        assert f"https://tool.example{CONTACTS}" in str(mail.message)
        assert not any(word in str(mail.message) for word in ("Kim", "Amira", "Ben"))
