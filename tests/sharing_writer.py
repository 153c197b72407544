"""Adds requests, what the parent was told, exclusions, alerts and openings to a family."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.demo import cast
from coordinator.models.accounts import Account
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry
from coordinator.models.families import Exclusion, Person
from coordinator.models.guests import Guest
from coordinator.models.information_requests import (
    InformationRequest,
)
from coordinator.models.look_alerts import LookAlert
from coordinator.models.openness import Openness
from coordinator.vocabulary import (
    AlertKind,
    Danger,
    GuestRole,
    Level,
    OpennessKind,
    RequestState,
)


class SharingWriter:
    """What a writer adds around sharing; `session`, `moment` and `family_id` are the writer's."""

    def first_person(self) -> int:
        """Return the number of the first member of the family."""
        first = select(Person.id).where(Person.family_id == self.family_id).order_by(Person.id)
        return self.session.scalars(first.limit(1)).one()

    def guest(self, author: str, name: str, **more: Any) -> Guest:
        """Add a health visitor who works with the family."""
        who = cast.actor(self.session, author)
        trail.acting(self.session, who.acting(), "test")
        guest = Guest(
            family_id=self.family_id,
            name=name,
            organisation="Eastway Health Visiting",
            added_by_id=who.account_id,
            added_at=self.moment.now,
            **{"role": GuestRole.HEALTH_VISITOR, **more},
        )
        self.session.add(guest)
        self.session.flush()
        return guest

    def openness(
        self, author: str, told: OpennessKind, words: str, level: Level = Level.OPEN, **more: Any
    ) -> Openness:
        """Add a line of the openness record that is not settled, and was to be reviewed today."""
        return self.add(  # type: ignore[no-any-return]
            Openness,
            author,
            level,
            told=told,
            what=words,
            why=words,
            parent_view=words,
            happened_on=self.moment.today,
            review_on=self.moment.today,
            **more,
        )

    def request(
        self, author: str, whom: str, words: str, level: Level = Level.OPEN, **more: Any
    ) -> InformationRequest:
        """Add a request that somebody should have answered yesterday."""
        who = cast.actor(self.session, whom)
        return self.add(  # type: ignore[no-any-return]
            InformationRequest,
            author,
            level,
            what=words,
            why=words,
            decision=words,
            due_on=self.moment.today - timedelta(days=1),
            asked_account_id=who.account_id,
            asked_agency_id=who.agency_id,
            state=RequestState.ASKED,
            **more,
        )

    def keep_out(self, name: str) -> str:
        """Exclude somebody and no more; return the exclusion's reference."""
        trail.acting(self.session, trail.Acting(service="test"), "test")
        exclusion = Exclusion(
            family_id=self.family_id,
            account_id=account_id(self.session, name),
            reason="Related to the family",
            set_by_id=account_id(self.session, "Dana"),
            set_at=self.moment.now,
        )
        self.session.add(exclusion)
        self.session.flush()
        return exclusion.reference

    def look_alert(self, name: str) -> str:
        """Raise an alert about somebody's looks at the family; return its reference."""
        who = cast.actor(self.session, name)
        trail.acting(self.session, trail.Acting(service="test"), "test")
        alert = LookAlert(
            kind=AlertKind.MANY_LOOKS,
            account_id=who.account_id,
            agency_id=who.agency_id,
            family_id=self.family_id,
            looks=6,
            raised_at=self.moment.now,
        )
        self.session.add(alert)
        self.session.flush()
        return alert.reference

    def danger(self, name: str, entry: Entry, hours: int = 8) -> str:
        """Let somebody open an entry in immediate danger, until so many hours from now.

        Returns the opening's reference.
        """
        who = cast.actor(self.session, name)
        trail.acting(self.session, who.acting(), "test")
        opening = EmergencyOpening(
            entry_id=entry.id,
            family_id=self.family_id,
            account_id=who.account_id,
            agency_id=who.agency_id,
            danger=Danger.CHILD,
            reason="Nobody answers the door",
            opened_at=self.moment.now,
            until=self.moment.now + timedelta(hours=hours),
        )
        self.session.add(opening)
        self.session.flush()
        return opening.reference


def account_id(session: Session, name: str) -> int:
    """Return the number of the account of this name."""
    return session.scalars(select(Account.id).where(Account.name == name)).one()
