"""Who starts contact: what each team began towards another agency, as a balance (E58, M13).

Counts by team and never by person, of the families on which the reader's own teams work.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Table, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency, Post, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.link_requests import LinkRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.reads.contact_attempts import CONTACTS, not_corrected
from coordinator.reads.meeting_figures import in_sight
from coordinator.settings import SETTINGS

PERIODS = (30, 90, 365)
MEETINGS, REQUESTS, LINKS = (
    cast("Table", model.__table__) for model in (Meeting, InformationRequest, LinkRequest)
)


@dataclass(frozen=True)
class Began:
    """What a team began towards another agency; `share` is its per cent of all that was begun.

    `hidden`: too few to be told to readers of another team.
    """

    team: str
    agency: str
    contacts: int
    invitations: int
    requests: int
    share: int | None
    hidden: bool = False

    @property
    def all(self) -> int:
        """All three together."""
        return self.contacts + self.invitations + self.requests


@dataclass(frozen=True)
class ContactBalance:
    """The balance of the last so many days; shares only where no count is hidden."""

    days: int
    teams: tuple[Began, ...]
    agencies: tuple[tuple[str, int], ...]


def _begun(actor: Actor, moment: Moment, days: int) -> Any:
    since = moment.now - timedelta(days=days)
    worker = aliased(Involvement)
    team = (
        select(worker.team_id)
        .where(
            worker.family_id == Entry.family_id,
            worker.account_id == Entry.author_id,
            worker.agency_id == Entry.agency_id,
        )
        .order_by(worker.id.desc())
        .limit(1)
        .correlate(Entry)
        .scalar_subquery()
    )

    def of(what: str, at: Any = Entry.created_at) -> Any:
        columns = (literal(what).label("what"), team.label("team_id"), Entry.agency_id)
        return select(*columns).select_from(Entry).where(at > since, in_sight(actor, moment))

    return union_all(
        of("contacts", CONTACTS.c.attempted_at)
        .join(CONTACTS, CONTACTS.c.id == Entry.id)
        .where(CONTACTS.c.contacted_agency_id != Entry.agency_id, not_corrected()),
        of("invitations")
        .join(MEETINGS, MEETINGS.c.id == Entry.id)
        .join(Invitation, Invitation.meeting_id == MEETINGS.c.id)
        .where(Invitation.agency_id != Entry.agency_id, Invitation.account_id.is_not(None)),
        of("requests")
        .join(REQUESTS, REQUESTS.c.id == Entry.id)
        .where(REQUESTS.c.asked_agency_id != Entry.agency_id),
        of("requests")
        .join(LINKS, LINKS.c.id == Entry.id)
        .join(Post, Post.id == LINKS.c.post_id)
        .where(Post.agency_id != Entry.agency_id),
    ).subquery()


def of_my_teams(session: Session, actor: Actor, moment: Moment, days: int) -> ContactBalance:
    """Return who began contact with whom over so many days.  One statement."""
    begun = _begun(actor, moment, days)
    rows = session.execute(
        select(
            begun.c.what,
            begun.c.team_id,
            func.coalesce(Team.name, "").label("team"),
            Agency.name.label("agency"),
            func.count().label("number"),
        )
        .join(Agency, Agency.id == begun.c.agency_id)
        .outerjoin(Team, Team.id == begun.c.team_id)
        .group_by(begun.c.what, begun.c.team_id, Team.name, Agency.name)
        .order_by(Agency.name, func.coalesce(Team.name, ""))
    ).all()
    counts: dict[tuple[str, str, bool], dict[str, int]] = {}
    for row in rows:
        whose = (row.agency, row.team or "No team on the case", row.team_id in actor.team_ids)
        counts.setdefault(whose, {})[row.what] = row.number
    sums = {whose: sum(kinds.values()) for whose, kinds in counts.items()}
    hidden = {
        whose for whose, number in sums.items() if not whose[2] and number < SETTINGS.shown_from
    }
    whole = sum(sums.values())
    agencies: dict[str, int] = {}
    for whose, number in sums.items():
        agencies[whose[0]] = agencies.get(whose[0], 0) + number
    return ContactBalance(
        days,
        tuple(
            Began(team, agency, 0, 0, 0, None, hidden=True)
            if (agency, team, ours) in hidden
            else Began(
                team,
                agency,
                kinds.get("contacts", 0),
                kinds.get("invitations", 0),
                kinds.get("requests", 0),
                # A share beside a hidden count would tell it.
                None if hidden else round(100 * sums[agency, team, ours] / whole),
            )
            for (agency, team, ours), kinds in counts.items()
        ),
        ()
        if hidden
        else tuple((name, round(100 * number / whole)) for name, number in agencies.items()),
    )
