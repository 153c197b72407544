"""Steps that the tests of Today share: what is made to wait, and what then stands there."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import Any

from sqlalchemy import select

import records
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.services import contact_attempts
from coordinator.services.contact_attempts import Attempt
from coordinator.vocabulary import (
    Level,
    Mechanism,
    Outcome,
    Reply,
)
from page import Page
from world import World


def rows(page: Page, group: str) -> list[str]:
    """Return the words of the rows of a group of Today."""
    heading = page.soup.find(id=group)
    if heading is None:
        return []
    section = copy(heading.find_parent("section"))
    for hidden in section.select(".co-row__what .govuk-visually-hidden"):
        hidden.extract()
    return [" ".join(row.get_text(" ").split()) for row in section.select("li.co-row")]


def tell(world: World, author: str, whom: str, outcome: Outcome, ago: timedelta, line="said"):
    """Log a call between two workers of LANE-01 some time ago."""
    with world.does(author) as (session, actor):
        reference = session.scalars(
            select(Involvement.reference)
            .join(Account, Account.id == Involvement.account_id)
            .where(Account.name == whom)
        ).one()
        attempt = Attempt(reference, Mechanism.TELEPHONE, clock.now() - ago, outcome, line)
        family = world.family_for(session, actor)
        contact_attempts.log(session, actor, world.moment, family, attempt)


def together_since(world: World, days: int) -> None:
    """Let everybody have been on the case of LANE-01 for so many days."""
    with world.does("Amira") as (session, _actor):
        for involvement in session.scalars(select(Involvement)):
            involvement.starts_on = clock.today() - timedelta(days=days)


def add_action(world: World, author: str, owner: str, **facts: Any) -> str:
    """Add an action to LANE-01 and return its reference."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        action: Action = writer.action(author, owner, "Ask the ward", Level.OPEN)
        for name, value in facts.items():
            setattr(action, name, value)
        session.flush()
        return action.reference


def add_meeting(world: World, author: str, chair: str, invited: list[str], **facts: Any) -> str:
    """Add a meeting about LANE-01 and return its reference."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        meeting: Meeting = writer.meeting(author, chair, invited)
        for name, value in facts.items():
            setattr(meeting, name, value)
        session.flush()
        return meeting.reference


def answer(world: World, name: str, reply: Reply) -> None:
    """Answer every invitation of a person."""
    with world.does(name) as (session, actor):
        for invitation in session.scalars(
            select(Invitation).where(Invitation.account_id == actor.account_id)
        ):
            invitation.reply = reply
