"""The audit in plain words: one sentence for each kind of act, and the question above them."""

from datetime import timedelta

from coordinator.clock import local
from coordinator.forms.audit import OUTCOMES, PERIODS, AuditForm
from coordinator.reads.audit_events import AuditEvent
from coordinator.vocabulary import (
    NOT_REACHED,
    AnswerKind,
    Attendance,
    ChallengeOutcome,
    Danger,
    EventKind,
    MailState,
    MeetingState,
    OpennessKind,
    Outcome,
    ParentTold,
    ReferralState,
    Reply,
    RequestState,
    ReviewOutcome,
    SettingGroup,
    Settled,
    Verdict,
    Word,
)
from coordinator.web.audit_changes import (
    CAME_OF_IT,
    CHANGED,
    CLOSED,
    TRIED_TO_REACH,
    WROTE_DOWN,
)
from coordinator.web.audit_looks import DOWNLOADED, LOOKED
from coordinator.web.audit_verbs import TRIED, TRIED_BY_LINK
from coordinator.web.presentation import clock_text, day_text, moment_text

HIDDEN_FAMILY = "a family you do not work with"
UNKNOWN_PAGE = "a page that does not exist or is not open to them"
LISTED = "listed at the server who looked at the family"
GUESTS = {
    "guest_names": {
        "name-shown": "let a guest read the name of somebody in the family",
        "name-hidden": "showed a guest the name of somebody in the family no longer",
    },
    "guest_disclosures": {
        "opened-to-guest": "told a guest something more",
        "held-back": "showed a guest no longer what they were told",
    },
}
WRITTEN_DOWN_LATER = timedelta(minutes=10)

OTHER_OUTCOMES: dict[str, str] = {
    ParentTold.YES: "Parent told",
    ParentTold.NOT_YET: "Parent not told yet",
    ParentTold.NOT_SAFE: "Not safe to tell the parent",
    ParentTold.NOT_PRACTICABLE: "Parent could not be told",
    "withdrawn": "Withdrawn",
    "held-back": "Held back",
    "closed": "Closed",
    "not-invited": "Not invited",
    "known": "Known",
    "unknown": "Not known",
    "signed-in": "Signed in",
    "signed-out": "Signed out",
    "switched": "Switched agency",
    "refused": "Refused",
    "downloaded": "Downloaded",
    "link-withdrawn": "Link ended",
    "opened-to-guest": "Guest told",
    "against-a-wish": "Against a wish",
}
WORDS: dict[EventKind, tuple[type[Word], ...]] = {
    EventKind.CONTACT: (Outcome,),
    EventKind.INVITATION: (Reply,),
    EventKind.REPLY: (Reply,),
    EventKind.CHANGE: (MeetingState, Attendance, ReferralState, SettingGroup),
    EventKind.EMERGENCY: (Danger, ReviewOutcome),
    EventKind.SHARING: (OpennessKind, Settled),
    EventKind.REQUEST: (RequestState, AnswerKind, Verdict, ChallengeOutcome),
    EventKind.MAIL: (MailState,),
}
QUESTIONS = {
    EventKind.CONTACT: "Who tried to reach whom",
    EventKind.INVITATION: "Who invited whom",
    EventKind.REPLY: "Who answered which invitation",
    EventKind.LOOK: "Who looked at what",
    EventKind.SEARCH: "Who asked whether a family is known",
    EventKind.REFUSAL: "Who was refused what",
    EventKind.SHARING: "Who opened or held back what",
    EventKind.REQUEST: "Who asked whom for information",
    EventKind.EMERGENCY: "Who opened what in immediate danger",
    EventKind.CHANGE: "Who changed what",
    EventKind.SIGN_IN: "Who signed in or out",
    EventKind.EXPORT: "Who downloaded what",
    EventKind.MAIL: "Which mail went to whom",
}


def said(event: AuditEvent) -> str:
    """Return what was done, in plain words."""
    match event.kind:
        case EventKind.CONTACT:
            return _contact(event)
        case EventKind.INVITATION | EventKind.REPLY:
            return _invitation(event)
        case EventKind.REFUSAL:
            where = f": {UNKNOWN_PAGE}" if event.unknown_page else ""
            return look_words(event.kind, event.action) + where
        case EventKind.LOOK:
            return look_words(event.kind, event.action)
        case EventKind.CHANGE | EventKind.EMERGENCY | EventKind.REQUEST:
            return _change(event)
        case _:
            return _other(event)


def look_words(kind: EventKind, action: str) -> str:
    """Return which kind of page was opened, without a word of what it says."""
    match kind:
        case EventKind.SEARCH:
            return "asked whether a family is known"
        case EventKind.REFUSAL:
            return f"tried to {(TRIED | TRIED_BY_LINK).get(action, 'do something')} and was refused"
        case EventKind.EXPORT if action == "audit.who-looked":
            return LISTED
        case EventKind.EXPORT:
            return DOWNLOADED.get(action, "downloaded")
        case _:
            return LOOKED.get(action, f"opened the form to {TRIED.get(action, 'do something')}")


def whom(event: AuditEvent) -> str:
    """Return towards whom it was: a worker or a team by name, a family's member never."""
    if event.towards_self:
        return ""
    if event.towards:
        return event.towards
    if event.kind is EventKind.CONTACT:
        return "a member of the family" if event.towards_family else "somebody else"
    return ""


def who(event: AuditEvent) -> str:
    """Return who did it; the tool itself has no name of a person."""
    if event.who:
        return event.who
    if event.service.startswith("guest:"):
        return "A guest, by their link"
    if event.service == "shell":
        return "Somebody at the server"
    return "The tool itself" if event.service else "Somebody not signed in"


def family(event: AuditEvent) -> str:
    """Return the reference, or that there is one which the reader may not know."""
    return HIDDEN_FAMILY if event.hidden_family else event.family


def outcome(event: AuditEvent) -> str:
    """Return what came of it."""
    if event.kind is EventKind.REFUSAL:
        return "Refused"
    for words in WORDS.get(event.kind, ()):
        if event.outcome in {word.value for word in words}:
            return words(event.outcome).label
    plain = event.outcome.replace("-", " ").capitalize()
    return OTHER_OUTCOMES.get(event.outcome, plain)


def colour(event: AuditEvent) -> str:
    """Return the colour of the outcome's tag."""
    if not event.allowed:
        return "red"
    if event.kind is EventKind.CONTACT:
        return "orange" if event.outcome in NOT_REACHED else "green"
    return "grey"


def question(form: AuditForm, names: dict[str, str]) -> str:
    """Return what the form asks, as a sentence; `names` are by reference."""
    kinds, reference = form.kinds.data or [], form.reference
    person, agency = form.person.data, form.agency.data
    since, until = form.since.data, form.until.data
    came_of_it = form.outcome.data
    if form.not_reached.data:
        words = "Who tried in vain to reach the other agency"
    else:
        words = QUESTIONS[EventKind(kinds[0])] if len(kinds) == 1 else "Who did what"
    parts = [
        f" about {reference}" if reference else "",
        f", by or towards {names[person]}" if person else "",
        f", acting for {names[agency]}" if agency else "",
        f", with the outcome “{OUTCOMES[came_of_it]}”" if came_of_it else "",
    ]
    if form.days.data:
        parts.append(f", in the {PERIODS[form.days.data].lower()}")
    elif since and until:
        parts.append(f", between {day_text(since)} and {day_text(until)}")
    elif since or until:
        parts.append(f", from {day_text(since)} on" if since else f", until {day_text(until)}")
    return f"{words}{''.join(parts)}?"


def _contact(event: AuditEvent) -> str:
    verb = TRIED_TO_REACH[event.mechanism] if event.mechanism else "tried to reach"
    when = ""
    tried_at = event.attempted_at
    if tried_at and event.at - tried_at > WRITTEN_DOWN_LATER:
        same_day = local(tried_at).date() == local(event.at).date()
        when = f" at {clock_text(tried_at)}" if same_day else f" on {moment_text(tried_at)}"
    return f"{'corrected: ' if event.corrects else ''}{verb} {whom(event)}{when}"


def _invitation(event: AuditEvent) -> str:
    meeting = f"“{event.meeting}” on {day_text(event.meeting_on)}" if event.meeting else "a meeting"
    if event.kind is EventKind.REPLY:
        return f"answered the invitation to {meeting}"
    if event.outcome == "withdrawn":
        return f"took back the invitation of {whom(event)} to {meeting}"
    if not event.towards and event.record_kind in ("guest_passes", "invitations", "not_asked"):
        return f"{_of_others(event)} {meeting}"
    if not event.towards:
        return f"did not invite the partner agency to {meeting}"
    return f"invited {event.towards if not event.towards_self else 'themselves'} to {meeting}"


def _of_others(event: AuditEvent) -> str:
    """Return what was done about somebody who has no account."""
    if event.record_kind == "guest_passes":
        return f"{'made' if event.outcome == 'link-made' else 'ended'} the link of a guest to"
    left_out = event.outcome.startswith("left-out-")
    return "left somebody out of" if left_out else "invited a guest or a member of the family to"


def _change(event: AuditEvent) -> str:
    if event.record_kind == "setting_changes":
        return f"changed a setting of “{SettingGroup(event.outcome).label}”"
    if event.outcome in CAME_OF_IT:
        return CAME_OF_IT[event.outcome]
    if not event.added and event.action in CLOSED:
        return CLOSED[event.action].format(towards=event.towards or "somebody")
    new, changed = CHANGED.get(event.record_kind, ("", ""))
    thing = event.record_kind.replace("_", " ") or "something"
    words = (new or f"added to {thing}") if event.added else (changed or f"changed {thing}")
    return words.format(towards=event.towards or "somebody")


def _other(event: AuditEvent) -> str:
    match event.kind:
        case EventKind.SEARCH | EventKind.EXPORT:
            return look_words(event.kind, event.action)
        case EventKind.SHARING:
            return _sharing(event)
        case EventKind.SIGN_IN if event.record_kind == "setup_links":
            return f"made a set-up link for {event.towards or 'somebody'}"
        case EventKind.SIGN_IN:
            return {"signed-out": "signed out", "switched": "acted for another agency"}.get(
                event.outcome, "signed in" if event.allowed else "could not sign in"
            )
        case _:
            return f"mail to {whom(event)}".strip()


def _sharing(event: AuditEvent) -> str:
    if event.record_kind == "advice":
        asked = event.outcome == "asked-first"
        return "asked a lead before sharing" if asked else "advised somebody who was not sure"
    if event.record_kind == "openness":
        return WROTE_DOWN.get(event.outcome, "changed what the parent was told")
    if event.record_kind in GUESTS:
        return GUESTS[event.record_kind][event.outcome]
    held = event.outcome == "held-back"
    return "held something back" if held else "opened something to more readers"
