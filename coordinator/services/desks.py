"""Saying where somebody sits: their base, and shared desks by the day of the week (E08)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.directory_sights import ColleagueInSight, DeskInSight
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.desks import Desk
from coordinator.models.directory import Site
from coordinator.services import desk_slots

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """Where, and from which day to which (both inclusive; None: until further notice).

    `weekday` is None for a base and else 0 for Monday to 4; `opens` and `closes` are minutes
    since midnight in London, and `slot_minutes` is 0, 15 or 20.
    """

    site: str
    starts_on: date
    ends_on: date | None = None
    weekday: int | None = None
    opens: int = 0
    closes: int = 0
    slot_minutes: int = 0


def tell(
    session: Session, actor: Actor, moment: Moment, colleague: ColleagueInSight, place: Place
) -> None:
    """Say where somebody sits.  A new base ends the one before it.

    Raises `InvalidError` for `site`, `starts_on`, `ends_on` and, of a day, `opens` and `closes`.
    """
    problems = {}
    site_id = session.scalar(select(Site.id).where(Site.reference == place.site))
    if site_id is None:
        problems["site"] = "Choose a building from the list"
    if place.starts_on < moment.today:
        problems["starts_on"] = "Choose today or a day to come"
    if place.ends_on and place.ends_on < place.starts_on:
        problems["ends_on"] = "The last day is before the first"
    if place.weekday is not None and place.opens >= place.closes:
        problems["closes"] = "The desk ends before it begins"
    elif place.weekday is not None and place.closes - place.opens < place.slot_minutes:
        problems["closes"] = "There is no time for a slot"
    before = [] if problems else _at_the_same_time(session, colleague.id, place)
    if before and place.weekday is not None:
        problems["opens"] = "The directory has a desk for them at this time. End that one first"
    elif any(one.starts_on >= place.starts_on for one in before):
        problems["starts_on"] = "The directory has a base from a later day. Take that out first"
    if problems or site_id is None:
        raise InvalidError(problems)
    for one in before:
        one.ends_on = place.starts_on - A_DAY
    session.add(
        Desk(
            account_id=colleague.id,
            site_id=site_id,
            weekday=place.weekday,
            opens=place.opens,
            closes=place.closes,
            slot_minutes=place.slot_minutes,
            starts_on=place.starts_on,
            ends_on=place.ends_on,
            told_by_id=actor.account_id,
            told_at=moment.now,
        )
    )
    session.flush()


def end(session: Session, actor: Actor, moment: Moment, desk: DeskInSight) -> None:
    """Say that yesterday was the last day of it; slots booked there are cancelled."""
    record = session.get_one(Desk, desk.id)
    record.ends_on = max(moment.today, record.starts_on) - A_DAY
    desk_slots.give_up(session, actor, moment, desk.colleague.id, moment.today, desk_id=desk.id)
    session.flush()


def _at_the_same_time(session: Session, account_id: int, place: Place) -> list[Desk]:
    """Return the bases, or the desks of this weekday, that stand at a time of this one."""
    conditions = [
        Desk.account_id == account_id,
        or_(Desk.ends_on.is_(None), Desk.ends_on >= place.starts_on),
        or_(Desk.ends_on.is_(None), Desk.ends_on >= Desk.starts_on),
    ]
    if place.ends_on:
        conditions.append(Desk.starts_on <= place.ends_on)
    if place.weekday is None:
        conditions.append(Desk.weekday.is_(None))
    else:
        conditions += [
            Desk.weekday == place.weekday,
            Desk.opens < place.closes,
            Desk.closes > place.opens,
        ]
    return list(session.scalars(select(Desk).where(*conditions).order_by(Desk.id)))
