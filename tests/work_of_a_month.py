"""The work that goes on while people come and go (month.py): one of each kind that has a holder."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import records
import support_records
import visit_records
import worry_records
from coordinator.access.actor import SAFEGUARDING_POSTS, current
from coordinator.models.accounts import Account, Draft
from coordinator.models.directory import Post, PostHolding
from coordinator.models.sharing import Note
from coordinator.services import actions
from coordinator.services import information_requests as requests
from coordinator.services.information_requests import Question
from coordinator.vocabulary import DisagreementStage, Level, Role


class Work:
    """What somebody on a case does on a day; who they are, and where, is the month's."""

    def asks_for_an_action(self) -> None:
        writer, (first, *others) = self.case()
        actor = self.acts(first.id, first.agency_id)
        owner = self.random.choice([first, *others]).reference
        due = self.moment.today + timedelta(days=9)
        family = self.sight(writer, actor)
        actions.ask(self.session, actor, self.moment, family, "Ask the school", owner, due)

    def asks_for_information(self) -> None:
        writer, (first, other, *_) = self.case(workers=2)
        actor = self.acts(first.id, first.agency_id)
        question = Question("Is Leo safe?", "To plan", "Whether to visit", self.moment.today)
        family = self.sight(writer, actor)
        requests.ask(self.session, actor, self.moment, family, other.reference, question)

    def arranges_meetings(self) -> None:
        writer, (first, other, *_) = self.case(workers=2)
        meeting = writer.meeting(first.name, other.name, [first.name, other.name])
        if self.random.random() < 0.3:
            support_records.supports(writer, first.name, meeting, "A group")

    def books_a_visit(self) -> None:
        writer, (first, *others) = self.case()
        second = [one.name for one in others if one.agency_id != first.agency_id][:1]
        level = self.random.choice((Level.OPEN, Level.OWN_AGENCY, Level.NAMED))
        visit_records.visit(writer, first.name, "At home", level, *second)

    def does_not_agree(self) -> None:
        writer, (first, other, *_) = self.case(workers=2)
        raised = worry_records.disagreement(writer, first.name, other.name, "Whether Leo is safe")
        managers = self.people(Role.TEAM_MANAGER)
        if self.random.random() < 0.3 and managers:
            step = self.session.get_one(
                worry_records.DisagreementStep, (raised.id, DisagreementStage.WORKERS)
            )
            step.stage = DisagreementStage.MANAGERS
            step.owner_id, _, step.owner_agency_id, _ = self.random.choice(managers)

    def refers(self) -> None:
        writer, (first, *_) = self.case()
        worry_records.worry(writer, first.name)
        worry_records.referral(writer, first.name, "He was alone")
        who = {"account_id": first.id, "path": "/families/open", "form": "{}"}
        self.session.add(Draft(kept_at=self.moment.now, **who))

    def asks_a_lead(self) -> None:
        writer, (first, *_) = self.case()
        leads = self.session.scalars(
            select(Account.name)
            .join(PostHolding, PostHolding.account_id == Account.id)
            .join(Post, Post.id == PostHolding.post_id)
            .where(
                current(PostHolding, self.moment.today),
                Post.agency_id == first.agency_id,
                Post.kind.in_(SAFEGUARDING_POSTS),
                Account.closed_at.is_(None),
            )
            .order_by(Account.id)
        ).all()
        if leads:
            note = writer.add(Note, first.name, Level.OWN_AGENCY, text="Ask about sleep")
            records.question(writer, first.name, note, self.random.choice(leads))

    WORK = (
        asks_for_an_action,
        asks_for_information,
        arranges_meetings,
        books_a_visit,
        does_not_agree,
        refers,
        asks_a_lead,
    )
