"""Who belongs around LANE-01: whom Kim wants there, what she needs, and a private answer."""

from sqlalchemy.orm import Session

from coordinator.access import find
from coordinator.access.sights import PersonInSight
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.services import guests, needs
from coordinator.services.guests import GuestDetails
from coordinator.services.needs import NeedsSaid
from coordinator.vocabulary import GuestRole, MeetWhere


def load(session: Session, family: str) -> None:
    """Tell it.  The caller commits."""
    with scene(session, "Ben", family, ago=54, at="14:20", does="guests.write") as telling:
        guests.add(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            GuestDetails(
                "Ines Field",
                GuestRole.HEALTH_VISITOR,
                "Eastway Health Visiting",
                "ines@healthvisiting.example",
                chosen_by_parent=True,
                parents_words="She was there when Mia was born.",
            ),
        )
    with scene(session, "Amira", family, ago=53, does="needs.write") as telling:
        needs.write(
            session,
            telling.actor,
            telling.moment,
            _person(telling, "Kim Lane"),
            needs.NOTHING_YET,
            NeedsSaid(formats="Large print, and a break after half an hour", likes=MeetWhere.HOME),
        )
    for name, ago in (("Amira", 53), ("Ben", 52)):
        does = "needs.answer-privately"
        with scene(session, name, family, ago=ago, at="15:00", does=does) as telling:
            nate = _person(telling, "Nate Moss")
            needs.write_private(session, telling.actor, telling.moment, nate, safe=True)


def _person(telling: Scene, name: str) -> PersonInSight:
    sight = find.person(telling.session, telling.actor, telling.moment, telling.person(name))
    if sight is None:
        raise LostThreadError(name)
    return sight
