"""What the worker does once a minute beside sending mail, each chore in the same way."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import in_force
from coordinator.access.sights import Moment
from coordinator.extensions import begin_writing
from coordinator.services import (
    confirmations,
    departing,
    handover_notes,
    look_alerts,
    raised_needs,
    reminders,
    sealing,
    series_turns,
    transitions,
)
from coordinator.trail import Acting

ACTING = Acting(service="worker")

log = structlog.get_logger()


@dataclass(frozen=True)
class Chore:
    """What is done in rounds: is it due (no lock is taken), and do it.

    `does` returns how much it did, and whether there may be more.
    """

    action: str
    is_due: Callable[[Session, Moment], bool]
    does: Callable[[Session, Moment], tuple[int, bool]]


LOOKS = Chore("alerts.scan", look_alerts.is_behind, look_alerts.scan)
NEEDS = Chore("raised-needs.tell", raised_needs.are_due, raised_needs.tell_managers)
REMINDERS = Chore("mail.remind", reminders.are_due, reminders.queue_due)
SERIES = Chore("meetings.ask-next", series_turns.is_any_due, series_turns.ask_next)
POSTS = Chore("posts.ask", confirmations.are_due, confirmations.ask)
DEPARTURES = Chore("departures.carry-out", departing.are_due, departing.carry_out)
HANDOVERS = Chore("handover-notes.carry-out", handover_notes.are_due, handover_notes.carry_out)
TRANSITIONS = Chore("supports.transition", transitions.are_due, transitions.open_due)
# Done once a second, and not with the others.
SEAL = Chore("trail.seal", sealing.is_due, sealing.seal)
ALL = (NEEDS, REMINDERS, SERIES, POSTS, DEPARTURES, HANDOVERS, TRANSITIONS, LOOKS)


def moment() -> Moment:
    """Return the present, in one reading of the clock."""
    now = clock.now()
    return Moment(now, clock.local(now).date())


def do(engine: Engine, chore: Chore, stop: Event | None = None) -> int:
    """Do a chore while it is due, each round in a transaction of its own; return how much.

    One that fails is taken up again a minute later, and never keeps mail waiting.
    """
    done, more = 0, True
    try:
        while more and not (stop and stop.is_set()):
            with Session(engine) as session:
                at = moment()
                trail.acting(session, ACTING, chore.action)
                in_force.ask(session)
                if not chore.is_due(session, at):
                    break
                session.rollback()
                begin_writing(session)
                found, more = chore.does(session, at)
                session.commit()
                done += found
    except Exception as problem:  # noqa: BLE001  (whatever it is, mail goes on)
        log.warning("a chore could not be done", chore=chore.action, error=type(problem).__name__)
    return done
