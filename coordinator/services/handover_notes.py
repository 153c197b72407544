"""A worker hands a case over to a colleague, with a note and an introduction (S18).

Access follows the dates of the involvements alone: the new worker's begins on the first day, the
other's ends after the last of the days on which both are there.  The open work follows on the
first day, by the worker.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.sights import OPEN_ONLY_ROLES, EntryInSight, InvolvementInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account
from coordinator.models.families import Involvement
from coordinator.models.handover_notes import HandoverNote
from coordinator.reads.held import Part
from coordinator.services import addresses, involvements, moving_work, outbox
from coordinator.services.plans import stamp, unchanged_since
from coordinator.vocabulary import Level, WrittenWith

NEEDS_NOTE = "Write the note, or say below why there is none"
NEEDS_REASON = "Say why there is no note, or why they were not asked"


@dataclass(frozen=True)
class Words:
    """The note, whether the parent wrote it too, and the introduction (a day in London)."""

    text: str
    written_with: WrittenWith
    why_not: str
    meets_on: date | None
    why_no_meeting: str


@dataclass(frozen=True)
class Days:
    """The first day of who takes over, and the last of who hands over: days in London."""

    starts_on: date
    last_on: date


def hand_over(
    session: Session,
    actor: Actor,
    moment: Moment,
    involvement: InvolvementInSight,
    to: str,
    days: Days,
    said: Words,
) -> str:
    """Let a colleague (a membership's reference) take a worker's place; return the note's.

    The open work follows on the first day, by the worker (`carry_out`): it sees what is held back
    from the actor, who would learn by the time it takes how much that is.  Raises `InvalidError`.
    """
    family = involvement.family
    _check(moment, days, said)
    addresses.stop(
        session,
        actor,
        family,
        text=said.text,
        why_not=said.why_not,
        why_no_meeting=said.why_no_meeting,
    )
    colleagues = involvements.current_workers(session, moment, family.id, involvement.agency_id)
    leaving = next((worker for worker in colleagues if worker.id == involvement.id), None)
    if leaving is None:
        raise InvalidError("This worker has left the case")
    chosen = involvements.practitioner(session, moment, family.id, involvement.agency_id, None, to)
    if chosen.account_id == leaving.account_id:
        raise InvalidError({"worker": "Choose somebody else than who hands over"})
    _change(session, moment, leaving, chosen, days)
    note = HandoverNote(
        **stamp(actor, moment, family, Level.OPEN),
        from_account_id=leaving.account_id,
        to_account_id=chosen.account_id,
        starts_on=days.starts_on,
        last_on=days.last_on,
        **vars(said),
    )
    session.add(note)
    session.flush()
    for account_id, agency_id in involvements.others(
        session, moment, family.id, involvement.agency_id
    ):
        _tell(session, moment, note, account_id, agency_id)
    return note.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    note: EntryInSight,
    said: Words,
    version: int | None,
) -> None:
    """Write the note anew.  Raises `InvalidError`, `ConflictError` if somebody else has."""
    record = session.get_one(HandoverNote, note.id)
    unchanged_since(session, record, version, text=record.text)
    _check(moment, Days(record.starts_on, record.last_on), said, before=record.meets_on)
    addresses.stop(
        session,
        actor,
        note.family,
        text=said.text,
        why_not=said.why_not,
        why_no_meeting=said.why_no_meeting,
    )
    for field, value in vars(said).items():
        setattr(record, field, value)
    session.flush()


def are_due(session: Session, moment: Moment) -> bool:
    """Say whether a first day has come whose open work is not given over.  Takes no lock."""
    return session.scalar(_due(moment).limit(1)) is not None


def carry_out(session: Session, moment: Moment) -> tuple[int, bool]:
    """Give the open work of the next handover over; say whether there are more."""
    note = session.scalars(_due(moment).limit(1).with_for_update()).one_or_none()
    if note is None:
        return 0, False
    _move(session, moment, note)
    return 1, True


def _due(moment: Moment) -> Any:
    return (
        select(HandoverNote)
        .where(HandoverNote.moved_at.is_(None), HandoverNote.starts_on <= moment.today)
        .order_by(HandoverNote.id)
    )


def _check(moment: Moment, days: Days, said: Words, before: date | None = None) -> None:
    problems = {}
    if days.starts_on < moment.today and before is None:
        problems["starts_on"] = "Choose today or a day to come"
    if days.last_on < days.starts_on:
        problems["last_on"] = "This cannot be before the first day of who takes over"
    if not said.text and not said.why_not:
        problems["text"] = NEEDS_NOTE
    if said.written_with is WrittenWith.NOT_ASKED and not said.why_not:
        problems["why_not"] = NEEDS_REASON
    if said.meets_on is None and not said.why_no_meeting:
        problems["meets_on"] = "Enter when you meet them together, or say below why you do not"
    if said.meets_on is not None and said.meets_on != before and said.meets_on < moment.today:
        problems["meets_on"] = "Choose today or a day to come"
    if problems:
        raise InvalidError(problems)


def _change(
    session: Session, moment: Moment, leaving: Involvement, chosen: Any, days: Days
) -> None:
    """Let one agency's lead pass on the first day, without a job: by the dates of their parts."""
    led = leaving.lead and leaving.role not in OPEN_ONLY_ROLES
    name = session.get_one(Account, leaving.account_id).name
    last = _from(session, moment, leaving, days.starts_on, lead=False)
    last.ends_on, last.end_reason = days.last_on, f"Handed over to {chosen.name}"
    there = session.scalars(
        select(Involvement)
        .where(
            Involvement.family_id == leaving.family_id,
            Involvement.agency_id == leaving.agency_id,
            Involvement.account_id == chosen.account_id,
            or_(Involvement.ends_on.is_(None), Involvement.ends_on >= days.starts_on),
        )
        .order_by(Involvement.id.desc())
    ).first()
    if there is not None:
        there.ends_on = None
        _from(session, moment, there, days.starts_on, lead=led or there.lead)
    else:
        second = involvements.has_a_part(session, moment, leaving.family_id, chosen.account_id)
        session.add(
            Involvement(
                family_id=leaving.family_id,
                account_id=chosen.account_id,
                agency_id=leaving.agency_id,
                team_id=chosen.team_id,
                role=involvements.case_role_of(chosen.role),
                lead=led,
                starts_on=days.starts_on,
                second_role_reason=f"Takes over from {name}" if second else "",
            )
        )
    session.flush()


def _from(
    session: Session, moment: Moment, worker: Involvement, day: date, *, lead: bool
) -> Involvement:
    """Return the part that a worker has from a day on: another row, if it changes then."""
    if worker.lead == lead or day <= max(moment.today, worker.starts_on):
        worker.lead = lead
        return worker
    later = Involvement(
        family_id=worker.family_id,
        account_id=worker.account_id,
        agency_id=worker.agency_id,
        team_id=worker.team_id,
        role=worker.role,
        lead=lead,
        starts_on=day,
        ends_on=worker.ends_on,
        second_role_reason=worker.second_role_reason,
    )
    worker.ends_on = day - timedelta(days=1)
    session.add(later)
    return later


def _move(session: Session, moment: Moment, note: HandoverNote) -> None:
    """Give the open work to the new worker, and tell them where to read first."""
    to = SimpleNamespace(account_id=note.to_account_id, role=None, decided_by_id=note.author_id)
    part = Part(note.from_account_id, note.family_id, note.agency_id)
    moving_work.move(session, moment, part, to, note.last_on)
    note.moved_at = moment.now
    _tell(session, moment, note, note.to_account_id, note.agency_id)
    session.flush()


def _tell(
    session: Session, moment: Moment, note: HandoverNote, account_id: int, agency_id: int
) -> None:
    about: dict[str, str | int] = {"agency": agency_id}
    outbox.queue(session, moment, account_id, MailKind.HANDOVER, note.reference, about)
