"""What an administrator sets for worries and referrals: each change is a new version."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import cover_hours
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.access.worry_sights import ReferralFormInSight
from coordinator.errors import InvalidError
from coordinator.models.areas import Area
from coordinator.models.directory import Agency, Team
from coordinator.models.referral_settings import (
    GuideWords,
    ReferralForm,
    ReferralQuestion,
    ReferralRoute,
)
from coordinator.vocabulary import AgencyKind, GuideStep, Need

MARKS = {"*": Need.MUST, "?": Need.MAY}


@dataclass(frozen=True)
class Route:
    """Where referrals about an area go, by references; `night` is empty without a team."""

    area: str
    team: str
    hours: str
    night: str = ""
    what_next: str = ""


def set_route(session: Session, actor: Actor, moment: Moment, route: Route) -> str:
    """Set where referrals about an area go from now on; return the version's reference.

    Raises `InvalidError` for an area or a team that is not there or closed, and for hours that
    cannot be counted.
    """
    teams = {
        team.reference: team.id
        for team in session.scalars(
            select(Team)
            .join(Agency, Agency.id == Team.agency_id)
            .where(
                Team.reference.in_((route.team, route.night)),
                Team.closed_on.is_(None),
                Agency.kind != AgencyKind.HOST,
            )
        )
    }
    problems = {}
    area = session.scalar(
        select(Area.id).where(Area.reference == route.area, Area.closed_on.is_(None))
    )
    if area is None:
        problems["area"] = "Choose an area from the list"
    if route.team not in teams:
        problems["team"] = "Choose a team"
    if route.night and route.night not in teams:
        problems["night"] = "Choose a team"
    if cover_hours.known(route.hours) is None:
        problems["hours"] = f"Write the hours like this: {cover_hours.EXAMPLE}"
    if problems:
        raise InvalidError(problems)
    record = ReferralRoute(
        area_id=area,
        team_id=teams[route.team],
        hours=route.hours,
        night_team_id=teams.get(route.night),
        what_next=route.what_next,
        set_by_id=actor.account_id,
        set_at=moment.now,
    )
    session.add(record)
    session.flush()
    return record.reference


def set_words(
    session: Session, actor: Actor, moment: Moment, kind: AgencyKind, texts: dict[GuideStep, str]
) -> None:
    """Set what one kind of agency reads in the guide; a screen that stays as it was is left."""
    now = words_of(session, kind)
    for step, text in texts.items():
        if text and text != now.get(step):
            session.add(
                GuideWords(
                    kind=kind, step=step, text=text, set_by_id=actor.account_id, set_at=moment.now
                )
            )
    session.flush()


def words_of(session: Session, kind: AgencyKind) -> dict[GuideStep, str]:
    """Return what one kind of agency reads now, by screen."""
    rows = session.execute(
        select(GuideWords.step, GuideWords.text)
        .where(GuideWords.kind == kind)
        .order_by(GuideWords.id)
    )
    return {row.step: row.text for row in rows}


def new_version(
    session: Session,
    actor: Actor,
    moment: Moment,
    form: ReferralFormInSight,
    name: str,
    hint: str,
    lines: Sequence[str],
) -> str:
    """Write a new version of a form: one question a line; return its reference.

    A line that ends with `*` must be answered, with `?` may be left out; any other is left out
    with a reason.  A question in the same words is filled from the case as before.  Drafts stay
    on the version that they were begun on.  Raises `InvalidError`.
    """
    asked = [_question(line) for line in lines if line.strip()]
    labels = [label for label, _ in asked]
    if not asked or len(set(labels)) < len(labels) or "" in labels:
        raise InvalidError({"questions": "Write each question once, one on a line"})
    if any(len(label) > 200 for label in labels):
        raise InvalidError({"questions": "A question has 200 characters or fewer"})
    newest = session.scalars(
        select(ReferralForm)
        .where(ReferralForm.code == form.code)
        .order_by(ReferralForm.number.desc())
        .limit(1)
    ).one()
    before = {
        question.label: question
        for question in session.scalars(
            select(ReferralQuestion).where(ReferralQuestion.form_id == newest.id)
        )
    }
    record = ReferralForm(
        code=form.code,
        number=newest.number + 1,
        name=name,
        hint=hint,
        set_by_id=actor.account_id,
        set_at=moment.now,
    )
    session.add(record)
    session.flush()
    for position, (label, need) in enumerate(asked, 1):
        same = before.get(label)
        session.add(
            ReferralQuestion(
                form_id=record.id,
                position=position,
                label=label,
                hint=same.hint if same else "",
                need=need,
                filled=same.filled if same else None,
            )
        )
    session.flush()
    return record.reference


def _question(line: str) -> tuple[str, Need]:
    text = line.strip()
    mark = text[-1:]
    # A question ends with its own question mark; only a second one is a mark of ours.
    if mark == "*" or text.endswith(("??", " ?")):
        return text[:-1].strip(), MARKS[mark]
    return text, Need.OR_WHY
