"""Meetings, invitations, replies and attendance."""

from coordinator.vocabulary.word import Word


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


class ReplyBy(Word):
    """By which way an answer came; a mail can be forged, so it is shown."""

    PAGE = "page", "On the page"
    LINK = "link", "By their link"
    MAIL = "mail", "By mail"


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


class AskedAs(Word):
    """As what somebody is asked; who may be told is worked out again by it when mail leaves."""

    ARRANGED = "arranged", "Arranged the meeting"
    WORKER = "worker", "Works on the case"
    FOR_THE_MEETING = "for-the-meeting", "Chairs or takes the minutes"
    DEPUTY = "deputy", "Deputy"
    LINK_WORKER = "link-worker", "Link worker"
    FAMILY = "family", "Member of the family"
    GUEST = "guest", "Works with the family"


class AskedHow(Word):
    """How somebody without a login was asked to a meeting."""

    IN_PERSON = "in-person", "In person"
    PHONE = "phone", "By phone"
    LETTER = "letter", "By letter"
    OTHER = "other", "Another way"


class NotAskedReason(Word):
    """Why a parent, a carer or somebody whom the parent wants there is left out (I11, P15)."""

    OWN_WISH = "own-wish", "Their own wish"
    NOT_SAFE = "not-safe", "It would not be safe"
    NO_CONTACT = "no-contact", "No contact with the family"
    PARENTS_WISH = "parents-wish", "The parent asked for this"
    NOT_RELEVANT = "not-relevant", "This meeting does not concern them"
    NOT_ASKED = "not-asked", "Nobody asked them"


class MeetWhere(Word):
    """Where and how a parent or carer likes to meet, or does not want to (I05)."""

    HOME = "home", "At home"
    SITE = "site", "At an agency’s site"
    NEUTRAL = "neutral", "Somewhere neutral"
    PHONE = "phone", "By phone"
    VIDEO = "video", "By video"
