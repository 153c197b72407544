"""What parents were told, what not yet, one objection, one safe contact and one hidden notice."""

from datetime import timedelta

from sqlalchemy.orm import Session

from coordinator.demo import cast
from coordinator.demo.lane import REFERENCE as LANE
from coordinator.demo.others import CASES
from coordinator.demo.teller import Scene, scene
from coordinator.services import notes, openness, parents_words, safe_contacts
from coordinator.services.openness import Line
from coordinator.services.safe_contacts import SafeDetails
from coordinator.services.sharing import Audience
from coordinator.vocabulary import Level, Notice, OpennessKind

# Nobody has told these parents yet, so they stand on their workers' reminder list.
NOT_EXPLAINED = ("POND-12", "GATE-13")


def load(session: Session) -> None:
    """Tell it.  The caller commits."""
    with scene(session, "Amira", LANE, ago=60, at="14:20", does="openness.write") as telling:
        _write(
            telling,
            OpennessKind.EXPLAINED,
            "Ben and I together, at Kim’s table. We left the sheet with her.",
            "Good to have it on paper.",
        )
    for case in CASES:
        if case.reference not in NOT_EXPLAINED:
            with scene(
                session, case.opener, case.reference, ago=case.ago - 1, does="openness.write"
            ) as telling:
                _write(telling, OpennessKind.EXPLAINED, "At the first visit, with the sheet.")
    _of_lane(session)
    with scene(session, "Ben", "FERN-03", ago=24, at="11:45", does="openness.write") as telling:
        _write(
            telling,
            OpennessKind.OBJECTION,
            "Rob does not want his hospital stay spoken of with the school.",
        )


def _of_lane(session: Session) -> None:
    with scene(session, "Amira", LANE, ago=18, at="15:30", does="openness.write") as telling:
        _write(
            telling,
            OpennessKind.TOLD,
            "That the core group will hear how Kim sleeps, and no more of what we talk about.",
            "Fine with me. I would rather say it myself.",
        )
    with scene(session, "Ben", LANE, ago=14, at="16:10", does="openness.write") as telling:
        openness.write(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            Line(
                OpennessKind.NOT_TOLD,
                what="That a neighbour called us about shouting at night.",
                why="Nate opens her letters and answers her phone; we want to see her alone first.",
                review_on=telling.moment.today + timedelta(days=14),
            ),
        )
    with scene(session, "Ben", LANE, ago=13, at="09:30", does="safe-contacts.write") as telling:
        safe_contacts.write(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            telling.person("Kim Lane"),
            SafeDetails(
                how="Text between ten and noon on school days. Sign as the library.",
                never="Never ring in the evening, and never leave a voice message.",
                phone="+447700900467",
                address="c/o Joy, Flat 3, Harbour House, Dunmouth DM9 9ZZ",
            ),
            (_account(telling, "Amira"),),
        )
    with scene(session, "Amira", LANE, ago=10, at="13:50", does="parents-words.write") as telling:
        parents_words.write(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            "Mia came five weeks early and I was alone on the ward. I still wake at four and check "
            "that she breathes.",
            "Paula may know. Please do not bring it up in a meeting.",
            (_account(telling, "Paula"),),
        )
    with scene(session, "Paula", LANE, ago=2, at="17:05", does="notes.add") as telling:
        notes.add_note(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            "A theme from before the children, for my own next session with Kim.",
            Audience(
                Level.NAMED,
                (telling.actor.reference,),
                Notice.NOBODY,
                "To know that there is something would end the work with the parent.",
            ),
        )


def _write(telling: Scene, told: OpennessKind, what: str, view: str = "") -> None:
    openness.write(
        telling.session,
        telling.actor,
        telling.moment,
        telling.family,
        Line(told, what=what, parent_view=view, happened_on=telling.moment.today),
    )


def _account(telling: Scene, name: str) -> str:
    return cast.actor(telling.session, name).reference
