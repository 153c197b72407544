"""What a leaver holds in one family for one agency goes to one colleague (E06, decision 0027)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.letters import MailKind
from coordinator.access.sights import OPEN_ONLY_ROLES, Moment
from coordinator.models.families import Family, Involvement
from coordinator.reads.held import Part
from coordinator.services import involvements, moving_work, outbox
from coordinator.vocabulary import Role

LEFT = "Left the service"
FOR_A_WHILE = "Holds the case until a colleague takes it over"


def hand_over(session: Session, moment: Moment, last_day: date, part: Part, to: Any) -> None:
    """Give all that a leaver holds in one family for one agency to `to`, and tell who works there.

    `to` is a row of reads/handing_over.decisions: account, team, role and who decided.
    """
    _case(session, moment, last_day, part, to)
    moving_work.move(session, moment, part, to)
    _tell(session, moment, part, to)


def _case(session: Session, moment: Moment, last_day: date, part: Part, to: Any) -> None:
    """End the leaver's roles on the case and put the successor in their place."""
    colleagues = involvements.current_workers(session, moment, part.family_id, part.agency_id)
    leaving = [w for w in colleagues if w.account_id == part.account_id]
    led = any(worker.lead for worker in leaving)
    for worker in leaving:
        worker.ends_on = max(last_day, worker.starts_on - timedelta(days=1))
        worker.end_reason = LEFT
        worker.lead = False
    there = next((w for w in colleagues if w.account_id == to.account_id), None)
    if there is None:
        manages = to.role is Role.TEAM_MANAGER
        there = Involvement(
            family_id=part.family_id,
            account_id=to.account_id,
            agency_id=part.agency_id,
            team_id=to.team_id,
            role=involvements.case_role_of(to.role),
            lead=False,
            starts_on=moment.today,
            second_role_reason=FOR_A_WHILE if manages else "",
        )
        session.add(there)
    if led and there.role not in OPEN_ONLY_ROLES:
        there.lead = True


def _tell(session: Session, moment: Moment, part: Part, to: Any) -> None:
    """Tell the successor, and the other agency's workers on the case."""
    reference = session.scalars(select(Family.reference).where(Family.id == part.family_id)).one()
    others = involvements.others(session, moment, part.family_id, part.agency_id)
    for account_id, agency_id in [(to.account_id, part.agency_id), *others]:
        about: dict[str, str | int] = {"agency": agency_id}
        outbox.queue(session, moment, account_id, MailKind.TAKEN_OVER, reference, about)
