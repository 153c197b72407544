"""Opening something in immediate danger, as people and as the service do it."""

from coordinator.access import find_entries
from coordinator.models.sharing import Note
from coordinator.services import emergencies
from coordinator.vocabulary import Danger, Level
from signing_in import PASSWORD
from writer import Writer

FEAR = "Kim does not answer and Mia is alone with her"
HOME = "/families/LANE-01/danger"


def noted(world, text):
    with world.session() as session:
        writer = Writer.of(session, world.moment, "LANE-01")
        return writer.add(Note, "Amira", Level.OWN_AGENCY, text=text).reference


def open_now(client, note, **other):
    page = client.get(f"/notices/{note}/open")
    said = {"danger": "child", "reason": FEAR, "password": PASSWORD, **other}
    return client.submit(page, said, button="Open it now")


def opened(world, note, name="Ben"):
    """Open a note as the service does; return the opening's reference."""
    with world.does(name) as (session, actor):
        sight = find_entries.notice(session, actor, world.moment, note)
        return emergencies.open_now(session, actor, world.moment, sight, Danger.CHILD, FEAR)
