"""Finding what the sharing helper asks with: a reason for sharing, a question to a lead."""

from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import asks_me, i_asked, not_excluded
from coordinator.access.sights import AdviceInSight, LawfulBasisInSight, Moment
from coordinator.models.families import Family
from coordinator.models.lawful_bases import LawfulBasis
from coordinator.models.sharing import Advice


def _advice(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            Advice.id,
            Advice.reference,
            Advice.version,
            Advice.family_id,
            Family.reference.label("family_reference"),
            Advice.about_entry_id,
            asks_me(actor).label("asked_me"),
            Advice.answered_at.is_not(None).label("answered"),
        )
        .join(Family, Family.id == Advice.family_id)
        .where(
            Advice.reference == bindparam("reference"),
            not_excluded(actor, Family.id),
            or_(asks_me(actor), i_asked(actor, moment)),
        )
    )


ADVICE = Prepared(_advice)


def advice(session: Session, actor: Actor, moment: Moment, reference: str) -> AdviceInSight | None:
    """Return a question to a lead for that lead and for who asked it, else None.

    The lead need not be on the case, nor say why they look: they were asked.  An exclusion comes
    first.
    """
    row = ADVICE.run(session, actor, moment, reference=reference).one_or_none()
    if row is None:
        return None
    facts = row._asdict()
    facts |= {name: bool(facts[name]) for name in ("asked_me", "answered")}
    return AdviceInSight(**facts)


def lawful_basis(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
) -> LawfulBasisInSight | None:
    """Return a reason for sharing; the policy keeps changing it for administrators."""
    row = session.execute(
        select(LawfulBasis.id, LawfulBasis.reference, LawfulBasis.version).where(
            LawfulBasis.reference == reference
        )
    ).one_or_none()
    return LawfulBasisInSight(*row) if row else None
