"""Finding the one record that a URL names, through what the actor may see.

A record of a family is found only through the family.  What the actor may not know of is None,
exactly as what does not exist.  Each look-up is one statement.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from coordinator.access import (
    find_audit_views,
    find_clocks,
    find_concerns,
    find_desks,
    find_directory,
    find_emergencies,
    find_endings,
    find_entries,
    find_exclusions,
    find_library,
    find_link_pairs,
    find_links,
    find_look_alerts,
    find_parts,
    find_protocol,
    find_requests,
    find_sharing,
    find_supervision,
    find_undelivered,
    find_visits,
    find_worries,
)
from coordinator.access.actor import Actor
from coordinator.access.guest_sights import GuestInSight
from coordinator.access.prepared import Prepared
from coordinator.access.scope import not_excluded
from coordinator.access.sights import (
    FamilyInSight,
    InvolvementInSight,
    JoinRequestInSight,
    MeetingKindInSight,
    Moment,
    PersonInSight,
)
from coordinator.access.ways import family_columns, sight_of, way_of
from coordinator.models.families import Family, Involvement, JoinRequest, Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import MeetingKind

FAMILY = Prepared(
    lambda actor, moment: select(*family_columns(actor, moment)).where(
        Family.reference == bindparam("reference"), not_excluded(actor, Family.id)
    )
)


def family(session: Session, actor: Actor, moment: Moment, reference: str) -> FamilyInSight | None:
    """Return the family of this reference if the actor may know of it, else None."""
    row = FAMILY.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    return sight_of(row, way) if way else None


def join_request(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
) -> JoinRequestInSight | None:
    """Return a request to one of the actor's teams, unless the actor may not know the family."""
    row = session.execute(
        select(
            JoinRequest.id,
            JoinRequest.reference,
            JoinRequest.family_id,
            JoinRequest.team_id,
            JoinRequest.state,
        ).where(
            JoinRequest.reference == reference,
            JoinRequest.team_id.in_(actor.team_ids),
            not_excluded(actor, JoinRequest.family_id),
        )
    ).one_or_none()
    return JoinRequestInSight(*row) if row else None


def person(session: Session, actor: Actor, moment: Moment, reference: str) -> PersonInSight | None:
    """Return a member of a family that the actor may know of, else None."""
    row = session.execute(
        select(*family_columns(actor, moment), Person.id, Person.reference, Person.version)
        .join(Person, Person.family_id == Family.id)
        .where(Person.reference == reference, not_excluded(actor, Family.id))
    ).one_or_none()
    way = way_of(row) if row else None
    if row is None or way is None:
        return None
    return PersonInSight(sight_of(row, way), row.id, row.reference, row.version)


def guest(session: Session, actor: Actor, moment: Moment, reference: str) -> GuestInSight | None:
    """Return somebody who works with a family that the actor may know of, else None."""
    row = session.execute(
        select(*family_columns(actor, moment), Guest.id, Guest.reference, Guest.version)
        .join(Guest, Guest.family_id == Family.id)
        .where(Guest.reference == reference, not_excluded(actor, Family.id))
    ).one_or_none()
    way = way_of(row) if row else None
    if row is None or way is None:
        return None
    return GuestInSight(sight_of(row, way), row.id, row.reference, row.version)


def involvement(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> InvolvementInSight | None:
    """Return a worker's involvement in a family that the actor may know of, else None."""
    row = session.execute(
        select(
            *family_columns(actor, moment),
            Involvement.id,
            Involvement.reference,
            Involvement.account_id,
            Involvement.agency_id,
            Involvement.team_id,
        )
        .join(Involvement, Involvement.family_id == Family.id)
        .where(Involvement.reference == reference, not_excluded(actor, Family.id))
    ).one_or_none()
    way = way_of(row) if row else None
    if row is None or way is None:
        return None
    return InvolvementInSight(
        sight_of(row, way), row.id, row.reference, row.account_id, row.agency_id, row.team_id
    )


def meeting_kind(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
) -> MeetingKindInSight | None:
    """Return a kind of meeting; the policy keeps changing it for administrators."""
    row = session.execute(
        select(MeetingKind.id, MeetingKind.reference).where(MeetingKind.reference == reference)
    ).one_or_none()
    return MeetingKindInSight(*row) if row else None


# The name of a URL's parameter says which record it finds.
FINDERS: dict[str, Callable[[Session, Actor, Moment, str], Any]] = {
    "family": family,
    "person": person,
    "guest": guest,
    "involvement": involvement,
    "join_request": join_request,
    "entry": find_entries.entry,
    "notice": find_entries.notice,
    "exclusion": find_exclusions.exclusion,
    "emergency": find_emergencies.emergency,
    "alert": find_look_alerts.alert,
    "goal": find_entries.goal,
    "action": find_entries.action,
    "meeting": find_entries.meeting,
    "contact": find_entries.contact,
    "audit_view": find_audit_views.audit_view,
    "raised_need": find_entries.raised_need,
    "support": find_entries.support,
    "openness": find_entries.openness,
    "separation": find_entries.separation,
    "ending": find_endings.ending,
    "past": find_endings.past,
    "handover_note": find_entries.handover_note,
    "supervised": find_supervision.supervision,
    "safe_contact": find_entries.safe_contact,
    "parents_words": find_entries.parents_words,
    "minutes": find_parts.minutes,
    "part": find_parts.part,
    "board_entry": find_parts.board_entry,
    "request": find_requests.request,
    "account": find_directory.account,
    "colleague": find_directory.colleague,
    "absence": find_directory.absence,
    "desk": find_directory.desk,
    "desk_slot": find_desks.desk_slot,
    "link_request": find_links.link_request,
    "link_pair": find_link_pairs.link_pair,
    "difficulty": find_link_pairs.difficulty,
    "joint_concern": find_concerns.joint_concern,
    "membership": find_directory.membership,
    "agency": find_directory.agency,
    "area": find_directory.area,
    "team": find_directory.team,
    "site": find_directory.site,
    "post": find_directory.post,
    "meeting_kind": meeting_kind,
    "undelivered": find_undelivered.undelivered,
    "guest_domain": find_directory.guest_domain,
    "advice": find_sharing.advice,
    "local_service": find_directory.local_service,
    "question": find_directory.question,
    "clock_rule": find_clocks.clock_rule,
    "child": find_clocks.child,
    "deadline": find_clocks.deadline,
    "child_status": find_clocks.child_status,
    "lawful_basis": find_sharing.lawful_basis,
    "home_visit": find_visits.visit,
    "visit_kind": find_visits.visit_kind,
    "full_week": find_visits.full_week,
    "worry": find_worries.worry,
    "referral": find_worries.referral,
    "disagreement": find_worries.disagreement,
    "referral_form": find_worries.referral_form,
    "referral_route": find_worries.referral_route,
    "protocol_mark": find_protocol.protocol_mark,
    "document": find_library.document,
    "document_version": find_library.document_version,
}
