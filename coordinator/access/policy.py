"""Who may do what, on one page: permission → rule (what is about no one family: house_policy.py).

A permission's value (access/permissions.py) is also the verb in the trail and the key of the test
matrix and of docs/access.md.  Unknown is denied; an exception is a denial.  An exclusion never
comes this far: the scope has no family to show (access/scope.py).
"""

from dataclasses import dataclass
from typing import Any

from coordinator.access import clock_rules as clocks
from coordinator.access import departure_rules as gone
from coordinator.access import ending_rules as endings
from coordinator.access import link_rules as links
from coordinator.access import mail_rules as mail
from coordinator.access import part_rules as parts
from coordinator.access import request_rules as requests
from coordinator.access import rules as r
from coordinator.access import supervision_rules as supervision
from coordinator.access import visit_rules as visits
from coordinator.access import worry_rules as worries
from coordinator.access.actor import Actor
from coordinator.access.combined_rules import all_of, any_of, holds, lacking
from coordinator.access.house_policy import HOUSE
from coordinator.access.permissions import Permission
from coordinator.access.sights import FamilyInSight, Way

__all__ = ["POLICY", "Decision", "Permission", "decide"]


SEES_THE_FAMILY = any_of(r.is_on_the_case, r.oversees_the_case)
WORKS_OR_MANAGES = any_of(r.works_on_the_case, r.manages_a_team_on_the_case)

# Who may open an entry further may hold it back, or ask a lead about it, instead.
MAY_OPEN_IT = any_of(
    r.is_the_author,
    all_of(r.manages_a_team_on_the_case, r.is_of_the_authors_agency),
    all_of(r.works_on_the_case, r.is_of_the_authors_agency, r.is_a_part_of_the_plan),
)

# What a leaver began is carried on.
BEGAN_IT = any_of(r.is_the_author, gone.carries_it_on)
LEADS_THE_MEETING = any_of(r.chairs_or_takes_minutes, gone.leads_the_meeting_on)

POLICY: dict[Permission, Any] = {
    **HOUSE,
    Permission.HANDOVERS_LIST: any_of(r.is_a_manager, r.is_a_practitioner),
    Permission.HANDOVERS_DECIDE: any_of(r.manages_a_team_on_the_case, r.works_on_the_case),
    Permission.HANDOVER_NOTES_READ: SEES_THE_FAMILY,
    Permission.HANDOVER_NOTES_WRITE: all_of(WORKS_OR_MANAGES, r.is_for_the_same_agency),
    Permission.HANDOVER_NOTES_CHANGE: all_of(WORKS_OR_MANAGES, r.is_of_the_authors_agency),
    Permission.SUPERVISION_READ: SEES_THE_FAMILY,
    Permission.SUPERVISION_TAKE: WORKS_OR_MANAGES,
    Permission.SUPERVISION_CHANGE: all_of(supervision.takes_part, supervision.is_still_to_come),
    Permission.ENDINGS_READ: SEES_THE_FAMILY,
    Permission.ENDINGS_PLAN: r.works_on_the_case,
    Permission.ENDINGS_CHANGE: all_of(
        r.works_on_the_case, r.is_of_the_authors_agency, endings.ending_is_open
    ),
    Permission.ENDINGS_ACKNOWLEDGE: all_of(
        r.works_on_the_case, endings.is_of_the_other_agency, endings.ending_waits
    ),
    Permission.ENDINGS_OVERRIDE: all_of(
        r.manages_a_team_on_the_case, r.is_of_the_authors_agency, endings.is_not_overridden
    ),
    Permission.ENDINGS_ASK_BACK: all_of(
        r.works_on_the_case, endings.is_of_the_other_agency, endings.help_can_come_back
    ),
    Permission.SEPARATIONS_READ: SEES_THE_FAMILY,
    Permission.SEPARATIONS_WRITE: r.works_on_the_case,
    Permission.PAST_READ: endings.worked_on_the_case_until_help_ended,
    Permission.FAMILIES_LIST: r.is_signed_in,
    Permission.FAMILIES_OPEN: r.is_a_practitioner,
    Permission.FAMILIES_FIND: any_of(r.is_a_practitioner, r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.FAMILIES_BY_REFERENCE: r.is_a_safeguarding_lead,
    Permission.FAMILIES_READ: SEES_THE_FAMILY,
    Permission.FAMILIES_CHANGE: r.works_on_the_case,
    Permission.FAMILIES_GIVE_REASON: r.is_a_lead_who_gave_no_reason,
    Permission.INVOLVEMENTS_ADD: WORKS_OR_MANAGES,
    Permission.INVOLVEMENTS_CHANGE: all_of(WORKS_OR_MANAGES, r.is_for_the_same_agency),
    Permission.JOIN_REQUESTS_ASK: r.works_on_the_case,
    Permission.JOIN_REQUESTS_READ: r.is_of_the_asked_team,
    Permission.JOIN_REQUESTS_ANSWER: all_of(r.is_of_the_asked_team, r.request_waits_for_an_answer),
    Permission.PLANS_READ: SEES_THE_FAMILY,
    Permission.PLANS_WRITE: r.works_on_the_case,
    Permission.PLANS_SHARE: r.works_on_the_case,
    Permission.PLANS_AGREE: r.works_on_the_case,
    Permission.PLANS_SIGN: r.is_the_lead_worker,
    Permission.CHRONOLOGY_READ: SEES_THE_FAMILY,
    Permission.CHRONOLOGY_EXPORT: r.oversees_the_case,
    Permission.PROGRESS_READ: SEES_THE_FAMILY,
    Permission.PROGRESS_MARK: r.works_on_the_case,
    Permission.SUPPORTS_READ: SEES_THE_FAMILY,
    Permission.SUPPORTS_WRITE: r.works_on_the_case,
    Permission.SUPPORTS_CHANGE: all_of(r.works_on_the_case, r.is_of_the_authors_agency),
    Permission.SUPPORTS_REVIEW: all_of(r.is_on_the_case, r.meeting_is_not_cancelled),
    Permission.ACTIONS_ADD: r.is_on_the_case,
    Permission.ACTIONS_CHANGE: all_of(
        any_of(r.is_the_author, gone.carries_it_on, r.manages_the_owners_agency), r.action_is_open
    ),
    Permission.ACTIONS_ANSWER: all_of(r.owns_the_action, r.action_waits_for_an_answer),
    Permission.ACTIONS_FINISH: all_of(r.owns_the_action, r.action_is_accepted),
    Permission.ACTIONS_CANCEL: all_of(
        any_of(r.is_the_author, gone.carries_it_on, r.owns_the_action), r.action_is_open
    ),
    Permission.ACTIONS_HAND_ON: all_of(
        r.owns_the_action, any_of(r.action_waits_for_an_answer, r.action_is_accepted)
    ),
    Permission.SHARING_READ: SEES_THE_FAMILY,
    Permission.REQUESTS_READ: SEES_THE_FAMILY,
    Permission.REQUESTS_ASK: r.works_on_the_case,
    Permission.REQUESTS_ANSWER: all_of(
        requests.is_asked_for_information, requests.information_is_waited_for
    ),
    Permission.REQUESTS_WITHDRAW: all_of(BEGAN_IT, requests.request_is_unanswered),
    Permission.REQUESTS_CHASE: all_of(BEGAN_IT, requests.request_is_late),
    Permission.REQUESTS_JUDGE: all_of(BEGAN_IT, requests.answer_can_be_judged),
    Permission.REQUESTS_CHALLENGE: all_of(BEGAN_IT, requests.request_can_be_challenged),
    Permission.REQUESTS_SETTLE: all_of(
        requests.manages_a_side_of_the_request, requests.request_is_challenged
    ),
    Permission.REQUESTS_OVERSEE: r.is_a_manager,
    Permission.NOTES_ADD: r.works_on_the_case,
    Permission.LEVELS_CHANGE: any_of(
        r.is_the_author, all_of(r.manages_a_team_on_the_case, r.is_of_the_authors_agency)
    ),
    Permission.OPENNESS_READ: SEES_THE_FAMILY,
    Permission.OPENNESS_WRITE: r.works_on_the_case,
    Permission.OPENNESS_AGREE: r.is_a_lead_who_gave_a_reason,
    Permission.PARENTS_WORDS_READ: SEES_THE_FAMILY,
    Permission.PARENTS_WORDS_WRITE: r.works_on_the_case,
    Permission.PARENTS_WORDS_CHANGE: all_of(r.works_on_the_case, r.is_the_author),
    Permission.SAFE_CONTACTS_LIST: SEES_THE_FAMILY,
    Permission.SAFE_CONTACTS_WRITE: r.works_on_the_case,
    Permission.SAFE_CONTACTS_SHOW: SEES_THE_FAMILY,
    Permission.SAFE_CONTACTS_NAME: all_of(r.works_on_the_case, r.is_the_author),
    Permission.HIDDEN_NOTICES_READ: r.is_a_safeguarding_lead,
    Permission.MEETINGS_READ: any_of(SEES_THE_FAMILY, r.is_invited),
    Permission.MEETINGS_ARRANGE: r.works_on_the_case,
    Permission.MEETINGS_CHANGE: all_of(r.works_on_the_case, r.meeting_is_planned),
    Permission.MEETINGS_REPLY: all_of(r.is_invited, r.meeting_is_planned),
    Permission.MEETINGS_RECORD: all_of(LEADS_THE_MEETING, r.meeting_is_not_cancelled),
    Permission.AGENDAS_WRITE: all_of(
        any_of(r.works_on_the_case, all_of(r.is_on_the_case, r.chairs_or_takes_minutes)),
        r.meeting_is_planned,
    ),
    Permission.PARTS_CHANGE: all_of(
        any_of(r.is_the_author, all_of(r.works_on_the_case, r.is_of_the_authors_agency)),
        parts.part_can_be_changed,
    ),
    Permission.BOARDS_READ: SEES_THE_FAMILY,
    Permission.BOARDS_WRITE: all_of(
        r.is_on_the_case, r.meeting_is_not_cancelled, parts.minutes_are_open
    ),
    Permission.BOARDS_ANSWER: r.is_on_the_case,
    Permission.BOARDS_CHANGE: all_of(
        r.is_the_author, parts.came_by_no_link, parts.minutes_are_open
    ),
    Permission.MINUTES_READ: SEES_THE_FAMILY,
    Permission.MINUTES_WRITE: all_of(
        r.is_on_the_case,
        LEADS_THE_MEETING,
        r.meeting_is_not_cancelled,
        parts.minutes_are_open,
    ),
    Permission.MINUTES_CORRECT: all_of(
        parts.takes_the_minutes_of_the_part, parts.minutes_are_closed
    ),
    Permission.MINUTES_RECEIVE: all_of(r.is_invited, SEES_THE_FAMILY, parts.minutes_are_closed),
    Permission.CHECKS_ANSWER: all_of(r.is_invited, parts.minutes_are_closed),
    Permission.CHECKS_READ: r.is_a_manager,
    Permission.MEETINGS_SEE_TO: all_of(
        any_of(r.works_on_the_case, r.chairs_or_takes_minutes), r.meeting_is_planned
    ),
    Permission.MEETINGS_OVERSEE: r.is_a_manager,
    Permission.VISITS_READ: SEES_THE_FAMILY,
    Permission.VISITS_BOOK: r.works_on_the_case,
    Permission.VISITS_CHANGE: all_of(r.works_on_the_case, visits.visit_is_planned),
    Permission.VISITS_RECORD: all_of(
        r.is_on_the_case, visits.owns_the_visit, visits.visit_can_be_told_of
    ),
    Permission.VISITS_COMMENT: all_of(r.works_on_the_case, visits.visit_can_be_told_of),
    Permission.FULL_WEEKS_ANSWER: r.works_on_the_case,
    Permission.GUESTS_WRITE: r.works_on_the_case,
    Permission.NEEDS_WRITE: r.works_on_the_case,
    Permission.NEEDS_ANSWER_PRIVATELY: r.works_on_the_case,
    Permission.CLOCKS_READ: r.is_signed_in,
    Permission.CLOCKS_CHANGE: clocks.manages_the_agency_that_keeps_it,
    Permission.CLOCKS_OVERSEE: r.is_a_manager,
    Permission.DEADLINES_READ: SEES_THE_FAMILY,
    Permission.DEADLINES_WRITE: r.works_on_the_case,
    Permission.CHILD_STATUSES_READ: SEES_THE_FAMILY,
    Permission.CHILD_STATUSES_WRITE: r.works_on_the_case,
    Permission.OUTCOMES_RECORD: all_of(
        r.is_on_the_case,
        any_of(r.works_on_the_case, r.chairs_or_takes_minutes),
        r.meeting_is_not_cancelled,
    ),
    Permission.OUTCOMES_GO_AHEAD: all_of(
        r.is_on_the_case, r.chairs_the_meeting, r.meeting_is_not_cancelled
    ),
    Permission.PROTOCOL_READ: SEES_THE_FAMILY,
    Permission.PROTOCOL_MARK: r.works_on_the_case,
    Permission.PROTOCOL_TAKE_BACK: all_of(r.works_on_the_case, r.is_of_the_authors_agency),
    Permission.SHARING_HOLD_BACK: MAY_OPEN_IT,
    Permission.ADVICE_ASK: MAY_OPEN_IT,
    Permission.ADVICE_READ: r.asked_or_is_asked,
    Permission.ADVICE_ANSWER: all_of(r.is_the_lead_who_is_asked, r.question_waits_for_its_answer),
    Permission.CONTACTS_READ: SEES_THE_FAMILY,
    Permission.SLOTS_PLAN: r.works_on_the_case,
    Permission.CONTACTS_LOG: r.is_on_the_case,
    Permission.CONTACTS_CORRECT: r.is_the_author,
    Permission.RAISED_NEEDS_RAISE: r.works_on_the_case,
    Permission.RAISED_NEEDS_READ: SEES_THE_FAMILY,
    Permission.RAISED_NEEDS_CLOSE: WORKS_OR_MANAGES,
    Permission.AUDIT_READ: any_of(r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.AUDIT_EXPORT: any_of(r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.AUDIT_CHECKPOINTS: any_of(
        r.is_a_manager, r.is_a_safeguarding_lead, r.is_a_privacy_officer
    ),
    Permission.AUDIT_KEEP_VIEWS: any_of(r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.EXCLUSIONS_READ: r.manages_a_team_on_the_case,
    Permission.EXCLUSIONS_SET: r.manages_a_team_on_the_case,
    Permission.EXCLUSIONS_LIST: r.is_a_privacy_officer,
    Permission.EXCLUSIONS_LIFT: all_of(
        r.is_a_privacy_officer, r.did_not_set_the_exclusion, r.exclusion_stands
    ),
    Permission.ALERTS_LIST: r.is_a_privacy_officer,
    Permission.ALERTS_READ: all_of(r.is_a_privacy_officer, r.did_not_look_themselves),
    Permission.ALERTS_REVIEW: all_of(
        r.is_a_privacy_officer, r.did_not_look_themselves, r.alert_waits_for_its_review
    ),
    Permission.LOOKS_READ: r.oversees_the_case,
    Permission.EMERGENCIES_OPEN: all_of(r.is_on_the_case, r.others_may_decide),
    Permission.EMERGENCIES_READ: r.answers_for_the_emergency,
    Permission.EMERGENCIES_REVIEW: all_of(
        r.leads_where_the_entry_comes_from, r.emergency_waits_for_its_review
    ),
    Permission.WORRIES_BEGIN: r.is_signed_in,
    Permission.WORRIES_GO_ON: worries.began_it,
    Permission.WORRIES_NAME_CHILD: all_of(r.is_a_practitioner, worries.began_it),
    Permission.REFERRALS_READ: any_of(SEES_THE_FAMILY, worries.receives_the_referral),
    Permission.REFERRALS_BEGIN: r.works_on_the_case,
    Permission.REFERRALS_WRITE: all_of(r.works_on_the_case, BEGAN_IT, worries.referral_is_a_draft),
    Permission.REFERRALS_ACKNOWLEDGE: all_of(worries.receives_the_referral, worries.referral_waits),
    Permission.REFERRALS_DECIDE: all_of(
        worries.receives_the_referral, worries.referral_has_no_outcome
    ),
    Permission.REFERRALS_JOIN: all_of(
        r.is_a_practitioner,
        worries.receives_the_referral,
        worries.is_not_on_the_case,
        worries.referral_is_looked_into,
    ),
    Permission.REFERRALS_HEAR: all_of(BEGAN_IT, worries.referral_has_an_outcome),
    Permission.DISAGREEMENTS_READ: SEES_THE_FAMILY,
    Permission.DISAGREEMENTS_RAISE: r.works_on_the_case,
    Permission.DISAGREEMENTS_END_STAGE: all_of(
        any_of(worries.owns_the_stage, BEGAN_IT, r.manages_a_team_on_the_case),
        worries.disagreement_is_open,
    ),
    Permission.DISAGREEMENTS_OVERSEE: any_of(r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.LINK_REQUESTS_LIST: any_of(r.is_a_practitioner, r.is_a_manager),
    Permission.LINK_REQUESTS_ASK: r.works_on_the_case,
    Permission.LINK_REQUESTS_READ: any_of(SEES_THE_FAMILY, links.answers_for_the_post),
    Permission.LINK_REQUESTS_ANSWER: all_of(links.answers_for_the_post, links.link_request_is_open),
    Permission.LINK_REQUESTS_WITHDRAW: all_of(r.is_the_author, links.link_request_is_open),
    Permission.LINK_REQUESTS_HEAR: all_of(r.is_the_author, links.link_request_is_closed),
    Permission.MAIL_SETTLE: mail.sent_it,
    Permission.GUEST_PASSES_MANAGE: r.works_on_the_case,
}


@dataclass(frozen=True)
class Decision:
    """Allowed or not, and the reason as a sentence for the screen and the trail."""

    allowed: bool
    reason: str


NEEDS_REASON = "Say why you are looking at this family first."


def decide(actor: Actor, permission: Permission, record: object = None) -> Decision:
    """Decide whether the actor may do this to the record in sight.

    `record` is a sight from access/scope.py, or None for an act that has none.
    """
    try:
        rule = POLICY[permission]
        if holds(rule, actor, record):
            return Decision(allowed=True, reason="")
        lacks = dict.fromkeys(lacking(rule, actor, record))
    except Exception:  # noqa: BLE001  (fail closed: whatever goes wrong is a denial)
        return Decision(allowed=False, reason="This could not be decided, so it is refused.")
    family = getattr(record, "family", record)
    if isinstance(family, FamilyInSight) and family.way is Way.LEAD_WITHOUT_REASON:
        return Decision(allowed=False, reason=NEEDS_REASON)
    return Decision(allowed=False, reason=f"This is for {'; or for '.join(lacks)}.")
