"""Who came to a family's case, who left it, and who was asked in, as lines of its chronology."""

from typing import Any, cast

from sqlalchemy import Select, Table, func, literal, select

from coordinator.access.sights import FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.base import UTCDateTime
from coordinator.models.directory import Agency, Post, Team
from coordinator.models.endings import Ending
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement, JoinRequest
from coordinator.models.handover_notes import HandoverNote
from coordinator.models.link_requests import LinkRequest
from coordinator.models.referrals import Referral
from coordinator.reads.chronology_lines import By, ByAgency, To, ToAgency, of
from coordinator.reads.dated_lines import columns, line
from coordinator.vocabulary import EntryKind, JoinState, Level

REFERRALS, ENDINGS, HANDOVERS, LINKS = (
    cast("Table", kind.__table__) for kind in (Referral, Ending, HandoverNote, LinkRequest)
)


def handed_on() -> tuple[Select[Any], ...]:
    """Return referrals, endings, handovers and requests to link workers, and what came of them."""
    return (
        line(
            EntryKind.REFERRAL,
            "referred",
            REFERRALS.c.sent_at,
            told=Team.name,
            word=REFERRALS.c.state,
            stands=REFERRALS.c.decided_at.is_(None),
        )
        .join(REFERRALS, REFERRALS.c.id == Entry.id)
        .join(Team, Team.id == REFERRALS.c.to_team_id)
        .where(REFERRALS.c.sent_at.is_not(None)),
        line(
            EntryKind.REFERRAL,
            "referral-decided",
            REFERRALS.c.decided_at,
            REFERRALS.c.outcome_reason,
            who=By.name,
            agency=ByAgency.name,
            word=REFERRALS.c.state,
        )
        .join(REFERRALS, REFERRALS.c.id == Entry.id)
        .join(By, By.id == REFERRALS.c.decided_by_id)
        .join(Team, Team.id == REFERRALS.c.to_team_id)
        .join(ByAgency, ByAgency.id == Team.agency_id),
        line(
            EntryKind.ENDING,
            "ending",
            Entry.created_at,
            ENDINGS.c.reason,
            stands=func.coalesce(ENDINGS.c.finished_at, ENDINGS.c.withdrawn_at).is_(None),
        ).join(ENDINGS, ENDINGS.c.id == Entry.id),
        line(EntryKind.ENDING, "ended", ENDINGS.c.finished_at, ENDINGS.c.continues, who=By.name)
        .join(ENDINGS, ENDINGS.c.id == Entry.id)
        .join(By, By.id == ENDINGS.c.finished_by_id),
        line(
            EntryKind.HANDOVER_NOTE,
            "handed-over",
            Entry.created_at,
            day=HANDOVERS.c.starts_on,
            told=To.name,
        )
        .join(HANDOVERS, HANDOVERS.c.id == Entry.id)
        .join(To, To.id == HANDOVERS.c.to_account_id),
        line(
            EntryKind.LINK_REQUEST,
            "link-asked",
            Entry.created_at,
            LINKS.c.what,
            told=To.name,
            stands=LINKS.c.closed_at.is_(None),
        )
        .join(LINKS, LINKS.c.id == Entry.id)
        .join(To, To.id == LINKS.c.asked_id),
        line(
            EntryKind.LINK_REQUEST,
            "link-closed",
            LINKS.c.closed_at,
            LINKS.c.answer,
            who=By.name,
            agency=ByAgency.name,
            word=LINKS.c.outcome,
        )
        .join(LINKS, LINKS.c.id == Entry.id)
        .join(By, By.id == LINKS.c.closed_by_id)
        .join(Post, Post.id == LINKS.c.post_id)
        .join(ByAgency, ByAgency.id == Post.agency_id),
    )


def on_the_case(family: FamilyInSight) -> tuple[Select[Any], ...]:
    """Return from and until when each worker was on the case, and which teams were asked to join.

    No entries: whoever reads the family's pages reads them there (reads/involvements.py).
    """
    known: dict[str, Any] = {"about": "", "level": Level.OPEN.value}
    no_time = literal(None, UTCDateTime())
    worker = {"word": Involvement.role, "own_id": Involvement.id} | known
    return (
        *(
            select(*columns(what, no_time, day=day, **worker))
            .select_from(Involvement)
            .join(Account, Account.id == Involvement.account_id)
            .join(Agency, Agency.id == Involvement.agency_id)
            .where(Involvement.family_id == family.id, day.is_not(None))
            for what, day in (("joined", Involvement.starts_on), ("left", Involvement.ends_on))
        ),
        select(
            *columns(
                "join-asked",
                JoinRequest.asked_at,
                who=By.name,
                agency="",
                told=of(Team.name, ToAgency.name),
                stands=JoinRequest.state == JoinState.ASKED,
                own_id=JoinRequest.id,
                **known,
            )
        )
        .select_from(JoinRequest)
        .join(By, By.id == JoinRequest.asked_by_id)
        .join(Team, Team.id == JoinRequest.team_id)
        .join(ToAgency, ToAgency.id == Team.agency_id)
        .where(JoinRequest.family_id == family.id),
    )
