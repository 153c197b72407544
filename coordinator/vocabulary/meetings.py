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
