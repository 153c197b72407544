"""Every word that the product stores, with the label that people read.

A member's value is what the database holds and what a CSV or a URL says; `label` is what a page
says.  The words are the field's own (NHS Data Dictionary, iCalendar, Working Together), so a value
is never renamed once it has been released; a label may be.
"""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A stored word with a label for the screen."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Take the stored value and its label; the label defaults to the value."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label or value
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order of declaration, for a form field."""
        return [(word.value, word.label) for word in cls]


class AgencyKind(Word):
    """What an agency is; it decides which agency is the partner of which."""

    CMHT = "cmht", "Community mental health"
    CSC = "csc", "Children’s social care"
    HOST = "host", "Coordinator office"


class Role(Word):
    """What a membership lets a person do.  Profession is a separate, powerless field (E01)."""

    CARE_COORDINATOR = "care-coordinator", "Care coordinator"
    SOCIAL_WORKER = "social-worker", "Children and families social worker"
    THERAPIST = "therapist", "Therapist or psychologist"
    LINK_WORKER = "link-worker", "Link worker"
    TEAM_MANAGER = "team-manager", "Team manager"
    SAFEGUARDING_LEAD = "safeguarding-lead", "Safeguarding lead"
    CHAIR = "chair", "Conference chair"
    MINUTE_TAKER = "minute-taker", "Minute taker"
    ADMINISTRATOR = "administrator", "Administrator"


PRACTITIONER_ROLES = frozenset(
    {Role.CARE_COORDINATOR, Role.SOCIAL_WORKER, Role.THERAPIST, Role.LINK_WORKER}
)


class CaseRole(Word):
    """What a person is to one family, in an involvement."""

    CARE_COORDINATOR = "care-coordinator", "Care coordinator"
    SOCIAL_WORKER = "social-worker", "Social worker"
    THERAPIST = "therapist", "Therapist or psychologist"
    LINK_WORKER = "link-worker", "Link worker"
    CHAIR = "chair", "Chair"
    MINUTE_TAKER = "minute-taker", "Minute taker"
    OTHER = "other", "Other worker"


class PostKind(Word):
    """A post that somebody holds for a time; kept apart from the person (E06)."""

    SAFEGUARDING_CHILDREN = "safeguarding-children-lead", "Safeguarding children lead"
    SAFEGUARDING_ADULTS = "safeguarding-adults-lead", "Safeguarding adults lead"
    LINK_WORKER = "link-worker", "Link worker"
    DUTY_DESK = "duty-desk", "Duty desk"
    TEAM_MANAGER = "team-manager", "Team manager"


class Relation(Word):
    """A person's place in the family.  Free words of the family's own stand beside it."""

    PARENT_OR_CARER = "parent-or-carer", "Parent or carer"
    CHILD = "child", "Child"
    PARTNER = "partner", "Partner"
    OTHER_CARER = "other-carer", "Other carer or relative"


class ChildrenAsked(Word):
    """Whether anybody asked about children; "not asked" is an honest answer (E49)."""

    YES = "yes", "Yes, there are children"
    NO = "no", "No children at home or in regular contact"
    NOT_ASKED = "not-asked", "Not asked yet"


class Level(Word):
    """Who may read an entry (spec/sharing.md, five sharing levels)."""

    OPEN = "open", "Open to both agencies on the case"
    OWN_AGENCY = "own-agency", "Own agency only"
    NAMED = "named", "Named people only"
    SAFE_CONTACT = "safe-contact", "Safe contact: named people, never printed"
    PARENTS_OWN = "parents-own", "The parent decides who"


class Notice(Word):
    """Who is told that a restricted entry exists (spec/sharing.md, notice instead of secrecy)."""

    NOBODY = "nobody", "Nobody: hide even the notice"
    OWN_AGENCY = "own-agency", "People of the author’s agency on the case"
    EVERYONE = "everyone", "Everyone on the case"


DEFAULT_NOTICE = {
    Level.OPEN: Notice.EVERYONE,
    Level.OWN_AGENCY: Notice.EVERYONE,
    Level.NAMED: Notice.OWN_AGENCY,
    Level.SAFE_CONTACT: Notice.NOBODY,
    Level.PARENTS_OWN: Notice.NOBODY,
}


class EntryKind(Word):
    """Each kind of thing that is said about a family; its table has the same name."""

    PLAN = "plan", "Shared plan"
    WHAT_HELPS = "what-helps", "What helps"
    GOAL = "goal", "Goal"
    ACTION = "action", "Action"
    ROLE_STATEMENT = "role-statement", "Role on the plan"
    NOTE = "note", "Note"
    SHARING = "sharing", "Sharing record"
    MEETING = "meeting", "Meeting"
    CONTACT_ATTEMPT = "contact-attempt", "Contact attempt"


class GoalFor(Word):
    """For whom a goal is; no side may be empty without a reason (E51, T07)."""

    CHILD = "child", "The child"
    PARENT = "parent", "The parent or carer"
    FAMILY = "family", "The family together"


class Agreement(Word):
    """What an agency says of a goal (E15)."""

    AGREED = "agreed", "Agreed"
    PARTLY = "partly-agreed", "Partly agreed"
    NOT_AGREED = "not-agreed", "Not agreed"


class ActionState(Word):
    """Where an action stands; the moves are in access/policy.py and services/actions.py."""

    REQUESTED = "requested", "Asked, no answer yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DONE = "done", "Done"
    CANNOT_BE_DONE = "cannot-be-done", "Cannot be done"
    CANCELLED = "cancelled", "Cancelled"


OPEN_ACTION_STATES = (ActionState.REQUESTED, ActionState.ACCEPTED, ActionState.DECLINED)


class CannotReason(Word):
    """Why an action cannot be done: a proper answer, not a failure (T12)."""

    SERVICE_NOT_AVAILABLE = "service-not-available", "The service is not available"
    WAITING_LIST = "waiting-list", "There is a waiting list"
    REFUSED = "refused", "The service refused"
    FAMILY_DECLINED = "family-declined", "The family did not want it"
    NO_TIME = "no-time", "There was no time to do it"
    OTHER = "other", "Something else"


class ParentTold(Word):
    """Whether the parent was told about an act of sharing (spec/sharing.md, three facts)."""

    YES = "yes", "Yes, told"
    NOT_YET = "not-yet", "Not yet, will be told"
    NOT_SAFE = "not-safe", "Not safe to tell"
    NOT_PRACTICABLE = "not-practicable", "Not practicable"


class Purpose(Word):
    """Why something is shared."""

    SAFEGUARDING_CHILD = "safeguarding-child", "To keep a child safe"
    SAFEGUARDING_ADULT = "safeguarding-adult", "To keep an adult safe"
    JOINT_PLAN = "joint-plan", "To plan help for the family together"
    MEETING = "meeting", "To prepare a meeting or a decision"
    OTHER = "other", "Something else"


class MeetingState(Word):
    """A meeting is planned, held (attendance recorded) or cancelled."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Reply(Word):
    """An invitee's answer, in iCalendar's own words (RFC 5545, PARTSTAT)."""

    NEEDS_ACTION = "needs-action", "No answer yet"
    ACCEPTED = "accepted", "Coming"
    DECLINED = "declined", "Not coming"
    TENTATIVE = "tentative", "Perhaps"
    DELEGATED = "delegated", "Sending a deputy"


class Attendance(Word):
    """Whether an invitee came; a different fact from the reply."""

    ATTENDED = "attended", "Came"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Did not come"


class LeftOutReason(Word):
    """Why the partner agency is not invited (E10)."""

    NOT_INVOLVED = "not-involved", "No worker of that agency is on the case yet"
    NOT_RELEVANT = "not-relevant", "This meeting does not concern them"
    PARENTS_WISH = "parents-wish", "The parent asked for this"
    NOT_SAFE = "not-safe", "It would not be safe"
    OTHER = "other", "Something else"


class Place(Word):
    """How a meeting is held.  Only a listed site ever goes into mail or a calendar."""

    SITE = "site", "At an agency’s site"
    ELSEWHERE = "elsewhere", "Somewhere else (shown on this page only)"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"


class Mechanism(Word):
    """How a contact was tried (NHS Data Dictionary, consultation mechanism; e-mail, letter: ours)."""

    TELEPHONE = "02", "Phone"
    FACE_TO_FACE = "01", "Face to face"
    TEXT_MESSAGE = "09", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    OTHER = "98", "Another way"


class Outcome(Word):
    """What came of a contact attempt.  There is no default, on purpose (spec/peers.md, 4)."""

    REACHED = "reached", "Reached"
    LEFT_MESSAGE = "left-message", "Left a message"
    NO_ANSWER = "no-answer", "No answer"
    WRONG_DETAILS = "wrong-details", "Wrong number or address"
    DECLINED = "declined", "Did not want to talk"


NOT_REACHED = (Outcome.LEFT_MESSAGE, Outcome.NO_ANSWER, Outcome.WRONG_DETAILS)


class FindReason(Word):
    """Why somebody asks whether a family is known (E09)."""

    REFERRAL = "referral", "A referral or a request that I am answering"
    CHILD_AT_RISK = "child-at-risk", "I am worried about a child"
    ADULT_AT_RISK = "adult-at-risk", "I am worried about an adult"
    ASSESSMENT = "assessment", "An assessment or an enquiry that I am doing"
    MEETING = "meeting", "A meeting or a conference that I am preparing"
    ASKED_BY_FAMILY = "asked-by-family", "The family asked me to"


class JoinState(Word):
    """A request to the other agency to name a worker for a family."""

    ASKED = "asked", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class LinkReason(Word):
    """Why somebody needs a set-up link."""

    NEW_ACCOUNT = "new-account", "The account is new"
    FORGOTTEN_PASSWORD = "forgotten-password", "The password is forgotten"
    LOST_SECOND_FACTOR = "lost-second-factor", "The phone with the second factor is lost"


class EventKind(Word):
    """The kinds by which the audit is filtered."""

    CONTACT = "contact", "Contact attempt"
    INVITATION = "invitation", "Invitation"
    REPLY = "reply", "Reply"
    LOOK = "look", "Look"
    SEARCH = "search", "Search"
    REFUSAL = "refusal", "Refusal"
    SHARING = "sharing", "Sharing"
    CHANGE = "change", "Change"
    SIGN_IN = "sign-in", "Sign-in"
    EXPORT = "export", "Export"
    MAIL = "mail", "Mail"


class MailState(Word):
    """Where a message in the outbox stands."""

    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Handed to the mail server"
    FAILED = "failed", "Could not be sent"
    WITHHELD = "withheld", "Not sent: the person may no longer receive it"
