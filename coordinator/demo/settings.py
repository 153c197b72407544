"""What the area set for itself, and why."""

from sqlalchemy.orm import Session

from coordinator.access import find_directory
from coordinator.demo import cast
from coordinator.demo.teller import LostThreadError, scene
from coordinator.models.base import version_of
from coordinator.services import areas, settings
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


BEFORE, SINCE = "Southgate", "Southgate and the Mill"


def load(session: Session) -> None:
    """Let Farah change two numbers, and give an area another name.  The caller commits."""
    with scene(session, "Farah", ago=21, does="settings.manage") as told:
        reference = cast.areas(session)[BEFORE]
        area = find_directory.area(session, told.actor, told.moment, reference)
        if area is None:
            raise LostThreadError(reference)
        areas.rename(session, told.actor, told.moment, area, SINCE, version_of(BEFORE))
    for version, (ago, group, name, number, why) in enumerate(STORY):
        wanted = {one.name: one.of(FIRST) for one in KNOWN.values() if one.group is group}
        with scene(session, "Farah", ago=ago, does="settings.manage") as told:
            settings.change(
                session, told.actor, told.moment, group, version, wanted | {name: number}, why
            )
