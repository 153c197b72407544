"""What stands in a family's chronology: one select of columns for each kind of dated line.

Whom it was said to or asked of, how it stands and whether the parent was told go with each.  What
went well comes from the progress timeline (reads/progress.py).
"""

from typing import Any, cast

from sqlalchemy import Select, Table, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from coordinator.models.accounts import Account
from coordinator.models.boards import BoardEntry
from coordinator.models.child_statuses import ConferenceOutcome, StatusOfChild
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.minutes import Minutes
from coordinator.models.openness import Openness
from coordinator.models.plans import Action
from coordinator.models.sharing import Note, Sharing, SharingBasis
from coordinator.models.supports import Support
from coordinator.models.visits import Visit, VisitKind
from coordinator.reads.contact_attempts import CONTACTS, not_corrected
from coordinator.reads.dated_lines import line
from coordinator.reads.request_rows import ANSWERS, REQUESTS
from coordinator.vocabulary import (
    ActionState,
    AnswerKind,
    Attendance,
    BoardSide,
    Decision,
    EntryKind,
    OpennessKind,
    RequestState,
)

_kinds = (Meeting, Minutes, Visit, Sharing, Openness, Action, Note, BoardEntry, Support)
MEETINGS, MINUTES, VISITS, SHARINGS, OPENNESS, ACTIONS, NOTES, BOARD, SUPPORTS = (
    cast("Table", kind.__table__) for kind in _kinds
)
STATUSES, OUTCOMES = (cast("Table", kind.__table__) for kind in (StatusOfChild, ConferenceOutcome))
By, ByAgency = aliased(Account, name="by"), aliased(Agency, name="by_agency")
To, ToAgency = aliased(Account, name="to"), aliased(Agency, name="to_agency")
_Asked = aliased(Entry, name="asked_entry", flat=True)

DONE_WITH = (ActionState.DONE, ActionState.CANNOT_BE_DONE, ActionState.CANCELLED)
WAITS_FOR_THE_PARENT = (
    OpennessKind.NOT_TOLD,
    OpennessKind.ASKED_FOR_HELP,
    OpennessKind.OBJECTION,
)


def of(name: Any, agency: Any) -> Any:
    """Return a name with its agency behind it."""
    return name + literal(", ") + agency


def titled(kind: Any, words: Any, between: str = ": ") -> Any:
    """Return the name of a kind, and the words that follow it if there are any."""
    return case((words == "", kind), else_=kind + literal(between) + words)


def contacts() -> tuple[Select[Any], ...]:
    """Return contacts, at the time when they were tried, and visits, at theirs."""
    whom = func.coalesce(
        of(To.name, ToAgency.name),
        literal("the duty desk of ") + Team.name,
        Person.name,
        of(Guest.name, Guest.organisation),
        CONTACTS.c.someone_else,
    )
    return (
        line(
            EntryKind.CONTACT_ATTEMPT,
            "contact",
            CONTACTS.c.attempted_at,
            CONTACTS.c.line,
            told=whom,
            word=CONTACTS.c.outcome,
        )
        .join(CONTACTS, CONTACTS.c.id == Entry.id)
        .outerjoin(To, To.id == CONTACTS.c.account_id)
        .outerjoin(ToAgency, ToAgency.id == CONTACTS.c.contacted_agency_id)
        .outerjoin(Team, Team.id == CONTACTS.c.team_id)
        .outerjoin(Person, Person.id == CONTACTS.c.person_id)
        .outerjoin(Guest, Guest.id == CONTACTS.c.guest_id)
        .where(not_corrected()),
        line(
            EntryKind.VISIT,
            "visit",
            VISITS.c.starts_at,
            titled(VisitKind.name, VISITS.c.purpose),
            who=By.name,
            agency=ByAgency.name,
            told=func.coalesce(of(To.name, ToAgency.name), ""),
            word=VISITS.c.state,
        )
        .join(VISITS, VISITS.c.id == Entry.id)
        .join(VisitKind, VisitKind.id == VISITS.c.kind_id)
        .join(By, By.id == VISITS.c.owner_id)
        .join(ByAgency, ByAgency.id == VISITS.c.owner_agency_id)
        .outerjoin(To, To.id == VISITS.c.second_id)
        .outerjoin(ToAgency, ToAgency.id == VISITS.c.second_agency_id),
    )


def _who_came() -> Any:
    """Return who came to a meeting, one on a line."""
    name = func.coalesce(of(To.name, ToAgency.name), Guest.name, Person.name)
    return func.coalesce(
        select(func.aggregate_strings(name, "\n"))
        .select_from(Invitation)
        .outerjoin(To, To.id == Invitation.account_id)
        .outerjoin(ToAgency, ToAgency.id == Invitation.agency_id)
        .outerjoin(Guest, Guest.id == Invitation.guest_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .where(
            Invitation.meeting_id == MEETINGS.c.id,
            Invitation.attendance == Attendance.ATTENDED,
            Invitation.removed_at.is_(None),
        )
        .correlate(MEETINGS)
        .scalar_subquery(),
        "",
    )


def meetings() -> tuple[Select[Any], ...]:
    """Return meetings with who came, what was decided, and the status of each child."""
    return (
        line(
            EntryKind.MEETING,
            "meeting",
            MEETINGS.c.starts_at,
            titled(MeetingKind.name, MEETINGS.c.purpose),
            told=_who_came(),
            word=MEETINGS.c.state,
        )
        .join(MEETINGS, MEETINGS.c.id == Entry.id)
        .join(MeetingKind, MeetingKind.id == MEETINGS.c.kind_id),
        line(EntryKind.MINUTES, "decided", MINUTES.c.closed_at, MINUTES.c.decided, about="")
        .join(MINUTES, MINUTES.c.id == Entry.id)
        .where(MINUTES.c.closed_at.is_not(None)),
        *(
            line(
                kind,
                what,
                Entry.created_at,
                table.c.explanation,
                day=day,
                told=Person.name,
                word=table.c.status,
                about=Person.reference,
            )
            .join(table, table.c.id == Entry.id)
            .join(Person, Person.id == table.c.person_id)
            for kind, what, table, day in (
                (EntryKind.CHILD_STATUS, "status", STATUSES, STATUSES.c.starts_on),
                (EntryKind.CONFERENCE_OUTCOME, "outcome", OUTCOMES, OUTCOMES.c.decided_on),
            )
        ),
    )


def sharing() -> tuple[Select[Any], ...]:
    """Return what was opened and held back, asked and answered, and what the parent was told."""
    asked = func.coalesce(
        of(To.name, ToAgency.name), literal("the duty desk of ") + Team.name, ToAgency.name
    )
    return (
        line(
            EntryKind.SHARING,
            "sharing",
            Entry.created_at,
            case((SHARINGS.c.what == "", SHARINGS.c.reason), else_=SHARINGS.c.what),
            told=func.coalesce(SharingBasis.who_needs, ""),
            word=func.coalesce(
                SharingBasis.decision,
                case((SHARINGS.c.purpose.is_(None), Decision.NARROWED), else_=Decision.OPENED),
            ),
            parent=func.coalesce(SHARINGS.c.parent_told, ""),
        )
        .join(SHARINGS, SHARINGS.c.id == Entry.id)
        .outerjoin(SharingBasis, SharingBasis.sharing_id == Entry.id),
        line(
            EntryKind.INFORMATION_REQUEST,
            "asked",
            Entry.created_at,
            REQUESTS.c.what,
            told=asked,
            word=REQUESTS.c.state,
            stands=REQUESTS.c.state == RequestState.ASKED,
        )
        .join(REQUESTS, REQUESTS.c.id == Entry.id)
        .join(ToAgency, ToAgency.id == REQUESTS.c.asked_agency_id)
        .outerjoin(To, To.id == REQUESTS.c.asked_account_id)
        .outerjoin(Team, Team.id == REQUESTS.c.asked_team_id),
        line(
            EntryKind.INFORMATION_ANSWER,
            "answered",
            Entry.created_at,
            case((ANSWERS.c.text == "", ANSWERS.c.reason), else_=ANSWERS.c.text),
            about=_Asked.reference,
            word=ANSWERS.c.answer,
            parent=func.coalesce(ANSWERS.c.parent_told, ""),
        )
        .join(ANSWERS, ANSWERS.c.id == Entry.id)
        .join(_Asked, _Asked.id == ANSWERS.c.request_id)
        .join(REQUESTS, REQUESTS.c.id == _Asked.id)
        # A fresh view stands with what went well.
        .where(
            or_(
                REQUESTS.c.fresh_view.is_(False),
                ANSWERS.c.answer.in_((AnswerKind.DECLINED, AnswerKind.NOT_HELD)),
            )
        ),
        line(
            EntryKind.OPENNESS,
            "told",
            Entry.created_at,
            OPENNESS.c.what,
            day=OPENNESS.c.happened_on,
            word=OPENNESS.c.told,
            stands=and_(OPENNESS.c.told.in_(WAITS_FOR_THE_PARENT), OPENNESS.c.settled_at.is_(None)),
        )
        .join(OPENNESS, OPENNESS.c.id == Entry.id)
        .where(OPENNESS.c.told != OpennessKind.OBJECTION),
        line(
            EntryKind.MEETING,
            "copy",
            Entry.created_at,
            day=Invitation.copy_given_on,
            who="",
            agency="",
            told=Person.name,
        )
        .join(Invitation, Invitation.meeting_id == Entry.id)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.copy_given_on.is_not(None)),
    )


def plan() -> tuple[Select[Any], ...]:
    """Return actions that were asked for, what became of them, and regular appointments."""
    owner = func.coalesce(of(To.name, ToAgency.name), of(Team.name, ToAgency.name))
    return (
        line(EntryKind.ACTION, "action", Entry.created_at, ACTIONS.c.text, told=owner)
        .join(ACTIONS, ACTIONS.c.id == Entry.id)
        .join(ToAgency, ToAgency.id == ACTIONS.c.owner_agency_id)
        .outerjoin(To, To.id == ACTIONS.c.owner_account_id)
        .outerjoin(Team, Team.id == ACTIONS.c.owner_team_id),
        line(
            EntryKind.ACTION,
            "action-ended",
            ACTIONS.c.state_at,
            ACTIONS.c.text,
            who=By.name,
            agency=ByAgency.name,
            word=ACTIONS.c.state,
        )
        .join(ACTIONS, ACTIONS.c.id == Entry.id)
        .join(By, By.id == ACTIONS.c.state_by_id)
        .join(ByAgency, ByAgency.id == ACTIONS.c.owner_agency_id)
        .where(ACTIONS.c.state.in_(DONE_WITH)),
        line(
            EntryKind.SUPPORT, "support", Entry.created_at, SUPPORTS.c.what, day=SUPPORTS.c.first_on
        ).join(SUPPORTS, SUPPORTS.c.id == Entry.id),
    )


def worries() -> tuple[Select[Any], ...]:
    """Return worries and needs of a board, and notes."""
    said_by = func.coalesce(By.name, Guest.name, Person.name, Account.name)
    return (
        line(
            EntryKind.BOARD_ENTRY,
            "board",
            Entry.created_at,
            BOARD.c.text,
            who=said_by,
            word=BOARD.c.side,
            about="",
        )
        .join(BOARD, BOARD.c.id == Entry.id)
        .outerjoin(By, By.id == BOARD.c.said_by_account_id)
        .outerjoin(Guest, Guest.id == BOARD.c.said_by_guest_id)
        .outerjoin(Person, Person.id == BOARD.c.said_by_person_id)
        .where(or_(BOARD.c.side != BoardSide.STRENGTH, BOARD.c.answers_id.is_not(None))),
        line(EntryKind.NOTE, "note", Entry.created_at, NOTES.c.text).join(
            NOTES, NOTES.c.id == Entry.id
        ),
    )
