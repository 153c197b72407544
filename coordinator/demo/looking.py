"""Looks that raised an alert: one that a privacy officer has reviewed, and one that waits."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find
from coordinator.access.actor import SAFEGUARDING_POSTS
from coordinator.access.find_look_alerts import alert
from coordinator.access.policy import Permission
from coordinator.access.sights import Moment
from coordinator.demo.lane import REFERENCE as LANE
from coordinator.demo.teller import LostThreadError, scene
from coordinator.models.look_alerts import LookAlert
from coordinator.services import families, look_alerts
from coordinator.settings import SETTINGS
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind, ReviewOutcome

PAGES = (
    Permission.FAMILIES_READ,
    Permission.PLANS_READ,
    Permission.CONTACTS_READ,
    Permission.SHARING_READ,
    Permission.MEETINGS_READ,
)


def load(session: Session) -> None:
    """Tell it, and let the trail be read as the worker reads it.  The caller commits."""
    _look(session, "Elif", 5, "Dana asked me to read the plan before the review.")
    _look(session, "Ewan", 1, "To prepare supervision.")
    trail.acting(session, Acting(service="worker"), "alerts.scan")
    look_alerts.scan(session, Moment(clock.now(), clock.today()), batch=50_000)
    with scene(session, "Petra", ago=4, at="11:00", does=Permission.ALERTS_REVIEW) as telling:
        first = session.scalars(select(LookAlert.reference).order_by(LookAlert.raised_at)).first()
        found = first and alert(session, telling.actor, telling.moment, first)
        if not found:
            raise LostThreadError(LookAlert.__tablename__)
        look_alerts.review(
            session,
            telling.actor,
            telling.moment,
            found,
            ReviewOutcome.JUSTIFIED,
            "Dana says the same: she had asked Elif to read the plan.",
        )


def _look(session: Session, lead: str, ago: int, why: str) -> None:
    """Let a safeguarding lead give a reason and look round the family's pages."""
    with scene(session, lead, LANE, ago=ago, at="13:30", does="families.give-reason") as telling:
        actor = replace(telling.actor, posts=SAFEGUARDING_POSTS)
        family = find.family(session, actor, telling.moment, LANE)
        if family is None:
            raise LostThreadError(LANE)
        families.give_reason(session, actor, telling.moment, family, why)
    for number in range(SETTINGS.looks_without_role):
        page = PAGES[number % len(PAGES)]
        with scene(session, lead, LANE, ago=ago, at=f"13:{31 + number}", does=page):
            subject = Subject(family.id, None, "families", family.reference)
            trail.write(session, EventKind.LOOK, subject)
