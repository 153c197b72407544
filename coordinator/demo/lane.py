"""LANE-01: Kim, her children and her partner, with Amira and Ben on the case."""

from datetime import timedelta

from sqlalchemy.orm import Session

from coordinator.demo import agendas, asking, belonging, clocks, supports
from coordinator.demo.gatherings import agreed, answered, arranged, held
from coordinator.demo.teller import Scene, age, bring_in, colleague, day, scene
from coordinator.models.base import references
from coordinator.reads import plans as plan_reads
from coordinator.reads.plans import PlanPage
from coordinator.services import actions, families, notes, plan_sharing, plans, signing
from coordinator.services.agendas import Part
from coordinator.services.families import PersonDetails
from coordinator.services.minutes import Taken
from coordinator.services.series import Again
from coordinator.services.sharing import Audience
from coordinator.services.sharing_facts import Facts
from coordinator.vocabulary import (
    Agreement,
    BoardSide,
    ChildrenAsked,
    GoalFor,
    Level,
    Outcome,
    ParentTold,
    Purpose,
    Relation,
    Reply,
)

REFERENCE = "LANE-01"
WORKING_TOGETHER = "BASE00004"  # the reason of this name on the first list


def open_case(session: Session, ago: int = 0) -> None:
    """Open LANE-01 and put Amira and Ben on the case, and no more.  The caller commits."""
    with scene(session, "Amira", REFERENCE, ago=ago, does="families.open") as telling:
        references.next.insert(0, REFERENCE)
        families.open_family(
            session,
            telling.actor,
            telling.moment,
            PersonDetails(
                "Kim Lane",
                Relation.PARENT_OR_CARER,
                age(29),
                phone="+441632960501",
                reach_by="Text me if I do not pick up.",
                silence_means="I am not having a good day. Please try again tomorrow.",
            ),
            ChildrenAsked.YES,
        )
        for details in (
            PersonDetails("Leo Lane", Relation.CHILD, age(6), lives_with=True),
            PersonDetails("Mia Lane", Relation.CHILD, day(125), lives_with=True),
            PersonDetails(
                "Nate Moss",
                Relation.PARTNER,
                own_words="Mia’s father, and dad to Leo",
                lives_with=True,
            ),
        ):
            families.add_person(session, telling.moment, telling.family, details)
    bring_in(session, REFERENCE, "Amira", "Eastway Family Support", "Ben", max(ago - 1, 0))


def load(session: Session) -> None:
    """Tell all of LANE-01.  The caller commits."""
    open_case(session, ago=62)
    colleague(session, REFERENCE, "Amira", "Paula", 55)
    belonging.load(session, REFERENCE)
    _plan(session)
    _notes(session)
    asking.load(session, REFERENCE)
    _contacts(session)
    clocks.load(session, REFERENCE)
    _meetings(session)
    supports.load(session, REFERENCE)


def _plan(session: Session) -> None:
    with scene(session, "Amira", REFERENCE, ago=50, does="plans.write") as telling:
        here = (session, telling.actor, telling.moment)
        plans.start(*here, telling.family)
        plans.add_what_helps(
            *here,
            telling.family,
            "Tell me the agenda the day before. Say what you worry about plainly. When I go quiet "
            "I am thinking, not refusing. A short call helps more than a letter.",
        )
        parent = plans.add_goal(
            *here,
            telling.family,
            GoalFor.PARENT,
            "I sleep, I keep my group on Tuesdays, and I know whom to call before it gets bad.",
        )
        child = plans.add_goal(
            *here,
            telling.family,
            GoalFor.CHILD,
            "Leo gets to school on time with his breakfast, and somebody of his own to talk to.",
        )
        family = plans.add_goal(
            *here,
            telling.family,
            GoalFor.FAMILY,
            "We have one calm hour together each day, and help at home while Mia is small.",
        )
        plans.say_role(
            *here,
            telling.family,
            "I see Kim every fortnight and plan with her for bad days.",
            "I do not assess the children, and I do not answer at night: the crisis line does.",
        )
        _asked(telling, "Write down with Kim what helps on a bad day", "Amira", 45, parent)
        _asked(telling, "Ask the school for a place at breakfast club for Leo", "Ben", 53, child)
        help_at_home = _asked(
            telling, "Find out about home help for families with a baby", "Ben", 58, family
        )
        plan_sharing.share(
            *here,
            telling.family,
            [reference for reference, _kind, _words in _plan_page(telling).openable],
            Facts(
                Purpose.JOINT_PLAN,
                parent_told=ParentTold.YES,
                parent_view="Kim read it first and wants Ben to see it.",
                basis=WORKING_TOGETHER,
                who_needs="Ben, to plan with us",
            ),
        )
    _ben_joins_the_plan(session, help_at_home)


def _ben_joins_the_plan(session: Session, help_at_home: str) -> None:
    with scene(session, "Ben", REFERENCE, ago=44, at="15:10", does="plans.write") as telling:
        here = (session, telling.actor, telling.moment)
        plans.say_role(
            *here,
            telling.family,
            "I visit every week, see the children, and call the core group.",
            "I do not give treatment, and I do not decide alone.",
        )
        _accepted(telling, help_at_home)
        _agrees(telling, partly="Yes to help at home; an hour each day is a lot to promise.")
        _asked(telling, "Send Ben the dates of Kim’s group", "Amira", 20)
    with scene(session, "Amira", REFERENCE, ago=43, at="11:30", does="plans.agree") as telling:
        _agrees(telling)
    with scene(session, "Amira", REFERENCE, ago=42, at="09:10", does="plans.sign") as telling:
        signing.sign(session, telling.actor, telling.moment, telling.family)
    with scene(session, "Ben", REFERENCE, ago=41, at="12:40", does="plans.sign") as telling:
        signing.sign(session, telling.actor, telling.moment, telling.family)


def _agrees(telling: Scene, partly: str = "") -> None:
    """Agree with every goal; with the family's only partly, if there is something to say."""
    for side in _plan_page(telling).sides:
        verdict = Agreement.PARTLY if partly and side.goal_for is GoalFor.FAMILY else None
        for goal in side.goals:
            plans.agree(
                telling.session,
                telling.actor,
                telling.moment,
                telling.goal(goal.part.reference),
                verdict or Agreement.AGREED,
                partly if verdict else "",
                goal.part.version,
            )


def _plan_page(telling: Scene) -> PlanPage:
    return plan_reads.whole(telling.session, telling.actor, telling.moment, telling.family)


def _notes(session: Session) -> None:
    with scene(session, "Amira", REFERENCE, ago=30, does="notes.add") as telling:
        notes.add_note(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            "Kim asked for a longer appointment in the week of Mia’s jabs.",
        )
    with scene(session, "Paula", REFERENCE, ago=27, does="notes.add") as telling:
        notes.add_note(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            "A theme that Kim and I agreed to keep between us for now.",
            Audience(Level.NAMED, (telling.actor.reference,)),
        )


def _contacts(session: Session) -> None:
    told = [
        ("Ben", "Amira", 40, Outcome.REACHED, "Agreed who asks the school and who asks Kim."),
        ("Amira", "Ben", 31, Outcome.LEFT_MESSAGE, "Asked for the date of the core group."),
        ("Ben", "Amira", 29, Outcome.REACHED, "Gave the date. Kim knows and will come."),
        ("Ben", "Amira", 15, Outcome.NO_ANSWER, ""),
        ("Ben", "Amira", 8, Outcome.LEFT_MESSAGE, "Please call back about breakfast club."),
        ("Ben", "Amira", 6, Outcome.NO_ANSWER, ""),
    ]
    for who, whom, ago, outcome, line in told:
        with scene(session, who, REFERENCE, ago=ago, at="09:45", does="contacts.log") as telling:
            telling.tried(telling.worker(whom), outcome, line)
    with scene(session, "Amira", REFERENCE, ago=16, at="14:00", does="contacts.log") as telling:
        telling.tried(
            telling.person("Kim Lane"),
            Outcome.REACHED,
            "At home, with Mia. Sleeping better.",
            "visit",
        )


BOARD = (
    ("Amira", BoardSide.STRENGTH, "Kim asks for help early, and takes it."),
    ("Ben", BoardSide.WORRY, "Leo was late for school on six mornings."),
    ("Ben", BoardSide.NEED, "Somebody who can step in when Kim has a bad night."),
)
MINUTES = Taken(
    {
        "How the first weeks went": "Mornings are calmer. Leo has breakfast club twice a week.",
        "Help at home": "Nate can bring Leo on Fridays. Ben asks for help on the other days.",
    },
    decided="Breakfast club goes on. Ben asks for help at home. We meet again in four weeks.",
    parents_view="Kim is glad that nobody was late, and would like shorter meetings.",
)


def _meetings(session: Session) -> None:
    with scene(session, "Ben", REFERENCE, ago=33, at="11:00", does="meetings.arrange") as telling:
        first = arranged(
            telling,
            "Core group",
            21,
            "14:00",
            ("Amira",),
            chair="Hana",
            minute_taker="Hugo",
            purpose="How the first weeks of the plan went.",
        )
    answered(session, "Amira", first, Reply.ACCEPTED, 30)
    answered(session, "Hana", first, Reply.ACCEPTED, 29)
    answered(session, "Hugo", first, Reply.ACCEPTED, 29)
    core = (Part("How the first weeks went", "", 20), Part("Help at home", "", 20))
    agendas.parted(session, "Ben", first, 29, core)
    held(session, "Hugo", first, {}, 21)
    for name, side, text in BOARD:
        agendas.on_the_board(session, name, first, 21, side, text)
    agreed(session, "Ben", first, "Ask for help on school mornings", 21, 14, 15)
    agreed(session, "Amira", first, "Send Kim the times of the group", 21, 16, 12)
    agendas.minuted(session, "Hugo", first, 21, MINUTES)
    with scene(session, "Ben", REFERENCE, ago=5, at="10:40", does="meetings.arrange") as telling:
        arranged(
            telling,
            "Core group",
            -6,
            "14:00",
            ("Amira",),
            chair="Hana",
            minute_taker="Hugo",
            purpose="Breakfast club, help at home, and what happens in the holidays.",
            again=Again(weeks=4, times=4),
        )
    with scene(session, "Amira", REFERENCE, ago=4, at="13:15", does="meetings.arrange") as telling:
        review = arranged(telling, "Care plan review (CPA)", -17, "15:30", ("Ben", "Paula"))
    agendas.parted(session, "Amira", review, 4, (Part("How things are at home", "", 15),))
    sessions = Part("What came up in the sessions", "What helped Kim to sleep again.", 15)
    agendas.closed_part(
        session, "Amira", review, 4, sessions, "The decision does not need what is said there."
    )
    agendas.parted(session, "Amira", review, 4, (Part("What we agree until the spring", "", 15),))
    answered(session, "Ben", review, Reply.ACCEPTED, 3)
    answered(session, "Paula", review, Reply.TENTATIVE, 2, "If my clinic ends in time.")


def _accepted(telling: Scene, action: str) -> None:
    sight = telling.action(action)
    actions.accept(telling.session, telling.actor, telling.moment, sight, sight.version)


def _asked(telling: Scene, text: str, owner: str, due: int, goal: str = "") -> str:
    """Ask for an action that is due so many days after it is asked."""
    due_on = telling.moment.today + timedelta(days=due)
    return actions.ask(
        telling.session,
        telling.actor,
        telling.moment,
        telling.family,
        text,
        telling.worker(owner),
        due_on,
        goal,
    )
