"""What the area set for itself, and why."""

from sqlalchemy.orm import Session

from coordinator.demo.teller import scene
from coordinator.services import settings
from coordinator.settings import FIRST, KNOWN
from coordinator.vocabulary import SettingGroup

# Days ago, group, name, number, why.  Each number differs from the one that the tool began with.
STORY = (
    (
        40,
        SettingGroup.SIGNING_IN,
        "session_limit",
        9,
        "A shift is eight hours. Nobody needs to stay signed in through the night.",
    ),
    (
        12,
        SettingGroup.MEETINGS,
        "remind_days_before",
        6,
        "The night team sees its Today twice a week only.",
    ),
)


def load(session: Session) -> None:
    """Let Farah change two numbers.  The caller commits."""
    for version, (ago, group, name, number, why) in enumerate(STORY):
        wanted = {one.name: one.of(FIRST) for one in KNOWN.values() if one.group is group}
        with scene(session, "Farah", ago=ago, does="settings.manage") as told:
            settings.change(
                session, told.actor, told.moment, group, version, wanted | {name: number}, why
            )
