"""The list of reasons for sharing, which an administrator keeps (E57).

What was shown when something was shared stands on its record, whatever becomes of the list.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import LawfulBasisInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.lawful_bases import FormerReason, LawfulBasis
from coordinator.vocabulary import BasisKind, ParentTold, Purpose

SAFEGUARDING = frozenset({Purpose.SAFEGUARDING_CHILD, Purpose.SAFEGUARDING_ADULT})
_ALWAYS = frozenset({BasisKind.LEGAL_OBLIGATION, BasisKind.PUBLIC_TASK})
# Which kinds of basis the law knows for which purpose.  Consent is not used to keep somebody safe:
# it could not be withdrawn (UK GDPR, article 7(3)), and the government's advice to safeguarding
# practitioners of 2024 says so.  Vital interests are for a danger to life (article 6(1)(d)).
KNOWN = {
    purpose: _ALWAYS
    | ({BasisKind.VITAL_INTERESTS} if purpose in SAFEGUARDING else {BasisKind.CONSENT})
    for purpose in Purpose
}


@dataclass(frozen=True)
class Reason:
    """A reason as an administrator writes it."""

    name: str
    kind: BasisKind
    sentence: str
    source: str = ""


def add(session: Session, reason: Reason) -> str:
    """Add a reason at the end of its kind; return its reference.

    Raises `InvalidError` for a name that is on the list already.
    """
    _free(session, reason.name)
    last = session.scalar(select(func.max(LawfulBasis.position)))
    basis = LawfulBasis(**vars(reason), position=(last or 0) + 1)
    session.add(basis)
    session.flush()
    return basis.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    basis: LawfulBasisInSight,
    version: int | None,
    reason: Reason,
) -> None:
    """Change a reason for what is shared from now on; what it said before is kept.

    Raises `InvalidError` as `add` does, and `ConflictError` with what stands now.
    """
    record = session.get_one(LawfulBasis, basis.id)
    if version != record.version:
        said = {"name": record.name, "sentence": record.sentence, "source": record.source}
        raise ConflictError(said, record.version)
    if reason.name != record.name:
        _free(session, reason.name)
    session.add(
        FormerReason(
            basis_id=record.id,
            name=record.name,
            sentence=record.sentence,
            source=record.source,
            changed_by_id=actor.account_id,
            changed_at=moment.now,
        )
    )
    record.name, record.kind = reason.name, reason.kind
    record.sentence, record.source = reason.sentence, reason.source
    session.flush()


def retire(session: Session, basis: LawfulBasisInSight, *, retired: bool) -> None:
    """Take a reason off the list, or put it back.

    Raises `InvalidError` for the last one: nothing could be shared any more.
    """
    others = session.scalar(
        select(func.count()).where(LawfulBasis.retired.is_(False), LawfulBasis.id != basis.id)
    )
    if retired and not others:
        raise InvalidError("One reason has to stay on the list: nothing could be shared without it")
    session.get_one(LawfulBasis, basis.id).retired = retired
    session.flush()


def move_up(session: Session, basis: LawfulBasisInSight) -> None:
    """Let a reason change places with the one before it of the same kind, if there is one."""
    record = session.get_one(LawfulBasis, basis.id)
    before = session.scalar(
        select(LawfulBasis)
        .where(LawfulBasis.kind == record.kind, LawfulBasis.position < record.position)
        .order_by(LawfulBasis.position.desc())
        .limit(1)
    )
    if before:
        before.position, record.position = record.position, before.position
        session.flush()


def check(
    session: Session, reference: str, purpose: Purpose | None, told: ParentTold | None
) -> tuple[int, str]:
    """Return the number of a reason on the list, and the wording shown for it today.

    Raises `InvalidError` for none, for one that is not on the list, and for a combination that
    the law does not know.
    """
    basis = session.scalar(
        select(LawfulBasis).where(
            LawfulBasis.reference == reference, LawfulBasis.retired.is_(False)
        )
    )
    if basis is None:
        raise InvalidError({"basis": "Choose what allows it"})
    if purpose and basis.kind not in KNOWN[purpose]:
        raise InvalidError({"basis": REFUSED[basis.kind]})
    if basis.kind is BasisKind.CONSENT and told and told is not ParentTold.YES:
        raise InvalidError(
            {"basis": "Nobody can agree to what they were not told. Choose what else allows it"}
        )
    return basis.id, f"{basis.name} ({basis.kind.label.lower()}). {basis.sentence}"


REFUSED = {
    BasisKind.CONSENT: "Consent is not what allows it when somebody must be kept safe. Choose a"
    " legal obligation or a public task, and write down what the parent said",
    BasisKind.VITAL_INTERESTS: "This is for keeping somebody safe whose life is in danger. Choose"
    " what else allows it",
}


def _free(session: Session, name: str) -> None:
    if name.casefold() in (known.casefold() for known in session.scalars(select(LawfulBasis.name))):
        raise InvalidError({"name": "There is a reason with this name already"})
