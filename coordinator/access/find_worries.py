"""Finding a run of the guide, a referral, and what an area sets for them.

A referral is found through its family by whoever sees that, and by the members of the team that it
was sent to: it opens itself to them, and nothing else of the family (docs/decisions/0030).
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.find_entries import entry_facts, one_of, way_or_received
from coordinator.access.prepared import Prepared
from coordinator.access.scope import not_excluded
from coordinator.access.sights import Moment
from coordinator.access.ways import (
    way_of,
)
from coordinator.access.worry_sights import (
    DisagreementInSight,
    ReferralFormInSight,
    ReferralInSight,
    ReferralRouteInSight,
    WorryInSight,
)
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.families import Family
from coordinator.models.referral_settings import ReferralForm, ReferralRoute
from coordinator.models.referrals import Referral
from coordinator.models.worries import Worry
from coordinator.vocabulary import REFERRAL_GONE_OUT, Level


def received(actor: Actor, referral: Any = Referral) -> ColumnElement[bool]:
    """Return the condition that a referral was sent to one of the actor's teams."""
    return and_(
        referral.to_team_id.in_(actor.team_ids),
        referral.state.in_(REFERRAL_GONE_OUT),
        referral.level == Level.OPEN,
    )


def _worry(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            Worry.id,
            Worry.reference,
            Worry.account_id,
            Worry.family_id,
            func.coalesce(Family.reference, "").label("family_reference"),
            Worry.danger,
            Worry.step,
            Worry.ended_at.is_not(None).label("ended"),
        )
        .outerjoin(Family, Family.id == Worry.family_id)
        .where(
            Worry.reference == bindparam("reference"),
            Worry.account_id == actor.account_id,
            not_excluded(actor, func.coalesce(Worry.family_id, 0)),
        )
    )


WORRY = Prepared(_worry)


def worry(session: Session, actor: Actor, moment: Moment, reference: str) -> WorryInSight | None:
    """Return a run of the guide that the actor began, else None."""
    row = WORRY.run(session, actor, moment, reference=reference).one_or_none()
    if row is None:
        return None
    return WorryInSight(**row._asdict() | {"ended": bool(row.ended), "danger": bool(row.danger)})


REFERRAL = one_of(
    Referral,
    Referral.form_id,
    Referral.state,
    Referral.to_team_id,
    received=lambda actor, _moment: received(actor),
)


def referral(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> ReferralInSight | None:
    """Return a referral that the actor may read, or that their team was sent, else None."""
    row = REFERRAL.run(session, actor, moment, reference=reference).one_or_none()
    way = way_or_received(row) if row else None
    if way is None:
        return None
    return ReferralInSight(
        **entry_facts(row, way),
        form_id=row.form_id,
        state=row.state,
        to_team_id=row.to_team_id,
        received=bool(row.received),
    )


DISAGREEMENT = one_of(
    Disagreement,
    select(DisagreementStep.owner_id)
    .where(DisagreementStep.disagreement_id == Disagreement.id, DisagreementStep.ended_at.is_(None))
    .correlate(Disagreement)
    .scalar_subquery()
    .label("owner_id"),
)


def disagreement(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> DisagreementInSight | None:
    """Return a disagreement that the actor may read, else None."""
    row = DISAGREEMENT.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    return DisagreementInSight(**entry_facts(row, way), owner_id=row.owner_id) if way else None


def referral_form(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
) -> ReferralFormInSight | None:
    """Return a version of a form; the policy keeps changing it for administrators."""
    row = session.execute(
        select(ReferralForm.id, ReferralForm.reference, ReferralForm.code).where(
            ReferralForm.reference == reference
        )
    ).one_or_none()
    return ReferralFormInSight(*row) if row else None


def referral_route(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
) -> ReferralRouteInSight | None:
    """Return a version of a route; the policy keeps changing it for administrators."""
    row = session.execute(
        select(ReferralRoute.id, ReferralRoute.reference).where(
            ReferralRoute.reference == reference
        )
    ).one_or_none()
    return ReferralRouteInSight(*row) if row else None
