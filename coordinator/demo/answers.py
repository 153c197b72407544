"""What colleagues asked each other, and the answers that stayed; one waits (E26)."""

from sqlalchemy.orm import Session

from coordinator.access import find_directory
from coordinator.access.question_rules import QuestionInSight
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.services import questions
from coordinator.vocabulary import AgencyKind, Topic

# asked so many days ago by, about, whom, the question; answered by, what
ANSWERED = (
    (
        48,
        "Ben",
        Topic.PREGNANCY_AND_BIRTH,
        AgencyKind.CMHT,
        (
            "A parent says that she feels worse each time a visit is moved. What helps in the weeks"
            " after birth?"
        ),
        "Cerys",
        (
            "The same day, the same hour and the same person count more than how long you stay."
            " Say beforehand when a visit has to move, and by whom she will hear."
            " Ask the perinatal team early: they also visit before birth."
        ),
    ),
    (
        33,
        "Amira",
        Topic.CHILD_PROTECTION,
        AgencyKind.CSC,
        "Does a parent have to agree before I talk with children’s social care?",
        "Colm",
        (
            "Ask first, and say what you would share and why; most parents agree. If a child may be"
            " at risk of harm, you need not wait for a yes: talk to your safeguarding lead."
        ),
    ),
    (
        205,
        "Nia",
        Topic.HOW_AGENCIES_WORK,
        AgencyKind.CMHT,
        "Who decides in a mental health team how long somebody is seen?",
        "Cerys",
        "The care coordinator with the team, at each care plan review. You can ask to be invited.",
    ),
)
CORRECTED = (
    "The care coordinator with the team, at each care plan review. Children’s social workers are"
    " invited to it as a rule since this spring."
)
WAITING = (
    "How do we plan contact when a parent goes to hospital for some weeks? Who tells the children?"
)


def load(session: Session) -> None:
    """Tell them.  The caller commits."""
    asked = ""
    for ago, asker, topic, asked_of, text, answerer, said in ANSWERED:
        asked = _ask(session, asker, ago, topic, asked_of, text)
        with scene(session, answerer, ago=ago - 1, at="16:20", does="questions.answer") as told:
            questions.answer(session, told.actor, told.moment, _seen(told, asked), 0, said)
    with scene(session, "Cerys", ago=190, does="questions.answer") as told:
        why = "Social workers are invited now"
        seen = _seen(told, asked)
        questions.answer(session, told.actor, told.moment, seen, 1, CORRECTED, why)
    _ask(session, "Bella", 4, Topic.CRISIS, AgencyKind.CMHT, WAITING)


def _ask(
    session: Session, asker: str, ago: int, topic: Topic, asked_of: AgencyKind, text: str
) -> str:
    with scene(session, asker, ago=ago, at="11:10", does="questions.ask") as told:
        return questions.ask(session, told.actor, told.moment, topic, asked_of, text)


def _seen(told: Scene, reference: str) -> QuestionInSight:
    seen = find_directory.question(told.session, told.actor, told.moment, reference)
    if seen is None:
        raise LostThreadError(reference)
    return seen
