"""The world that tests start from: the cast, and LANE-01 with Amira and Ben on the case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import databases
from coordinator import clock, trail
from coordinator.access import find
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.demo import cast
from coordinator.models.accounts import Account
from coordinator.models.base import Model

FAMILY = "LANE-01"


class World:
    """People and records of one app's database."""

    family = FAMILY

    def __init__(self, app: Flask) -> None:
        self.app = app

    @property
    def moment(self) -> Moment:
        """Return now."""
        return Moment(clock.now(), clock.today())

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session; it is committed in the end."""
        with databases.session_of(self.app) as session:
            yield session

    @contextmanager
    def does(
        self, name: str, action: str = "test", team: str | None = None
    ) -> Iterator[tuple[Session, Actor]]:
        """Yield a session in which this person acts, and the person as an actor."""
        with self.session() as session:
            actor = cast.actor(session, name, team)
            trail.acting(session, actor.acting(), action)
            yield session, actor

    def family_for(self, session: Session, actor: Actor, reference: str = FAMILY) -> FamilyInSight:
        """Return a family as this actor stands to it."""
        family = find.family(session, actor, self.moment, reference)
        assert family is not None, f"{actor.name} does not see {reference}"
        return family

    def account_id(self, name: str) -> int:
        """Return the number of a person's account."""
        with self.session() as session:
            return session.scalars(select(Account.id).where(Account.name == name)).one()

    def count(self, model: type[Model], *conditions: object) -> int:
        """Return how many rows of a table meet the conditions."""
        with self.session() as session:
            statement = select(func.count()).select_from(model).where(*conditions)  # type: ignore[arg-type]
            return session.scalar(statement) or 0
