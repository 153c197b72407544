"""What somebody holds in families, counted: what must have another holder when they leave (E06).

It counts, and shows nothing: an administrator, who sees no family, reads the sums alone, and the
manager of a team sees the references of the families that they oversee (docs/decisions/0027).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.vocabulary import OPEN_ACTION_STATES, MeetingState, RequestState


class Kind(Enum):
    """What can be held in a family: one of them and several, in words."""

    CASE = "role on the case", "roles on the case"
    ACTION = "open action", "open actions"
    REQUEST = "request for information", "requests for information"
    INVITATION = "invitation", "invitations"

    def counted(self, number: int) -> str:
        """Write so many of them."""
        return f"{number} {self.value[0] if number == 1 else self.value[1]}"


@dataclass
class Part:
    """What an account holds in one family for one agency."""

    account_id: int
    family_id: int
    agency_id: int
    counts: Counter[Kind] = field(default_factory=Counter)

    @property
    def in_words(self) -> str:
        """Write the counts: `1 role on the case, 2 open actions`."""
        return in_words(self.counts)


def in_words(counts: Mapping[Kind, int]) -> str:
    """Write counts in the order of the kinds."""
    return ", ".join(kind.counted(counts[kind]) for kind in Kind if counts[kind])


def after(
    session: Session,
    moment: Moment,
    leavers: Mapping[int, date],
    only: Any = None,
) -> list[Part]:
    """Return what these accounts hold after their last days, family by family.  One statement.

    `leavers` are last days by account.  `only`, given the column of a family's id, returns the
    condition of the families that are asked about.
    """
    if not leavers:
        return []
    last = min(leavers.values())
    rows = session.execute(
        union_all(*(_counted(moment, kind, list(leavers), last, only) for kind in Kind))
    ).all()
    parts: dict[tuple[int, int, int], Part] = {}
    for row in rows:
        key = (row.account_id, row.family_id, row.agency_id)
        parts.setdefault(key, Part(*key)).counts[Kind[row.kind]] += row.number
    return [parts[key] for key in sorted(parts)]


def _counted(moment: Moment, kind: Kind, who: list[int], last: date, only: Any) -> Any:
    account, family, agency, where = _of(moment, kind, last)
    conditions: list[ColumnElement[bool]] = [account.in_(who), where]
    if only is not None:
        conditions.append(only(family))
    chosen = select(
        literal(kind.name).label("kind"),
        account.label("account_id"),
        family.label("family_id"),
        agency.label("agency_id"),
        func.count().label("number"),
    )
    if kind is Kind.INVITATION:
        chosen = chosen.select_from(Meeting).join(Invitation, Invitation.meeting_id == Meeting.id)
    return chosen.where(*conditions).group_by(account, family, agency)


def _of(moment: Moment, kind: Kind, last: date) -> tuple[Any, Any, Any, Any]:
    """Return the columns account, family and agency of a kind, and what holds it open."""
    match kind:
        case Kind.CASE:
            open_ = or_(Involvement.ends_on.is_(None), Involvement.ends_on > last)
            return Involvement.account_id, Involvement.family_id, Involvement.agency_id, open_
        case Kind.ACTION:
            open_ = Action.state.in_(OPEN_ACTION_STATES)
            return Action.owner_account_id, Action.family_id, Action.owner_agency_id, open_
        case Kind.REQUEST:
            asked = InformationRequest
            open_ = asked.state == RequestState.ASKED
            return asked.asked_account_id, asked.family_id, asked.asked_agency_id, open_
        case Kind.INVITATION:
            open_ = (
                Invitation.removed_at.is_(None)
                & (Meeting.state == MeetingState.PLANNED)
                & (Meeting.starts_at >= max(clock.day_bounds(last)[1], moment.now))
            )
            return Invitation.account_id, Meeting.family_id, Invitation.agency_id, open_
