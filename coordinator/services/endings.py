"""One agency's help ends: planned, acknowledged by the other agency, with a way back (E24, P03).

Nothing proposes it: no rule here reads how quiet a case has been.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.ending_sights import EndingInSight
from coordinator.access.letters import MailKind
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.clock import day_in_words
from coordinator.errors import InvalidError
from coordinator.models.directory import Team
from coordinator.models.endings import EndedPart, Ending
from coordinator.reads import held_on_case
from coordinator.services import (
    addresses,
    ending_items,
    involvements,
    join_requests,
    outbox,
    separations,
)
from coordinator.services.plans import stamp
from coordinator.vocabulary import Level, ViewAsked

ENDED = "Our help ended"
NOT_ALONE = "No worker of another agency is on the case: bring one in first, so that somebody is"
WAITS = (
    "Nobody of the other agency has acknowledged it. Call them; or your manager can let it end"
    " without, with a reason"
)


@dataclass(frozen=True)
class Plan:
    """Why help ends, what the parent thinks, when, what continues, and the way back.

    `ends_on` is the last day and `back_until` the last on which help is taken up again without a
    new referral: days in London.
    """

    reason: str
    view: ViewAsked
    parents_view: str
    ends_on: date
    continues: str
    way_back: str
    back_until: date
    numbers: str


def plan(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, wanted: Plan
) -> str:
    """Plan the end of the help of the actor's agency; return its reference.

    The other agency is asked to acknowledge it.  Raises `InvalidError`.
    """
    problems = {}
    if wanted.ends_on < moment.today:
        problems["ends_on"] = "Choose today or a day to come"
    if wanted.back_until <= wanted.ends_on:
        problems["back_until"] = "Choose a day after the last day of your help"
    if wanted.view is not ViewAsked.WOULD_NOT and not wanted.parents_view:
        problems["parents_view"] = (
            "Say why they were not asked"
            if wanted.view is ViewAsked.NOT_ASKED
            else "Write what they think"
        )
    if problems:
        raise InvalidError(problems)
    texts = {name: text for name, text in vars(wanted).items() if type(text) is str}
    addresses.stop(session, actor, family, **texts)
    standing = involvements.standing_of(actor)
    open_now = session.scalar(
        select(Ending.id).where(
            Ending.family_id == family.id,
            Ending.agency_id == actor.agency_id,
            Ending.finished_at.is_(None),
            Ending.withdrawn_at.is_(None),
        )
    )
    if open_now is not None:
        raise InvalidError("The end of your agency’s help is planned already: see the family page")
    others = involvements.others(session, moment, family.id, standing.agency_id)
    if not others:
        raise InvalidError(NOT_ALONE)
    here = involvements.current_workers(session, moment, family.id, standing.agency_id)
    lead = next((worker for worker in here if worker.lead), here[0])
    record = Ending(
        **stamp(actor, moment, family, Level.OPEN), team_id=lead.team_id, **vars(wanted)
    )
    session.add(record)
    session.flush()
    _tell(session, moment, record, others)
    return record.reference


def acknowledge(
    session: Session, actor: Actor, moment: Moment, ending: EndingInSight, *, keeps_plan: bool
) -> None:
    """Say for the other agency that one knows of it, and whether one goes on with what helps."""
    record = session.get_one(Ending, ending.id)
    record.acknowledged_by_id, record.acknowledged_at = actor.account_id, moment.now
    record.keeps_plan = keeps_plan
    session.flush()
    _tell(session, moment, record, [(record.author_id, record.agency_id)])


def override(
    session: Session, actor: Actor, moment: Moment, ending: EndingInSight, reason: str
) -> None:
    """Let help end unacknowledged, or soon after a separation; the others read the reason."""
    addresses.stop(session, actor, ending.family, reason=reason)
    record = session.get_one(Ending, ending.id)
    record.overridden_by_id, record.overridden_at = actor.account_id, moment.now
    record.override_reason = reason
    session.flush()
    others = involvements.others(session, moment, record.family_id, record.agency_id)
    _tell(session, moment, record, others)


def withdraw(session: Session, moment: Moment, ending: EndingInSight) -> None:
    """Take a planned ending back: help goes on."""
    record = session.get_one(Ending, ending.id)
    record.withdrawn_at = moment.now
    session.flush()
    others = involvements.others(session, moment, record.family_id, record.agency_id)
    _tell(session, moment, record, others)


def finish(session: Session, actor: Actor, moment: Moment, ending: EndingInSight) -> None:
    """End the agency's help after its last day: each thing goes to who takes it over.

    Raises `InvalidError` until the other agency has acknowledged it (or a manager let it end), and
    while anything that the agency holds has neither another owner nor a reason to end.
    """
    record = session.get_one(Ending, ending.id)
    if not ending.acknowledged and not ending.overridden:
        raise InvalidError(WAITS)
    barred = separations.bars_until(session, actor, ending.family, record.ends_on)
    if barred is not None and not ending.overridden:
        raise InvalidError(
            f"A child was taken to live elsewhere: help goes on until {day_in_words(barred)},"
            " unless your manager says why not"
        )
    if record.ends_on < moment.today:
        raise InvalidError("The last day is over: take it back, and plan it with a day to come")
    things = held_on_case.of_agency(
        session, actor, moment, ending.family, ending.agency_id, ending.id
    )
    left = [thing for thing in things if not thing.decided]
    if left:
        raise InvalidError(
            "Say first what becomes of: " + "; ".join(thing.in_words for thing in left)
        )
    ending_items.carry_out(session, actor, moment, ending, things, record.ends_on)
    for worker in involvements.current_workers(session, moment, record.family_id, record.agency_id):
        worker.ends_on = min(worker.ends_on or record.ends_on, record.ends_on)
        worker.end_reason = ENDED
        session.add(EndedPart(ending_id=record.id, involvement_id=worker.id))
    record.finished_by_id, record.finished_at = actor.account_id, moment.now
    session.flush()
    others = involvements.others(session, moment, record.family_id, record.agency_id)
    _tell(session, moment, record, others)


def ask_back(session: Session, actor: Actor, moment: Moment, ending: EndingInSight) -> None:
    """Ask the team whose help ended to take it up again, without a new referral.

    Its duty desk names a worker, who finds the old part of the plan where it was.  Raises
    `InvalidError`.
    """
    record = session.get_one(Ending, ending.id)
    team = session.scalars(select(Team.reference).where(Team.id == record.team_id)).one()
    why = (
        f"Your help ended on {day_in_words(record.ends_on)}, and may be taken up again without a"
        f" referral until {day_in_words(record.back_until)}. It is needed again."
    )
    join_requests.ask(session, actor, moment, ending.family, team, why)


def _tell(session: Session, moment: Moment, record: Ending, whom: list[tuple[int, int]]) -> None:
    for account_id, agency_id in whom:
        about: dict[str, str | int] = {"agency": agency_id}
        outbox.queue(session, moment, account_id, MailKind.ENDING, record.reference, about)
