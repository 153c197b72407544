"""The forms for a referral: those that hold now, their questions, and the versions before (E30)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.worry_sights import ReferralFormInSight
from coordinator.models.accounts import Account
from coordinator.models.referral_settings import ReferralForm, ReferralQuestion
from coordinator.vocabulary import Need

MARKS = {Need.MUST: " *", Need.MAY: " ?", Need.OR_WHY: ""}


@dataclass(frozen=True)
class FormVersion:
    """One version of a form; `holds`: it is the newest of its code."""

    id: int
    reference: str
    code: str
    number: int
    name: str
    hint: str
    set_by: str
    set_at: datetime | None
    holds: bool


@dataclass(frozen=True)
class Question:
    """A question of a version."""

    id: int
    label: str
    hint: str
    need: Need

    @property
    def line(self) -> str:
        """The question as a line in the administrator's list."""
        return f"{self.label}{MARKS[self.need]}"


def versions(session: Session) -> tuple[FormVersion, ...]:
    """Return all versions of all forms, by form, the newest first.  One statement."""
    newest = select(func.max(ReferralForm.id)).group_by(ReferralForm.code)
    rows = session.execute(
        select(
            ReferralForm.id,
            ReferralForm.reference,
            ReferralForm.code,
            ReferralForm.number,
            ReferralForm.name,
            ReferralForm.hint,
            func.coalesce(Account.name, ""),
            ReferralForm.set_at,
            ReferralForm.id.in_(newest),
        )
        .outerjoin(Account, Account.id == ReferralForm.set_by_id)
        .order_by(ReferralForm.code, ReferralForm.number.desc())
    )
    return tuple(FormVersion(*row[:-1], bool(row[-1])) for row in rows)


def current(session: Session) -> tuple[FormVersion, ...]:
    """Return the forms that hold now: nobody is offered another version."""
    return tuple(form for form in versions(session) if form.holds)


def one(session: Session, form: ReferralFormInSight) -> FormVersion:
    """Return one version in sight."""
    return next(version for version in versions(session) if version.id == form.id)


def questions(session: Session, form_id: int) -> tuple[Question, ...]:
    """Return the questions of a version, in order.  One statement."""
    rows = session.execute(
        select(
            ReferralQuestion.id,
            ReferralQuestion.label,
            ReferralQuestion.hint,
            ReferralQuestion.need,
        )
        .where(ReferralQuestion.form_id == form_id)
        .order_by(ReferralQuestion.position)
    )
    return tuple(Question(*row) for row in rows)
