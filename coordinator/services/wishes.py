"""A meeting or visit against what a parent needs or wishes is arranged once that is confirmed."""

from typing import Protocol

from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.meetings import Meeting
from coordinator.models.visits import Visit
from coordinator.reads import needs
from coordinator.reads.needs import NeedsOf
from coordinator.trail import Subject
from coordinator.vocabulary import EventKind


class Wanted(Protocol):
    """What is said of the interpreter, and whether it stands against a wish."""

    @property
    def interpreter_booked(self) -> bool | None:
        """Whether an interpreter is booked; None if nobody said."""

    @property
    def all_the_same(self) -> bool:
        """Whether it is confirmed against a need or a wish."""


def heed(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    arranged: Meeting | Visit,
    wanted: Wanted,
) -> None:
    """Keep which interpreter a meeting or visit needs and whether one is booked (S31).

    Raises `InvalidError` if none is, or if it is where somebody does not want to meet, or in
    person elsewhere than they like (I05), until that is confirmed; the trail keeps that it was.
    """
    said = needs.of_family(session, actor, moment, family)
    languages = [one.language or "an interpreter" for one in said if one.interpreter]
    arranged.interpreter = ", ".join(dict.fromkeys(languages))[:100]
    arranged.interpreter_booked = bool(wanted.interpreter_booked) if languages else None
    against = [words for one in said for words in _against(one, arranged)]
    if against and not wanted.all_the_same:
        raise InvalidError({"all_the_same": ". ".join(against)})
    if against:
        session.flush()
        trail.write(
            session,
            EventKind.CHANGE,
            Subject(arranged.family_id, arranged.id, arranged.__tablename__, arranged.reference),
            outcome="against-a-wish",
        )


def _against(one: NeedsOf, arranged: Meeting | Visit) -> list[str]:
    found = []
    if one.interpreter and not arranged.interpreter_booked:
        language = f"an interpreter ({one.language})" if one.language else "an interpreter"
        found.append(f"{one.name} needs {language}, and none is booked")
    likes = f"likes to meet {_lower(one.likes.label)}" if one.likes else ""
    if one.not_there and one.objects_to(arranged.place):
        also = f", and {likes}" if likes else ""
        found.append(f"{one.name} does not want to meet {_lower(one.not_there.label)}{also}")
    elif one.likes_elsewhere(arranged.place):
        found.append(f"{one.name} {likes}")
    return found


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
