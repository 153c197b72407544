"""Who may do what, on one page: permission → rule.

A permission's value is also the verb in the trail and the key of the test matrix and of
docs/access.md.  Unknown is denied; an exception is a denial.  An exclusion never comes this far:
the scope has no family to show (access/scope.py).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from coordinator.access import rules as r
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Way


class Permission(StrEnum):
    """Every act that needs leave, as noun.verb."""

    TODAY_READ = "today.read"
    AGENCY_SWITCH = "sessions.switch-agency"
    STAY_SIGNED_IN = "sessions.stay"
    SIGN_OUT = "sessions.sign-out"
    DIRECTORY_READ = "directory.read"
    DIRECTORY_MANAGE = "directory.manage"
    POSTS_CONFIRM = "posts.confirm"
    ACCOUNTS_MANAGE = "accounts.manage"
    ACCOUNTS_GRANT = "accounts.grant"
    FAMILIES_LIST = "families.list"
    FAMILIES_OPEN = "families.open"
    FAMILIES_FIND = "families.find"
    FAMILIES_BY_REFERENCE = "families.by-reference"
    FAMILIES_READ = "families.read"
    FAMILIES_CHANGE = "families.change"
    FAMILIES_GIVE_REASON = "families.give-reason"
    INVOLVEMENTS_ADD = "involvements.add"
    INVOLVEMENTS_CHANGE = "involvements.change"
    JOIN_REQUESTS_ASK = "join-requests.ask"
    JOIN_REQUESTS_READ = "join-requests.read"
    JOIN_REQUESTS_ANSWER = "join-requests.answer"
    PLANS_READ = "plans.read"
    PLANS_WRITE = "plans.write"
    PLANS_SHARE = "plans.share"
    PLANS_AGREE = "plans.agree"
    PLANS_SIGN = "plans.sign"
    ACTIONS_ADD = "actions.add"
    ACTIONS_CHANGE = "actions.change"
    ACTIONS_ANSWER = "actions.answer"
    ACTIONS_FINISH = "actions.finish"
    ACTIONS_CANCEL = "actions.cancel"
    SHARING_READ = "sharing.read"
    NOTES_ADD = "notes.add"
    LEVELS_CHANGE = "levels.change"
    MEETINGS_READ = "meetings.read"
    MEETINGS_ARRANGE = "meetings.arrange"
    MEETINGS_CHANGE = "meetings.change"
    MEETINGS_REPLY = "meetings.reply"
    MEETINGS_RECORD = "meetings.record"
    MEETING_KINDS_MANAGE = "meeting-kinds.manage"
    CONTACTS_READ = "contacts.read"
    CONTACTS_LOG = "contacts.log"
    CONTACTS_CORRECT = "contacts.correct"
    AUDIT_READ = "audit.read"
    AUDIT_EXPORT = "audit.export"
    DEMO_MAIL_READ = "demo.read-mail"


@dataclass(frozen=True)
class AnyOf:
    """Allowed if one of the rules says yes."""

    rules: tuple[Any, ...]


@dataclass(frozen=True)
class AllOf:
    """Allowed if all of the rules say yes."""

    rules: tuple[Any, ...]


def any_of(*rules: Any) -> AnyOf:
    """Return the rule that holds when one of these does."""
    return AnyOf(rules)


def all_of(*rules: Any) -> AllOf:
    """Return the rule that holds when all of these do."""
    return AllOf(rules)


SEES_THE_FAMILY = any_of(r.is_on_the_case, r.oversees_the_case)

POLICY: dict[Permission, Any] = {
    Permission.TODAY_READ: r.is_signed_in,
    Permission.AGENCY_SWITCH: r.is_signed_in,
    Permission.STAY_SIGNED_IN: r.is_signed_in,
    Permission.SIGN_OUT: r.is_signed_in,
    Permission.DIRECTORY_READ: r.is_signed_in,
    Permission.DIRECTORY_MANAGE: r.is_an_administrator,
    Permission.POSTS_CONFIRM: r.holds_the_post,
    Permission.ACCOUNTS_MANAGE: r.is_an_administrator,
    Permission.ACCOUNTS_GRANT: all_of(r.is_an_administrator, r.is_somebody_else),
    Permission.FAMILIES_LIST: r.is_signed_in,
    Permission.FAMILIES_OPEN: r.is_a_practitioner,
    Permission.FAMILIES_FIND: any_of(r.is_a_practitioner, r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.FAMILIES_BY_REFERENCE: r.is_a_safeguarding_lead,
    Permission.FAMILIES_READ: SEES_THE_FAMILY,
    Permission.FAMILIES_CHANGE: r.works_on_the_case,
    Permission.FAMILIES_GIVE_REASON: r.is_a_lead_who_gave_no_reason,
    Permission.INVOLVEMENTS_ADD: any_of(r.works_on_the_case, r.manages_a_team_on_the_case),
    Permission.INVOLVEMENTS_CHANGE: all_of(
        any_of(r.works_on_the_case, r.manages_a_team_on_the_case), r.is_for_the_same_agency
    ),
    Permission.JOIN_REQUESTS_ASK: r.works_on_the_case,
    Permission.JOIN_REQUESTS_READ: r.is_of_the_asked_team,
    Permission.JOIN_REQUESTS_ANSWER: all_of(r.is_of_the_asked_team, r.request_waits_for_an_answer),
    Permission.PLANS_READ: SEES_THE_FAMILY,
    Permission.PLANS_WRITE: r.works_on_the_case,
    Permission.PLANS_SHARE: r.works_on_the_case,
    Permission.PLANS_AGREE: r.works_on_the_case,
    Permission.PLANS_SIGN: r.is_the_lead_worker,
    Permission.ACTIONS_ADD: r.is_on_the_case,
    Permission.ACTIONS_CHANGE: all_of(r.is_the_author, r.action_is_open),
    Permission.ACTIONS_ANSWER: all_of(r.owns_the_action, r.action_waits_for_an_answer),
    Permission.ACTIONS_FINISH: all_of(r.owns_the_action, r.action_is_accepted),
    Permission.ACTIONS_CANCEL: all_of(any_of(r.is_the_author, r.owns_the_action), r.action_is_open),
    Permission.SHARING_READ: SEES_THE_FAMILY,
    Permission.NOTES_ADD: r.works_on_the_case,
    Permission.LEVELS_CHANGE: any_of(
        r.is_the_author, all_of(r.manages_a_team_on_the_case, r.is_of_the_authors_agency)
    ),
    Permission.MEETINGS_READ: any_of(SEES_THE_FAMILY, r.is_invited),
    Permission.MEETINGS_ARRANGE: r.works_on_the_case,
    Permission.MEETINGS_CHANGE: all_of(r.works_on_the_case, r.meeting_is_planned),
    Permission.MEETINGS_REPLY: all_of(r.is_invited, r.meeting_is_planned),
    Permission.MEETINGS_RECORD: all_of(r.chairs_or_takes_minutes, r.meeting_is_not_cancelled),
    Permission.MEETING_KINDS_MANAGE: r.is_an_administrator,
    Permission.CONTACTS_READ: SEES_THE_FAMILY,
    Permission.CONTACTS_LOG: r.is_on_the_case,
    Permission.CONTACTS_CORRECT: r.is_the_author,
    Permission.AUDIT_READ: any_of(r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.AUDIT_EXPORT: any_of(r.is_a_manager, r.is_a_safeguarding_lead),
    Permission.DEMO_MAIL_READ: r.is_signed_in,
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
        if _holds(rule, actor, record):
            return Decision(allowed=True, reason="")
    except Exception:  # noqa: BLE001  (fail closed: whatever goes wrong is a denial)
        return Decision(allowed=False, reason="This could not be decided, so it is refused.")
    family = getattr(record, "family", record)
    if isinstance(family, FamilyInSight) and family.way is Way.LEAD_WITHOUT_REASON:
        return Decision(allowed=False, reason=NEEDS_REASON)
    return Decision(allowed=False, reason=f"This is for: {sentence(rule)}")


@cache
def sentence(rule: Any) -> str:
    """Return a rule as words, for a refusal and for docs/access.md."""
    if isinstance(rule, AnyOf):
        return " Or: ".join(dict.fromkeys(sentence(part) for part in rule.rules))
    if isinstance(rule, AllOf):
        return " And: ".join(sentence(part) for part in rule.rules)
    return str((rule.__doc__ or rule.__name__).strip().splitlines()[0])


def _holds(rule: Any, actor: Actor, record: object) -> bool:
    if isinstance(rule, AnyOf):
        return any(_holds(part, actor, record) for part in rule.rules)
    if isinstance(rule, AllOf):
        return all(_holds(part, actor, record) for part in rule.rules)
    return rule(actor, record) is True
