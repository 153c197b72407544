"""Weeks with many contacts: both agencies are asked to combine visits, and what it did (S08)."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.clock import day_in_words, local
from coordinator.errors import InvalidError
from coordinator.models.families import Family
from coordinator.models.visits import FullWeek, WeekAnswer
from coordinator.reads.week_contacts import monday_of, open_in
from coordinator.services import addresses, clock_rules
from coordinator.services.plans import stamp
from coordinator.vocabulary import Level, WeekWord

CODE = "contacts-in-a-week"


def weigh(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, *instants: datetime
) -> None:
    """Count the weeks of these instants anew: ask both agencies where there are too many contacts.

    The level is the one in force on the Monday.  What is asked ends where it is no longer so.
    """
    session.get_one(Family, family.id, with_for_update=True)
    for monday in sorted({monday_of(local(instant).date()) for instant in instants}):
        counted = open_in(session, moment, family, monday)
        at_most = clock_rules.in_force(session, monday)[CODE].limit
        asked = _asked(session, family, monday)
        if counted > at_most and asked is None:
            asked = FullWeek(
                **stamp(actor, moment, family, Level.OPEN),
                monday=monday,
                contacts=counted,
                at_most=at_most,
            )
            session.add(asked)
        elif asked is not None and counted > at_most:
            asked.contacts, asked.at_most = counted, at_most
        elif asked is not None:
            asked.ended_at = moment.now
        session.flush()


def explain(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    starts_at: datetime,
    why: str,
) -> None:
    """Keep why one more contact is needed in a week that has too many.

    Raises `InvalidError` with the numbers if nobody says why.
    """
    asked = _asked(session, family, monday_of(local(starts_at).date()))
    if asked is None:
        return
    if not why:
        raise InvalidError(
            {
                "why_more": f"This makes {asked.contacts} contacts in the week from"
                f" {day_in_words(asked.monday)}, above the level of {asked.at_most}."
                " Combine it with another, or say why it is needed too"
            }
        )
    _say(session, actor, moment, asked.id, WeekWord.NEEDED, why)


def answer(
    session: Session, actor: Actor, moment: Moment, week: EntryInSight, word: WeekWord, text: str
) -> None:
    """Say for the actor's agency what is done about a full week, or what it did afterwards.

    Raises `InvalidError` for an effect before the week began.
    """
    addresses.stop(session, actor, week.family, text=text)
    record = session.get_one(FullWeek, week.id)
    if word is WeekWord.EFFECT and moment.today < record.monday:
        raise InvalidError({"word": "The week has not begun yet"})
    _say(session, actor, moment, week.id, word, text)


def _say(
    session: Session, actor: Actor, moment: Moment, week_id: int, word: WeekWord, text: str
) -> None:
    session.add(
        WeekAnswer(
            week_id=week_id,
            agency_id=actor.agency_id,
            account_id=actor.account_id,
            word=word,
            text=text,
            at=moment.now,
        )
    )
    session.flush()


def _asked(session: Session, family: FamilyInSight, monday: date) -> FullWeek | None:
    return session.scalars(
        select(FullWeek).where(
            FullWeek.family_id == family.id,
            FullWeek.monday == monday,
            FullWeek.ended_at.is_(None),
        )
    ).first()
