"""Whether parents are told, and whether referrals are taken up in time (M18, M24)."""

from typing import Any, cast

from sqlalchemy import Table, and_, case

from coordinator.models.directory import Team
from coordinator.models.entries import Entry
from coordinator.models.referrals import Referral
from coordinator.models.sharing import Sharing
from coordinator.reads.measures.frame import Counted, Measure, hours_between, team_of
from coordinator.vocabulary import ParentTold

SHARINGS, REFERRALS = (cast("Table", model.__table__) for model in (Sharing, Referral))
TOLD = dict(enumerate(ParentTold))


def _told() -> Counted:
    part: Any = case(*((SHARINGS.c.parent_told == word, place) for place, word in TOLD.items()))
    return Counted(
        source=(Entry, (SHARINGS, SHARINGS.c.id == Entry.id)),
        at=Entry.created_at,
        agency=Entry.agency_id,
        team=team_of(Entry.agency_id, Entry.author_id),
        part=part,
        where=(SHARINGS.c.parent_told.is_not(None),),
    )


def _acknowledged() -> Counted:
    in_time = and_(
        REFERRALS.c.acknowledged_at.is_not(None),
        REFERRALS.c.acknowledged_at <= REFERRALS.c.due_at,
    )
    return Counted(
        source=(
            Entry,
            (REFERRALS, REFERRALS.c.id == Entry.id),
            (Team, Team.id == REFERRALS.c.to_team_id),
        ),
        at=REFERRALS.c.due_at,
        agency=Team.agency_id,
        team=Team.id,
        part=case((in_time, 2), (REFERRALS.c.acknowledged_at.is_not(None), 1), else_=0),
        hours=hours_between(REFERRALS.c.sent_at, REFERRALS.c.acknowledged_at),
        where=(REFERRALS.c.sent_at.is_not(None),),
    )


PARENT_TOLD = Measure(
    "M18",
    "Shared with the parent told",
    "What was opened to others in this time, and whether the parent was told of it.",
    "That it was not safe to tell her can be right: read the reason.",
    {place: word.label for place, word in TOLD.items()},
    frozenset({0}),
    "Agency that shared",
    _told,
    leads_to="/families/{family}/sharing",
)
REFERRED = Measure(
    "M24",
    "Referrals acknowledged in time",
    "Referrals whose acknowledgement was due in this time. The usual time is the middle one, from "
    "the sending to the acknowledgement.",
    "To acknowledge is not to help: see what came of each.",
    {2: "In time", 1: "Late", 0: "Not yet"},
    frozenset({2}),
    "Agency that received it",
    _acknowledged,
    takes="Usual time to acknowledge",
    leads_to="/referrals/{reference}",
)
