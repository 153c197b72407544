"""What waits for one person, source by source; each row begins with a verb and leads to one act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.reads import emergencies_waiting, my_cases
from coordinator.reads.actions import Waiting, WaitingAction
from coordinator.reads.conversations import CallToReturn, TimeToTalk
from coordinator.reads.join_requests import Asked
from coordinator.reads.my_meetings import MyMeeting
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Reply

EMERGENCIES = {
    "read": ("Read", "what you opened in immediate danger"),
    "told": ("Read", "who opened something of yours in immediate danger"),
    "review": ("Review", "what was opened in immediate danger"),
    "overdue": ("See to it", "nobody has reviewed what was opened in immediate danger"),
}


@dataclass(frozen=True)
class Press:
    """One press that does the thing: where it posts, what the button says, what it sends."""

    url: str
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    version: int | str = ""


@dataclass(frozen=True)
class TodayRow:
    """One thing that waits.  It names the family by reference, and its adults only on the case.

    `due` is a day in London; `at` the instant of a meeting or a message; `due_word` says what the
    date is.  `phone` is whom to call; `said` are somebody's own words.
    """

    kind: str
    verb: str
    text: str
    href: str
    family: str
    people: str = ""
    who: str = ""
    agency: str = ""
    due: date | None = None
    due_word: str = "by"
    at: datetime | None = None
    hint: str = ""
    said: str = ""
    late: bool = False
    phone: str = ""
    press: Press | None = None


def emergencies(session: Session, actor: Actor, moment: Moment) -> Iterator[TodayRow]:
    """Yield what was opened in immediate danger, for each who has a part in it (D22)."""
    for opened in emergencies_waiting.waiting(session, actor, moment):
        verb, text = EMERGENCIES[opened.part]
        yield TodayRow(
            kind="danger",
            verb=verb,
            text=f"{text}: {_in_a_sentence(opened.kind.label)}",
            href=f"/emergencies/{opened.reference}",
            family=opened.family,
            who="" if opened.part == "read" else opened.opened_by,
            agency="" if opened.part == "read" else opened.agency,
            due=moment.today if opened.part in ("read", "told") else opened.review_by,
            due_word="open until" if opened.part == "read" else "opened",
            at=opened.until if opened.part == "read" else opened.opened_at,
            late=opened.late,
        )


def calls(waiting: tuple[CallToReturn, ...]) -> Iterator[TodayRow]:
    """Yield the calls to return."""
    for call in waiting:
        yield TodayRow(
            kind="call",
            verb="Call back",
            text=call.name,
            href=f"/families/{call.family}/contacts/log?whom={call.whom}",
            family=call.family,
            agency=call.agency,
            due_word="left a message",
            at=call.left_at,
            said=call.line,
            phone=call.phone,
        )


def joins(waiting: tuple[Asked, ...], moment: Moment) -> Iterator[TodayRow]:
    """Yield the requests to my teams to join a family."""
    for asked in waiting:
        yield TodayRow(
            kind="join",
            verb="Answer",
            text="the request to join a family",
            href=f"/join-requests/{asked.reference}",
            family=asked.family_reference,
            who=asked.asked_by,
            agency=asked.asker_agency,
            due=moment.today,
            due_word="asked",
            at=asked.asked_at,
        )


def invitations(planned: tuple[MyMeeting, ...], moment: Moment) -> Iterator[TodayRow]:
    """Yield the invitations to answer."""
    soon = moment.today + timedelta(days=SETTINGS.due_soon_days)
    for asked in planned:
        over = asked.starts_at <= moment.now
        if asked.reply is not Reply.NEEDS_ACTION or over or asked.waits:
            continue
        near = clock.local(asked.starts_at).date() <= soon
        yield TodayRow(
            kind="invitation",
            verb="Answer",
            text=f"the invitation to the {_in_a_sentence(asked.kind)}",
            href=f"/meetings/{asked.reference}",
            family=asked.family,
            who=asked.asked_by,
            agency=asked.asked_by_agency,
            # The answer is due well before the meeting.
            due=moment.today if near else soon,
            due_word="meeting",
            at=asked.starts_at,
            press=Press(f"/meetings/{asked.reference}/reply", "I am coming", {"reply": "accepted"}),
        )


def actions(waiting: Waiting, moment: Moment) -> Iterator[TodayRow]:
    """Yield the actions to answer, to do, and to change because their owner declined."""
    for action in waiting.to_answer:
        yield replace(
            _action(action, "answer", "Say yes or no to:"),
            who=action.row.asked_by,
            agency=action.row.asked_by_agency,
            press=_press(action, "accept", "Accept"),
        )
    for action in waiting.to_do:
        yield replace(_action(action, "do", "Do:"), press=_press(action, "done", "Done"))
    for action in waiting.declined:
        row = _action(action, "declined", "Change or cancel:")
        due = min(action.row.due_on, moment.today)
        yield replace(row, due=due, due_word="", hint=f"Declined by {action.row.owner}")


def _action(action: WaitingAction, kind: str, verb: str) -> TodayRow:
    return TodayRow(
        kind=kind,
        verb=verb,
        text=action.row.text,
        href=f"/actions/{action.row.reference}",
        family=action.family,
        due=action.row.due_on,
        late=action.row.late,
        said=action.row.told,
    )


def _press(action: WaitingAction, what: str, text: str) -> Press:
    url = f"/actions/{action.row.reference}/{what}"
    return Press(url, text, {"back": "today"}, action.row.version)


def meetings(planned: tuple[MyMeeting, ...], moment: Moment) -> Iterator[TodayRow]:
    """Yield the meetings of the next days, and those after which nobody said who came."""
    soon = moment.today + timedelta(days=SETTINGS.due_soon_days)
    for meeting in planned:
        day = clock.local(meeting.starts_at).date()
        row = TodayRow(
            kind="meeting",
            verb="Go to",
            text=f"the {_in_a_sentence(meeting.kind)}",
            href=f"/meetings/{meeting.reference}",
            family=meeting.family,
            due=day,
            due_word="",
            at=meeting.starts_at,
            hint=meeting.place.label,
        )
        if meeting.over and meeting.may_record:
            yield replace(
                row,
                kind="record",
                verb="Record",
                text=f"who came to the {_in_a_sentence(meeting.kind)}",
                href=f"/meetings/{meeting.reference}/attendance",
                due_word="held",
                hint="",
                late=day < moment.today,
            )
        elif not meeting.over and meeting.comes and day <= soon:
            yield row


def talks(silent: tuple[TimeToTalk, ...]) -> Iterator[TodayRow]:
    """Yield the families about which the agencies should talk (E20)."""
    for talk in silent:
        ago = "the last conversation" if talk.ever else "both agencies joined, and no conversation"
        yield TodayRow(
            kind="talk",
            verb="Talk with",
            text=f"{talk.name}: {talk.days} days since {ago}",
            href=f"/families/{talk.family}/contacts/log?whom={talk.whom}",
            family=talk.family,
            agency=talk.agency,
            due=clock.local(talk.since).date()
            + timedelta(days=SETTINGS.days_between_conversations),
            late=True,
            phone=talk.phone,
        )


def children(cases: Mapping[str, my_cases.Case], moment: Moment) -> Iterator[TodayRow]:
    """Yield the families whose children nobody has asked about (E49)."""
    for case in cases.values():
        if case.ask_about_children:
            yield TodayRow(
                kind="children",
                verb="Ask",
                text="about children",
                href=f"/families/{case.reference}/children",
                family=case.reference,
                due=moment.today + timedelta(days=SETTINGS.due_soon_days),
                due_word="",
                hint="Nobody has asked yet",
            )


def others(waiting: Waiting, moment: Moment) -> Iterator[TodayRow]:
    """Yield the actions that others are to do for me."""
    for action in waiting.from_others:
        yield TodayRow(
            kind="wait",
            verb=f"{action.row.owner}:",
            text=action.row.text,
            href=f"/actions/{action.row.reference}",
            family=action.family,
            agency=action.row.agency,
            due=action.row.due_on,
            late=action.row.due_on < moment.today,
            hint=action.row.state.label,
            said=action.row.told,
        )


def unanswered(planned: tuple[MyMeeting, ...]) -> Iterator[TodayRow]:
    """Yield the meetings that I arranged and others have not answered."""
    for meeting in planned:
        if meeting.unanswered and not meeting.over:
            number = "1 answer" if meeting.unanswered == 1 else f"{meeting.unanswered} answers"
            yield TodayRow(
                kind="wait",
                verb="Missing:",
                text=f"{number} to the invitation to the {_in_a_sentence(meeting.kind)}",
                href=f"/meetings/{meeting.reference}",
                family=meeting.family,
                due_word="meeting",
                at=meeting.starts_at,
            )


def asked(teams: tuple[Asked, ...]) -> Iterator[TodayRow]:
    """Yield the teams that I asked to join a family."""
    for asked in teams:
        yield TodayRow(
            kind="wait",
            verb=f"{asked.team}:",
            text="name a worker for the family",
            href=f"/families/{asked.family_reference}/people",
            family=asked.family_reference,
            phone=asked.duty_line,
        )


def _in_a_sentence(kind: str) -> str:
    """Return the name of a kind of meeting as it stands inside a sentence."""
    return kind if kind[1:2].isupper() else kind[:1].lower() + kind[1:]
