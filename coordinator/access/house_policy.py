"""Who may do what that is about no one family: the first half of the page of policy.py."""

from typing import Any

from coordinator.access import concern_rules as concerns
from coordinator.access import desk_sights as desks
from coordinator.access import directory_sights as people
from coordinator.access import library_sights as library
from coordinator.access import link_rules as links
from coordinator.access import local_service_rules as local
from coordinator.access import pair_rules as pairs
from coordinator.access import question_rules as questions
from coordinator.access import rules as r
from coordinator.access.combined_rules import all_of, any_of
from coordinator.access.permissions import Permission

HOUSE: dict[Permission, Any] = {
    Permission.TODAY_READ: r.is_signed_in,
    Permission.CALENDAR_READ: r.is_signed_in,
    Permission.CALENDAR_SUBSCRIBE: r.is_signed_in,
    Permission.CALENDAR_ZONE: r.is_signed_in,
    Permission.AGENCY_SWITCH: r.is_signed_in,
    Permission.STAY_SIGNED_IN: r.is_signed_in,
    Permission.SIGN_OUT: r.is_signed_in,
    Permission.DIRECTORY_READ: r.is_signed_in,
    Permission.DIRECTORY_DOWNLOAD: r.is_signed_in,
    Permission.CONTACTS_SAVE: r.is_signed_in,
    Permission.DIRECTORY_MANAGE: r.is_an_administrator,
    Permission.POSTS_CONFIRM: r.holds_the_post,
    Permission.ABSENCES_TELL: any_of(
        people.is_themselves, people.manages_them, r.is_an_administrator
    ),
    Permission.DESKS_TELL: any_of(people.is_themselves, people.manages_them, r.is_an_administrator),
    Permission.SLOTS_BOOK: people.is_a_colleague,
    Permission.SLOTS_READ: desks.has_the_slot,
    Permission.SLOTS_CHANGE: all_of(desks.has_the_slot, desks.slot_is_open),
    Permission.ACCOUNTS_MANAGE: r.is_an_administrator,
    Permission.ACCOUNTS_GRANT: all_of(r.is_an_administrator, r.is_somebody_else),
    Permission.LEAVING_SEE_TO: r.is_signed_in,
    Permission.GROUND_RULES_MANAGE: r.is_an_administrator,
    Permission.VISIT_KINDS_MANAGE: r.is_an_administrator,
    Permission.MEETING_KINDS_MANAGE: r.is_an_administrator,
    Permission.SETTINGS_MANAGE: r.is_an_administrator,
    Permission.PROTOCOL_MANAGE: r.is_an_administrator,
    Permission.PROTOCOL_OVERSEE: r.is_a_manager,
    Permission.LIBRARY_READ: r.is_signed_in,
    Permission.LIBRARY_WRITE: any_of(r.is_an_administrator, library.looks_after_it),
    Permission.LIBRARY_MANAGE: r.is_an_administrator,
    Permission.LAWFUL_BASES_MANAGE: r.is_an_administrator,
    Permission.SERVICES_READ: r.is_signed_in,
    Permission.SERVICES_ADD: r.is_an_administrator,
    Permission.SERVICES_CHANGE: any_of(r.is_an_administrator, local.looks_after_the_service),
    Permission.QUESTIONS_READ: r.is_signed_in,
    Permission.QUESTIONS_ASK: r.is_signed_in,
    Permission.QUESTIONS_ANSWER: questions.answers_colleagues,
    Permission.QUESTIONS_WITHDRAW: any_of(
        questions.asked_the_question, questions.answers_colleagues
    ),
    Permission.PAIRS_READ: any_of(
        pairs.holds_a_link_workers_post, r.is_a_manager, r.is_an_administrator
    ),
    Permission.PAIRS_NAME: any_of(pairs.holds_a_link_workers_post, r.is_an_administrator),
    Permission.PAIRS_REVIEW: all_of(pairs.answers_for_an_end, pairs.pair_is_not_ended),
    Permission.PAIRS_END: all_of(
        any_of(pairs.answers_for_an_end, r.is_an_administrator), pairs.pair_is_not_ended
    ),
    Permission.VACANCIES_HEAR: pairs.manages_the_posts_team,
    Permission.DIFFICULTIES_READ: any_of(questions.answers_colleagues, r.is_a_manager),
    Permission.DIFFICULTIES_WRITE: any_of(questions.answers_colleagues, r.is_a_manager),
    Permission.SUPERVISION_LIST: any_of(r.is_a_practitioner, r.is_a_manager),
    Permission.CONCERNS_LIST: any_of(
        r.is_a_practitioner, r.is_a_manager, pairs.holds_a_link_workers_post
    ),
    Permission.CONCERNS_RAISE: r.is_a_practitioner,
    Permission.CONCERNS_READ: any_of(concerns.raised_it, concerns.answers_for_a_team),
    Permission.CONCERNS_TAKE_UP: all_of(
        concerns.answers_for_a_team, concerns.is_not_the_owner, concerns.concern_is_open
    ),
    Permission.CONCERNS_CLOSE: all_of(concerns.owns_it, concerns.concern_is_open),
    Permission.CONCERNS_HEAR: all_of(concerns.raised_it, concerns.concern_is_closed),
    Permission.SIGN_INS_READ: r.is_a_privacy_officer,
    Permission.REFERRALS_SET_UP: r.is_an_administrator,
    Permission.LINK_FIGURES_READ: any_of(r.is_a_manager, links.is_a_link_worker),
    Permission.MEASURES_READ: any_of(r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.CONTACT_BALANCE_READ: r.is_a_manager,
    Permission.GUEST_DOMAINS_MANAGE: r.is_an_administrator,
    Permission.DEMO_MAIL_READ: r.is_signed_in,
}
