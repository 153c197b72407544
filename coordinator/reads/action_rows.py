"""The line of an action: its columns, how it stands, and what the reader may do about it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, Table, func
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import ActionInSight, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.guests import Guest
from coordinator.models.plans import Action
from coordinator.vocabulary import OPEN_ACTION_STATES, ActionState, Level

ACTIONS = cast("Table", Action.__table__)
Author, Owner, Mover = aliased(Account), aliased(Account), aliased(Account)
AuthorsAgency, OwnersAgency = aliased(Agency), aliased(Agency)

COLUMNS = (
    Entry.id,
    Entry.reference,
    Entry.kind,
    Entry.version,
    Entry.level,
    Entry.author_id,
    Entry.agency_id,
    Entry.created_at,
    Author.name.label("author"),
    AuthorsAgency.name.label("agency"),
    ACTIONS.c.text,
    ACTIONS.c.goal_id,
    ACTIONS.c.meeting_id,
    ACTIONS.c.owner_account_id,
    ACTIONS.c.owner_team_id,
    ACTIONS.c.owner_agency_id,
    ACTIONS.c.due_on,
    ACTIONS.c.state,
    ACTIONS.c.state_reason,
    ACTIONS.c.cannot_reason,
    ACTIONS.c.state_by_id,
    ACTIONS.c.state_at,
    func.coalesce(Guest.name + ", asked by " + Owner.name, Owner.name, Team.name).label("owner"),
    OwnersAgency.name.label("owner_agency"),
    Mover.name.label("mover"),
)

COLOURS = {
    ActionState.REQUESTED: "yellow",
    ActionState.ACCEPTED: "blue",
    ActionState.DECLINED: "red",
    ActionState.DONE: "green",
    ActionState.CANNOT_BE_DONE: "orange",
    ActionState.CANCELLED: "grey",
}
MOVES = {
    "answer": Permission.ACTIONS_ANSWER,
    "finish": Permission.ACTIONS_FINISH,
    "change": Permission.ACTIONS_CHANGE,
    "cancel": Permission.ACTIONS_CANCEL,
    "pass_on": Permission.ACTIONS_HAND_ON,
}


@dataclass(frozen=True)
class ActionRow:
    """One action: what, who, which agency, by when, how it stands, and what the reader may do.

    `late` is measured on the day in London; `moves` holds keys of `MOVES`; `told` is what was said
    when it was last moved, with who said it.
    """

    reference: str
    version: int
    text: str
    owner: str
    agency: str
    due_on: date
    state: ActionState
    colour: str
    late: bool
    told: str
    moved_by: str
    moved_at: datetime
    asked_by: str
    asked_by_agency: str
    moves: frozenset[str]
    held: bool

    @property
    def open(self) -> bool:
        """Whether anything is still to happen."""
        return self.state in OPEN_ACTION_STATES

    @property
    def waits_for_me(self) -> bool:
        """Whether the reader is the one to move it now."""
        again = self.state is ActionState.DECLINED and "change" in self.moves
        return again or bool(self.moves & {"answer", "finish"})


def actions_of(statement: Select[Any], *, optional: bool = False) -> Select[Any]:
    """Join what `COLUMNS` needs to a statement that selects from `Entry`.

    `optional`: keep entries that are no actions.
    """
    return (
        statement.join(ACTIONS, ACTIONS.c.id == Entry.id, isouter=optional)
        .join(Author, Author.id == Entry.author_id)
        .join(AuthorsAgency, AuthorsAgency.id == Entry.agency_id)
        .outerjoin(Owner, Owner.id == ACTIONS.c.owner_account_id)
        .outerjoin(Team, Team.id == ACTIONS.c.owner_team_id)
        .outerjoin(Guest, Guest.id == ACTIONS.c.guest_id)
        .outerjoin(OwnersAgency, OwnersAgency.id == ACTIONS.c.owner_agency_id)
        .outerjoin(Mover, Mover.id == ACTIONS.c.state_by_id)
    )


def row_of(
    row: Any, actor: Actor, moment: Moment, family: FamilyInSight, *, author_left: bool = False
) -> ActionRow:
    """Return the line of an action, with what this actor may do about it by the policy."""
    sight = ActionInSight(
        family=family,
        id=row.id,
        reference=row.reference,
        version=row.version,
        kind=row.kind,
        author_id=row.author_id,
        author_left=author_left,
        agency_id=row.agency_id,
        level=row.level,
        owner_account_id=row.owner_account_id,
        owner_team_id=row.owner_team_id,
        owner_agency_id=row.owner_agency_id,
        state=row.state,
    )
    reason = row.cannot_reason.label if row.cannot_reason else ""
    return ActionRow(
        reference=row.reference,
        version=row.version,
        text=row.text,
        owner=row.owner,
        agency=row.owner_agency,
        due_on=row.due_on,
        state=row.state,
        colour=COLOURS[row.state],
        late=row.state in OPEN_ACTION_STATES and row.due_on < moment.today,
        told=": ".join(part for part in (reason, row.state_reason) if part),
        moved_by=row.mover,
        moved_at=row.state_at,
        asked_by=row.author,
        asked_by_agency=row.agency,
        moves=frozenset(
            move for move, permission in MOVES.items() if decide(actor, permission, sight).allowed
        ),
        held=row.level is not Level.OPEN,
    )
