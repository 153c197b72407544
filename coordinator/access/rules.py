"""The rules of access, each named as the sentence that it is.

A rule takes the actor and the record in sight and answers yes or no.  Rules read nothing but
these two: no database, no request.
"""

from coordinator.access.actor import Actor
from coordinator.access.sights import (
    AccountInSight,
    ActionInSight,
    AdviceInSight,
    EmergencyInSight,
    EntryInSight,
    ExclusionInSight,
    FamilyInSight,
    InvolvementInSight,
    JoinRequestInSight,
    LookAlertInSight,
    MeetingInSight,
    MembershipInSight,
    NoticeInSight,
    PersonInSight,
    PostInSight,
    Way,
)
from coordinator.vocabulary import (
    PLAN_KINDS,
    ActionState,
    CaseRole,
    JoinState,
    Level,
    MeetingState,
    Role,
)

WORKING_ROLES = frozenset(
    {CaseRole.CARE_COORDINATOR, CaseRole.SOCIAL_WORKER, CaseRole.THERAPIST, CaseRole.OTHER}
)


def _family(record: object) -> FamilyInSight | None:
    if isinstance(record, FamilyInSight):
        return record
    if isinstance(record, EntryInSight | NoticeInSight | PersonInSight | InvolvementInSight):
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
    """A worker on the case (a chair, a minute taker or a link worker reads only)."""
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


def is_a_lead_who_gave_a_reason(actor: Actor, record: object) -> bool:
    """A safeguarding lead who said why they look, and has no part in the case."""
    family = _family(record)
    return family is not None and family.way is Way.LEAD


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
    """The chair or the minute taker named on the meeting, or its arranger if nobody is named."""
    if not isinstance(record, MeetingInSight):
        return False
    named = {record.chair_id, record.minute_taker_id} - {None}
    return actor.account_id in (named or {record.author_id})


def chairs_the_meeting(actor: Actor, record: object) -> bool:
    """The chair named on the meeting, or its arranger if nobody is."""
    return isinstance(record, MeetingInSight) and actor.account_id == (
        record.chair_id or record.author_id
    )


def is_of_the_asked_team(actor: Actor, record: object) -> bool:
    """A member of the team that was asked to join."""
    return isinstance(record, JoinRequestInSight) and record.team_id in actor.team_ids


def request_waits_for_an_answer(actor: Actor, record: object) -> bool:
    """A request that nobody has answered."""
    return isinstance(record, JoinRequestInSight) and record.state is JoinState.ASKED


def manages_the_owners_agency(actor: Actor, record: object) -> bool:
    """The manager of a team on the case, where somebody of their agency owns the action."""
    return manages_a_team_on_the_case(actor, record) and (
        isinstance(record, ActionInSight) and record.owner_agency_id == actor.agency_id
    )


def is_a_privacy_officer(actor: Actor, record: object) -> bool:
    """A privacy officer of the agency acted for, who sees no family."""
    return actor.is_privacy_officer


def did_not_set_the_exclusion(actor: Actor, record: object) -> bool:
    """Somebody else than who set the exclusion."""
    return isinstance(record, ExclusionInSight) and record.set_by_id != actor.account_id


def exclusion_stands(actor: Actor, record: object) -> bool:
    """An exclusion that is not lifted."""
    return isinstance(record, ExclusionInSight) and record.stands


def did_not_look_themselves(actor: Actor, record: object) -> bool:
    """Somebody else than who looked."""
    return isinstance(record, LookAlertInSight) and record.account_id != actor.account_id


def alert_waits_for_its_review(actor: Actor, record: object) -> bool:
    """An alert that nobody has reviewed."""
    return isinstance(record, LookAlertInSight) and record.waits


def others_may_decide(actor: Actor, record: object) -> bool:
    """Anything but what the parent alone decides on."""
    return not isinstance(record, NoticeInSight) or record.level is not Level.PARENTS_OWN


def answers_for_the_emergency(actor: Actor, record: object) -> bool:
    """Who opened it, who wrote the entry, and a lead or a manager who answers for either."""
    return isinstance(record, EmergencyInSight)


def leads_where_the_entry_comes_from(actor: Actor, record: object) -> bool:
    """A safeguarding lead of the author's agency who did not open it."""
    return (
        isinstance(record, EmergencyInSight)
        and record.leads
        and record.opened_by_id != actor.account_id
    )


def emergency_waits_for_its_review(actor: Actor, record: object) -> bool:
    """An opening that nobody has reviewed."""
    return isinstance(record, EmergencyInSight) and not record.reviewed


def is_a_part_of_the_plan(actor: Actor, record: object) -> bool:
    """The shared plan or a part of it."""
    return isinstance(record, EntryInSight) and record.kind in PLAN_KINDS


def asked_or_is_asked(actor: Actor, record: object) -> bool:
    """Who asked a lead, and the lead who is asked."""
    return isinstance(record, AdviceInSight)


def is_the_lead_who_is_asked(actor: Actor, record: object) -> bool:
    """The lead who is asked."""
    return isinstance(record, AdviceInSight) and record.asked_me


def question_waits_for_its_answer(actor: Actor, record: object) -> bool:
    """A question that is not answered."""
    return isinstance(record, AdviceInSight) and not record.answered
