"""LANE-01: what Amira was not sure about and keeps back for now; and a worry of Ben's."""

from dataclasses import replace

from sqlalchemy.orm import Session

from coordinator.access import find_entries, find_sharing
from coordinator.access.actor import SAFEGUARDING_POSTS
from coordinator.access.sights import EntryInSight
from coordinator.demo.teller import LostThreadError, Scene, day, scene
from coordinator.services import advice, notes, sharing
from coordinator.services.notes import Concern
from coordinator.vocabulary import AdviceOutcome, MentalHealthView


def load(session: Session, reference: str) -> None:
    """Let Amira ask her lead first, and not share for now; and Ben worry without her view."""
    with scene(session, "Amira", reference, ago=12, does="notes.add") as telling:
        entry = _note(
            telling,
            "Kim dreads the nights. She says that her sister could stay, if somebody asked her.",
        )
        lead = next(iter(advice.leads(session, telling.actor, telling.moment, telling.family)))
        asked = advice.ask(
            session,
            telling.actor,
            telling.moment,
            entry,
            lead,
            "Ben plans help at home. Kim told me this in confidence. How much may he know?",
        )
    with scene(session, "Elif", reference, ago=11, at="15:30", does="advice.answer") as telling:
        actor = replace(telling.actor, posts=SAFEGUARDING_POSTS)
        question = find_sharing.advice(session, actor, telling.moment, asked)
        if question is None:
            raise LostThreadError(asked)
        advice.answer(
            session,
            actor,
            telling.moment,
            question,
            question.version,
            AdviceOutcome.SHARE_LESS,
            "Ask Kim first. Then one line will do: that help at night is wanted. Her words stay"
            " with you.",
        )
    with scene(session, "Amira", reference, ago=14, does="sharing.hold-back") as telling:
        entry = _note(telling, "Kim thinks of going back to work in the new year.")
        sharing.do_not_share(
            session,
            telling.actor,
            telling.moment,
            entry,
            "Kim wants to tell Ben herself.",
            day(0),
        )
    with scene(session, "Ben", reference, ago=1, does="notes.add") as telling:
        notes.add_note(
            *(telling.session, telling.actor, telling.moment),
            telling.family,
            "Kim was short on the phone and did not open the door when I came at four.",
            concern=Concern(MentalHealthView.NOT_SOUGHT, "Amira was away until tomorrow"),
        )


def _note(telling: Scene, text: str) -> EntryInSight:
    here = (telling.session, telling.actor, telling.moment)
    written = notes.add_note(*here, telling.family, text)
    entry = find_entries.entry(*here, written)
    if entry is None:
        raise LostThreadError(written)
    return entry
