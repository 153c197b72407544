"""Signing the plan: both agencies sign the same words, and that locks a version (E23)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.families import Family
from coordinator.models.plans import Plan, PlanSignature, PlanVersion, PlanVersionEntry
from coordinator.reads import plans


def sign(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, content: str = ""
) -> int | None:
    """Sign the plan for the actor's agency; return the number of the version that this locked.

    `content` is the fingerprint of the words that the signer read (`PlanPage.content`); without
    one the words as they now stand are signed.  Returns None while another agency has not signed.
    Raises `ConflictError` if the words changed since, and `InvalidError` with each reason why the
    plan cannot be signed.
    """
    # One signature at a time: two at once would each miss the other's, and lock nothing.
    session.get_one(Family, family.id, with_for_update=True)
    page = plans.whole(session, actor, moment, family)
    if page.missing:
        raise InvalidError({str(n): lack.sentence for n, lack in enumerate(page.missing)})
    if content and content != page.content:
        raise ConflictError({}, page.number)
    if not page.draft:
        raise InvalidError("Nothing has changed since both agencies signed")
    plan_id = session.scalars(select(Plan.id).where(Plan.family_id == family.id)).one()
    fingerprint = bytes.fromhex(page.content)
    signed = {party.agency_id for party in page.parties if party.signature}
    if actor.agency_id not in signed:
        session.add(
            PlanSignature(
                plan_id=plan_id,
                content_hash=fingerprint,
                agency_id=actor.agency_id,
                account_id=actor.account_id,
                signed_at=moment.now,
            )
        )
        session.flush()
    if {party.agency_id for party in page.parties} - signed - {actor.agency_id}:
        return None
    version = PlanVersion(
        plan_id=plan_id, number=page.number, content_hash=fingerprint, locked_at=moment.now
    )
    session.add(version)
    session.flush()
    for entry_id, entry_version in page.signed_entries:
        session.add(
            PlanVersionEntry(
                plan_version_id=version.id, entry_id=entry_id, entry_version=entry_version
            )
        )
    session.flush()
    return page.number
