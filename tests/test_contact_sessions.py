"""A parent's supervised time with a child: what went well, who observed, what the parent says."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator.demo import cast
from coordinator.models.visits import VisitKind, VisitPart
from coordinator.vocabulary import VisitState
from test_visits import VISITS, afterwards, book, row
from visit_records import visit
from world import World
from writer import Writer

KIND = "Supervised contact"
ALONE = "Ben alone observed the last three supervised contacts"


def observed_alone_before(world: World, times: int) -> None:
    """Let Ben have observed so often alone, the last time two days ago."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        kind = session.scalars(select(VisitKind.id).where(VisitKind.name == KIND)).one()
        ben = cast.actor(session, "Ben")
        for ago in range(2, 2 + times):
            at = world.moment.now - timedelta(days=ago)
            told = {"kind_id": kind, "state": VisitState.DONE, "starts_at": at}
            made = visit(writer, "Ben", "To play", **told)
            own = {"account_id": ben.account_id, "agency_id": ben.agency_id, "at": at}
            session.add(VisitPart(visit_id=made.id, text="", went_well="They played", **own))
        session.commit()


def test_supervised_contact_has_what_went_well_first_and_shows_where_the_parent_was_not_asked(
    amira, ben, world
):
    """S12: contact sessions have purpose, what went well, parent's comment, more than one observer.

    A record without the parent's comment shows "parent not asked".
    """
    page = book(ben, KIND)
    assert page.errors == {"purpose": "Say what the time together is for"}
    page = ben.submit(page, {"purpose": "Bath and bedtime"}, button="Book the visit")
    at = page.path
    assert "Bath and bedtime" in page.text
    assert "joint visit" not in page.text, "no other visit takes its place"
    assert "0 contacts" in ben.get(VISITS).text, "it is never one contact too many"
    afterwards(world)
    form = ben.get(f"{at}/record")
    page = ben.submit(form, {"state": "done", "text": "The bus was late"}, button="Save")
    assert page.errors == {"went_well": "Write what went well, before anything else"}
    page = ben.submit(page, {"went_well": "Kim sang, Mia slept"}, button="Save")
    assert page.text.index("Kim sang, Mia slept") < page.text.index("The bus was late")
    assert "Parent not asked" in page.text
    assert "Parent not asked" in row(amira.get(VISITS), KIND)

    observed_alone_before(world, 1)
    assert ALONE not in amira.get(VISITS).text
    observed_alone_before(world, 2)
    assert ALONE in amira.get(VISITS).text
    ben.submit(ben.get(f"{at}/record"), {"text": "She was there", "observers": "The foster carer"})
    assert ALONE not in amira.get(VISITS).text

    # Whoever she trusts may ask her, and she may say it later.
    form = amira.click(amira.get(at), "Add what the parent says")
    page = amira.submit(form, {"word": "said"}, button="Add it to the record")
    assert page.errors == {"comment": "Write down what they said"}
    page = amira.submit(page, {"word": "would-not"}, button="Add it to the record")
    assert "Asked, did not want to say" in page.text
    assert "Parent not asked" not in page.text
    assert amira.get(VISITS).text.count("Parent not asked") == 3, "the other three alone"
    said = {"word": "said", "comment": "I felt watched"}
    page = amira.submit(amira.click(page, "Add to it"), said, button="Add it to the record")
    assert "I felt watched" in page.text
