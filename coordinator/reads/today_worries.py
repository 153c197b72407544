"""Worries and referrals on one person’s page: to go on with, to acknowledge, to hear of."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import String, and_, case, func, or_, type_coerce
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor
from coordinator.access.find_worries import received
from coordinator.access.scope import my_families, not_excluded, overseen_families
from coordinator.access.sights import Moment
from coordinator.access.ways import began
from coordinator.models.accounts import Account
from coordinator.models.directory import Team
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.families import Family
from coordinator.models.referrals import Referral
from coordinator.models.worries import Worry
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import Press, TodayRow
from coordinator.vocabulary import (
    REFERRAL_OUTCOMES,
    DisagreementStage,
    GuideStep,
    Level,
    ReferralState,
)

_Author, _Owner = aliased(Account), aliased(Account)
UNDECIDED = (ReferralState.SENT, ReferralState.ACKNOWLEDGED)
PAGES = {GuideStep.REFER: "/refer", GuideStep.DISAGREE: "/disagree"}
HEARD = {
    ReferralState.ACCEPTED: "your referral is accepted",
    ReferralState.NO_ACTION: "no further action on your referral",
    ReferralState.SIGNPOSTED: "your referral is signposted elsewhere",
}


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what waits, in the columns of reads/matters.py."""
    return _worries(actor), _referrals(actor, moment), _disagreements(actor, moment)


def _worries(actor: Actor) -> Any:
    return (
        matter(
            source="worry",
            part=type_coerce(Worry.step, String()),
            reference=Worry.reference,
            family=func.coalesce(Family.reference, ""),
            at=Worry.started_at,
        )
        .select_from(Worry)
        .outerjoin(Family, Family.id == Worry.family_id)
        .where(
            Worry.account_id == actor.account_id,
            Worry.ended_at.is_(None),
            not_excluded(actor, func.coalesce(Worry.family_id, 0)),
        )
    )


def _referrals(actor: Actor, moment: Moment) -> Any:
    mine = and_(
        began(actor, moment, Referral),
        or_(
            Referral.state.in_((ReferralState.DRAFT, *UNDECIDED)),
            and_(Referral.state.in_(REFERRAL_OUTCOMES), Referral.outcome_read_at.is_(None)),
        ),
        or_(
            Referral.family_id.in_(my_families(actor, moment)),
            Referral.family_id.in_(overseen_families(actor, moment)),
        ),
    )
    to_us = and_(received(actor), Referral.state.in_(UNDECIDED))
    return (
        matter(
            source="referral",
            part=type_coerce(Referral.state, String()),
            reference=Referral.reference,
            family=Family.reference,
            about=case((to_us, "to-us"), else_="mine"),
            who=_Author.name,
            what=func.coalesce(Team.name, ""),
            phone=func.coalesce(Team.phone, ""),
            at=func.coalesce(Referral.decided_at, Referral.sent_at, Referral.created_at),
            due_at=Referral.due_at,
            due_on=Referral.due_on,
        )
        .select_from(Referral)
        .join(Family, Family.id == Referral.family_id)
        .join(_Author, _Author.id == Referral.author_id)
        .outerjoin(Team, Team.id == Referral.to_team_id)
        .where(or_(mine, to_us), not_excluded(actor, Referral.family_id))
    )


def _disagreements(actor: Actor, moment: Moment) -> Any:
    mine = DisagreementStep.owner_id == actor.account_id
    raised = and_(
        began(actor, moment, Disagreement),
        Disagreement.family_id.in_(my_families(actor, moment)),
    )
    overdue = and_(
        DisagreementStep.due_at <= moment.now,
        Disagreement.level == Level.OPEN,
        Disagreement.family_id.in_(overseen_families(actor, moment)),
    )
    return (
        matter(
            source="disagreement",
            part=case((mine, "mine"), (raised, "raised"), else_="overdue"),
            reference=Disagreement.reference,
            family=Family.reference,
            who=_Owner.name,
            what=type_coerce(DisagreementStep.stage, String()),
            phone=_Owner.phone,
            at=DisagreementStep.started_at,
            due_at=DisagreementStep.due_at,
            due_on=DisagreementStep.due_on,
        )
        .select_from(Disagreement)
        .join(DisagreementStep, DisagreementStep.disagreement_id == Disagreement.id)
        .join(Family, Family.id == Disagreement.family_id)
        .join(_Owner, _Owner.id == DisagreementStep.owner_id)
        .where(
            DisagreementStep.ended_at.is_(None),
            or_(and_(mine, Disagreement.level == Level.OPEN), raised, overdue),
            not_excluded(actor, Disagreement.family_id),
        )
    )


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what the reader is to go on with, to acknowledge or decide, and to hear of."""
    for row in matters:
        if row.source == "worry":
            yield _worry(row, moment)
        elif row.source == "referral":
            yield from _referral(row, moment)
        elif row.source == "disagreement" and row.part != "raised":
            yield _disagreement(row, moment)


def others(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield what the reader sent and nobody has decided, while it is in time."""
    for row in matters:
        waits = row.source == "referral" and row.about == "mine"
        if waits and row.part in UNDECIDED and not _late(row, moment):
            sent = row.part == ReferralState.SENT
            yield TodayRow(
                kind="wait",
                verb=f"{row.what}:",
                text="acknowledge your referral" if sent else "decide on your referral",
                href=f"/referrals/{row.reference}",
                family=row.family,
                due=row.due_on if sent else None,
                hint="" if sent else "Acknowledged",
            )
        elif row.source == "disagreement" and row.part == "raised":
            yield TodayRow(
                kind="wait",
                verb=f"{row.who}:",
                text="answer what you do not agree about",
                href=f"/disagreements/{row.reference}",
                family=row.family,
                due=row.due_on,
                late=row.due_at <= moment.now,
            )


def _disagreement(row: Any, moment: Moment) -> TodayRow:
    between = DisagreementStage(row.what).label.lower()
    late = row.due_at <= moment.now
    mine = row.part == "mine"
    return TodayRow(
        kind="disagreement",
        verb="Settle" if mine else "See to",
        text=f"a disagreement {between}",
        href=f"/disagreements/{row.reference}",
        family=row.family,
        who="" if mine else row.who,
        due=row.due_on,
        late=late,
        phone="" if mine else row.phone,
    )


def _worry(row: Any, moment: Moment) -> TodayRow:
    return TodayRow(
        kind="worry",
        verb="Go on:",
        text="you are worried about a child",
        href=f"/worried/{row.reference}{PAGES.get(GuideStep(row.part), '')}",
        family=row.family,
        due=moment.today,
        due_word="begun",
        at=row.at,
        press=Press(f"/worried/{row.reference}/end", "It is seen to"),
    )


def _referral(row: Any, moment: Moment) -> Iterator[TodayRow]:
    here = f"/referrals/{row.reference}"
    state = ReferralState(row.part)
    found = TodayRow(
        kind="referral",
        verb="",
        text="",
        href=here,
        family=row.family,
        due=moment.today,
        due_word="sent",
        at=row.at,
    )
    if state is ReferralState.DRAFT:
        yield _as(found, "Finish", "the referral", href=f"{here}/write", due_word="begun")
    elif row.about == "to-us" and state is ReferralState.SENT:
        press = Press(f"{here}/acknowledge", "Acknowledge")
        late = _late(row, moment)
        yield _as(
            found, "Acknowledge", "a referral", who=row.who, press=press, late=late, due=row.due_on
        )
    elif row.about == "to-us":
        yield _as(found, "Decide", "on a referral", who=row.who)
    elif state in REFERRAL_OUTCOMES:
        yield _as(found, "Read:", HEARD[state], kind="outcome", who=row.what, due_word="decided")
    elif _late(row, moment):
        yield _as(
            found,
            "Call",
            f"{row.what}: nobody has acknowledged your referral",
            late=True,
            due=row.due_on,
            phone=row.phone,
        )


def _as(row: TodayRow, verb: str, text: str, **more: Any) -> TodayRow:
    return replace(row, verb=verb, text=text, **more)


def _late(row: Any, moment: Moment) -> bool:
    """Whether nobody acknowledged a referral in time: amber for its sender and for its team."""
    return bool(row.part == ReferralState.SENT and row.due_at <= moment.now)
