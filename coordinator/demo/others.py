"""The families around LANE-01: enough of them, over two months, that lists look like real lists."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from coordinator.demo import clocks
from coordinator.demo.gatherings import answered, arranged, held
from coordinator.demo.teller import age, ask_team, bring_in, scene
from coordinator.models.base import references
from coordinator.services import actions, families
from coordinator.services.families import PersonDetails
from coordinator.vocabulary import ChildrenAsked, ChildStatus, Outcome, Relation, Reply


@dataclass(frozen=True)
class Case:
    """One family in a line.

    `asked`: the other agency's team and worker, if it was brought in.  `missed`: how often the
    partner was tried in vain lately.
    """

    reference: str
    opener: str
    carer: str
    years: int
    children: tuple[tuple[str, int], ...]
    ago: int
    asked: tuple[str, str] | None
    talked: int = 0
    missed: int = 0
    task: str = ""
    due: int = 14
    meeting: str = ""


FAMILY, CMHT = "Eastway Family Support", "Northside CMHT"
SOUTH_FAMILY, SOUTH_CMHT = "Southgate Family Support", "Southgate CMHT"

CASES = (
    Case("MILL-02", "Amira", "Joan Mill", 34, (("Tess Mill", 3),), 58, (FAMILY, "Nia"), 5, 0,
         "Ring the health visitor about Tess", 50, "Team around the family"),
    Case("FERN-03", "Ben", "Rob Fern", 41, (("Ida Fern", 9), ("Sol Fern", 7)), 55,
         (CMHT, "Idris"), 20, 2, "Write to the school about after-school care", 62),
    Case("DOVE-04", "Amira", "Lena Dove", 26, (("Baby Dove", 0),), 49, (FAMILY, "Bella"), 17, 0,
         "Plan the first weeks at home with the midwife", 60, "Child in need meeting"),
    Case("REED-05", "Nia", "Martha Reed", 62, (("Finn Reed", 11),), 47, (CMHT, "Amira"), 3, 1,
         "Find a break for Martha on Saturdays", 52),
    Case("HILL-06", "Idris", "Sam Hill", 31, (("Poppy Hill", 2), ("Max Hill", 5)), 41,
         (FAMILY, "Ben"), 12, 0, "Tell the nursery who may collect Poppy", 38),
    Case("WREN-07", "Bella", "Dora Wren", 23, (("Ada Wren", 1),), 38, (CMHT, "Maeve"), 25, 3,
         "Send the dates of the home visits", 33),
    Case("BAY-08", "Priya", "Ali Bay", 37, (("Noor Bay", 4),), 36, (SOUTH_FAMILY, "Omar"), 6, 0,
         "Ask housing for a ground-floor flat", 40, "Professionals’ meeting"),
    Case("ELM-09", "Maeve", "Carol Elm", 45, (), 30, None),
    Case("OAK-10", "Omar", "Jess Oak", 28, (("Ted Oak", 6), ("Liv Oak", 3)), 27,
         (SOUTH_CMHT, "Priya"), 9, 1, "Agree who visits in the first week of the holidays", 30),
    Case("ROSE-11", "Gus", "Tina Rose", 33, (("Zak Rose", 8),), 21, (FAMILY, "Nia"), 2, 0,
         "Bring the list of groups for carers", 24),
    Case("POND-12", "Amira", "Vera Pond", 39, (), 6, None),
    Case("GATE-13", "Ben", "Mick Gate", 52, (("Lola Gate", 13),), 4, None),
)  # fmt: skip


def load(session: Session) -> None:
    """Tell the other families.  The caller commits."""
    for case in CASES:
        _open(session, case)
        if case.asked:
            bring_in(session, case.reference, case.opener, *case.asked, case.ago - 1)
            _work(session, case, case.asked[1])
    clocks.stands(session, "Nia", "MILL-02", "Tess Mill", ChildStatus.EARLY_HELP, 50)
    _ask_and_wait(session)


def _open(session: Session, case: Case) -> None:
    with scene(session, case.opener, case.reference, ago=case.ago, does="families.open") as telling:
        references.next.insert(0, case.reference)
        known = ChildrenAsked.YES if case.children else ChildrenAsked.NOT_ASKED
        families.open_family(
            session,
            telling.actor,
            telling.moment,
            PersonDetails(case.carer, Relation.PARENT_OR_CARER, age(case.years)),
            known,
            "" if case.children else "First visit; there was no time to ask.",
        )
        for name, years in case.children:
            families.add_person(
                session,
                telling.moment,
                telling.family,
                PersonDetails(name, Relation.CHILD, age(years, 70), lives_with=True),
            )


def _work(session: Session, case: Case, partner: str) -> None:
    later = case.ago - 3
    with scene(session, partner, case.reference, ago=later, at="11:20", does="actions.add") as told:
        actions.ask(
            session,
            told.actor,
            told.moment,
            told.family,
            case.task,
            told.worker(case.opener),
            told.moment.today + timedelta(days=case.due),
        )
    with scene(session, case.opener, case.reference, ago=case.talked, does="contacts.log") as told:
        told.tried(told.worker(partner), Outcome.REACHED, "Went through who does what.")
    for number in range(case.missed):
        ago = min(case.missed - number, case.talked)
        at = f"{9 + 2 * number:02}:35"
        with scene(session, partner, case.reference, ago=ago, at=at, does="contacts.log") as told:
            told.tried(told.worker(case.opener), Outcome.NO_ANSWER)
    if case.meeting:
        _meet(session, case, partner)


def _meet(session: Session, case: Case, partner: str) -> None:
    # An hour of its own for each family: nobody is asked to two places at once.
    start = f"{9 + int(case.reference[-2:]) // 2}:00"
    with scene(
        session, partner, case.reference, ago=20, at="10:15", does="meetings.arrange"
    ) as told:
        past = arranged(told, case.meeting, 12, start, (case.opener,))
    answered(session, case.opener, past, Reply.ACCEPTED, 18)
    held(session, partner, past, {}, 12)
    with scene(
        session, partner, case.reference, ago=3, at="15:45", does="meetings.arrange"
    ) as told:
        arranged(told, case.meeting, -9, start, (case.opener,))


def _ask_and_wait(session: Session) -> None:
    """Leave one request to join unanswered, so that a duty desk has something to do."""
    with scene(session, "Ben", "GATE-13", ago=1, at="16:05", does="join-requests.ask") as telling:
        ask_team(telling, CMHT)
