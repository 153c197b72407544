"""The rules of access, each named as the sentence that it is.

A rule takes the actor and the record in sight and answers yes or no.  Rules read nothing but
these two: no database, no request.
"""

from collections.abc import Callable
from typing import Any

from coordinator.access.actor import Actor
from coordinator.access.sights import (
    AccountInSight,
    ActionInSight,
    EntryInSight,
    FamilyInSight,
    InvolvementInSight,
    JoinRequestInSight,
    MeetingInSight,
    MembershipInSight,
    PersonInSight,
    PostInSight,
    Way,
)
from coordinator.vocabulary import ActionState, CaseRole, JoinState, MeetingState, Role

Rule = Callable[[Actor, Any], bool]

WORKING_ROLES = frozenset(
    {CaseRole.CARE_COORDINATOR, CaseRole.SOCIAL_WORKER, CaseRole.THERAPIST, CaseRole.OTHER}
)


def _family(record: object) -> FamilyInSight | None:
    if isinstance(record, FamilyInSight):
        return record
    if isinstance(record, EntryInSight | PersonInSight | InvolvementInSight):
        return record.family
    return None


def is_signed_in(actor: Actor, record: object) -> bool:
    """Everybody who is signed in."""
    return True


def is_a_practitioner(actor: Actor, record: object) -> bool:
    """A practitioner of the agency acted for."""
    return actor.is_practitioner


def is_an_administrator(actor: Actor, record: object) -> bool:
    """An administrator, who sees no family."""
    return Role.ADMINISTRATOR in actor.roles


def is_somebody_else(actor: Actor, record: object) -> bool:
    """Somebody else: nobody changes their own rights."""
    if isinstance(record, AccountInSight):
        return record.id != actor.account_id
    return isinstance(record, MembershipInSight) and record.account_id != actor.account_id


def holds_the_post(actor: Actor, record: object) -> bool:
    """The holder of the post."""
    return isinstance(record, PostInSight) and record.held


def is_a_manager(actor: Actor, record: object) -> bool:
    """The manager of a team."""
    return bool(actor.managed_team_ids)


def is_a_safeguarding_lead(actor: Actor, record: object) -> bool:
    """A safeguarding lead of the agency acted for."""
    return actor.is_safeguarding_lead


def is_on_the_case(actor: Actor, record: object) -> bool:
    """Somebody with a role on the case, for the agency acted for."""
    family = _family(record)
    return family is not None and family.way is Way.ON_THE_CASE


def works_on_the_case(actor: Actor, record: object) -> bool:
    """A worker on the case; a chair, a minute taker or a link worker reads only."""
    family = _family(record)
    return (
        family is not None and family.way is Way.ON_THE_CASE and family.case_role in WORKING_ROLES
    )


def oversees_the_case(actor: Actor, record: object) -> bool:
    """The manager of a team on the case, or a safeguarding lead who gave a reason."""
    family = _family(record)
    return family is not None and family.way in (Way.MANAGER, Way.LEAD)


def manages_a_team_on_the_case(actor: Actor, record: object) -> bool:
    """The manager of a team on the case."""
    family = _family(record)
    return family is not None and family.way is Way.MANAGER


def is_a_lead_who_gave_no_reason(actor: Actor, record: object) -> bool:
    """A safeguarding lead whose agency is on the case and who has not said why they look."""
    family = _family(record)
    return family is not None and family.way in (Way.LEAD_WITHOUT_REASON, Way.LEAD)


def is_the_lead_worker(actor: Actor, record: object) -> bool:
    """The lead worker of an agency on the case."""
    family = _family(record)
    return family is not None and family.way is Way.ON_THE_CASE and family.lead


def is_the_author(actor: Actor, record: object) -> bool:
    """The author of the entry, for the same agency."""
    return (
        isinstance(record, EntryInSight)
        and record.author_id == actor.account_id
        and record.agency_id == actor.agency_id
    )


def is_of_the_authors_agency(actor: Actor, record: object) -> bool:
    """Somebody of the agency that the entry comes from."""
    return isinstance(record, EntryInSight) and record.agency_id == actor.agency_id


def is_for_the_same_agency(actor: Actor, record: object) -> bool:
    """Somebody of the worker's own agency."""
    return isinstance(record, InvolvementInSight) and record.agency_id == actor.agency_id


def owns_the_action(actor: Actor, record: object) -> bool:
    """The action's one owner, or a member of the team that owns it, for the agency asked."""
    return (
        isinstance(record, ActionInSight)
        and record.owner_agency_id == actor.agency_id
        and (record.owner_account_id == actor.account_id or record.owner_team_id in actor.team_ids)
    )


def action_waits_for_an_answer(actor: Actor, record: object) -> bool:
    """An action that was asked for and not answered."""
    return isinstance(record, ActionInSight) and record.state is ActionState.REQUESTED


def action_is_accepted(actor: Actor, record: object) -> bool:
    """An action that was accepted."""
    return isinstance(record, ActionInSight) and record.state is ActionState.ACCEPTED


def action_is_open(actor: Actor, record: object) -> bool:
    """An action that is neither done nor given up."""
    return isinstance(record, ActionInSight) and record.state in (
        ActionState.REQUESTED,
        ActionState.ACCEPTED,
        ActionState.DECLINED,
    )


def is_invited(actor: Actor, record: object) -> bool:
    """Somebody with an invitation to the meeting."""
    return isinstance(record, MeetingInSight) and record.invitation_id is not None


def meeting_is_planned(actor: Actor, record: object) -> bool:
    """A meeting that is neither held nor cancelled."""
    return isinstance(record, MeetingInSight) and record.state is MeetingState.PLANNED


def meeting_is_not_cancelled(actor: Actor, record: object) -> bool:
    """A meeting that is not cancelled."""
    return isinstance(record, MeetingInSight) and record.state is not MeetingState.CANCELLED


def chairs_or_takes_minutes(actor: Actor, record: object) -> bool:
    """The chair or the minute taker named on the meeting; its arranger where nobody is named."""
    if not isinstance(record, MeetingInSight):
        return False
    named = {record.chair_id, record.minute_taker_id} - {None}
    return actor.account_id in (named or {record.author_id})


def is_of_the_asked_team(actor: Actor, record: object) -> bool:
    """A member of the team that was asked to join."""
    return isinstance(record, JoinRequestInSight) and record.team_id in actor.team_ids


def request_waits_for_an_answer(actor: Actor, record: object) -> bool:
    """A request that nobody has answered."""
    return isinstance(record, JoinRequestInSight) and record.state is JoinState.ASKED
