"""The demo world: invented people, told through the services, with dates relative to today.

It refuses to run on a database that is not a demo (cli.py asks `is_loaded`).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.demo import (
    answers,
    cast,
    concerns,
    danger,
    gatherings,
    lane,
    leaving,
    links,
    local,
    looking,
    openness,
    others,
    pairs,
    requests,
    settings,
    shelf,
    sitting,
    supervising,
    visits,
    worries,
)
from coordinator.models.accounts import Account


def is_loaded(session: Session) -> bool:
    """Whether this database is the demo's: its administrator has the demo's address."""
    return (
        session.scalar(select(Account.id).where(Account.email == "farah@coordinator.example"))
        is not None
    )


def load(session: Session) -> None:
    """Load the whole demo world and commit it."""
    cast.load(session)
    local.load(session)
    lane.load(session)
    requests.load(session)
    visits.load(session)
    others.load(session)
    visits.load_supervised(session)
    openness.load(session)
    danger.load(session)
    looking.load(session)
    leaving.load(session)
    worries.load(session)
    settings.load(session)
    shelf.load(session)
    shelf.mark_by_hand(session)
    answers.load(session)
    links.load(session)
    pairs.load(session)
    concerns.load(session)
    sitting.load(session)
    supervising.load(session)
    gatherings.delivered(session)
    session.commit()
